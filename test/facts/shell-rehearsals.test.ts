import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

describe('a command that only rehearses', () => {
  test.each([
    ['npm publish --dry-run | cat', 'npm publish'],
    ['aws s3 rm s3://a --recursive --dryrun', 'aws s3 rm'],
    ['kubectl apply -f a.yaml --dry-run=server -o yaml', 'kubectl apply'],
    ['git push -n --force origin main', 'git push --force'],
    ['ansible-playbook site.yml --check --diff', 'ansible-playbook'],
    ['terragrunt run-all plan', 'terragrunt run-all'],
    ['aws --endpoint-url=http://localhost:4566 s3 rb s3://a', 'aws s3 rb'],
    ['export AWS_ENDPOINT_URL=http://127.0.0.1:4566; aws s3 rb s3://a', 'aws s3 rb'],
    ['RAILS_ENV=test bin/rails db:drop', 'rails db:drop'],
    ['rails db:drop RAILS_ENV=test', 'rails db:drop'],
    ['rsync -avn a b.example.com:/c', 'rsync'],
    ['kubectl --context kind-a apply -k b', 'kubectl apply'],
    ['kubectl delete pod a --context=k3d-a', 'kubectl delete'],
    ['helm upgrade --install a ./b --kube-context rancher-desktop', 'helm upgrade'],
    ['kubectl config use-context minikube', 'kubectl config use-context'],
    ['rsync --dry-run -a --exclude .git --delete --chmod=u+w a b.example.com:/c', 'rsync'],
  ])('%s does not count as %s', (command, name) => {
    expect(factsOf(command).commands).not.toContain(name);
  });

  test.each([
    ['kubectl --context kind-a get ns; kubectl delete ns b', 'kubectl delete'],
    ['kubectl --context kind-a --context b delete ns c', 'kubectl delete'],
    ['kubectl --context kind-a --server https://b delete ns c', 'kubectl delete'],
    ['kubectl --context kind-a --kubeconfig b delete ns c', 'kubectl delete'],
    ['kubectl --context kind-prod delete ns c', 'kubectl delete'],
    ['kubectl --context kind-a get secret b', 'kubectl get'],
    ['kubectl delete ns c -- --context kind-a', 'kubectl delete'],
    ['kubectl --context kind-a apply -f https://b.example.com/c.yaml', 'kubectl apply'],
    ['npm publish --dry-run && npm publish', 'npm publish'],
    ['npm publish && npm publish --dry-run', 'npm publish'],
    ['npm publish --dry-run=false', 'npm publish'],
    ['npm publish --dry-run --no-dry-run', 'npm publish'],
    ['npm publish --tag --dry-run', 'npm publish'],
    ['npm publish -- --dry-run', 'npm publish'],
    ['npm publish $X --dry-run', 'npm publish'],
    ['kubectl delete ns a --dry-run=none', 'kubectl delete'],
    ['kubectl exec a --dry-run=client -- ls', 'kubectl exec'],
    ['git push --dry-run --receive-pack=x origin main', 'git push --receive-pack'],
    ['helm upgrade a b --dry-run --post-renderer ./x.sh', 'helm upgrade'],
    ['aws --endpoint-url=http://localhost.example.com s3 rb s3://a', 'aws s3 rb'],
    ['aws --endpoint-url http://localhost --endpoint-url https://a.example.com s3 rb s3://a', 'aws s3 rb'],
    ['AWS_ENDPOINT_URL=http://localhost:1 true; aws s3 rb s3://a', 'aws s3 rb'],
    ['RAILS_ENV=test true; rails db:drop', 'rails db:drop'],
    ['DATABASE_URL=postgres://db.example.com/app RAILS_ENV=test rails db:drop', 'rails db:drop'],
    ['RAILS_ENV=test rails db:drop -e production', 'rails db:drop'],
    ['rsync -a a b.example.com:/c', 'rsync'],
    ['rsync -avn a b:/c; rsync -a a b:/c', 'rsync'],
    ['rsync -en a b:/c', 'rsync'],
    ['rsync -a --exclude -n a b:/c', 'rsync'],
    ['rsync -a --log-file -n a b:/c', 'rsync'],
    ['rsync -n --rsync-path="rm x; rsync" a b:/c', 'rsync'],
    ['rsync -n --no-n a b:/c', 'rsync'],
    ['rsync -n --no-dry-run a b:/c', 'rsync'],
  ])('%s counts as %s', (command, name) => {
    expect(factsOf(command).commands).toContain(name);
  });

  test('keeps its paths, its hosts and what it says about itself', () => {
    const facts = factsOf('aws s3 cp secret.pem s3://a --dryrun --endpoint-url http://a.example.com');
    expect(facts.pathsRead).toContain('/home/u/proj/secret.pem');
    expect(facts.hosts).toContain('a.example.com');
    expect(factsOf('npm publish --dry-run').commands).toContain('npm publish --dry-run');
  });
});

describe('a statement that takes away what was not to stay', () => {
  test.each([
    ['sqlite3 dev.db "delete from a where id = 1"', 'sqlite3 delete-test'],
    ['sqlite3 :memory: "drop table a"', 'sqlite3 drop-test'],
    ['docker compose exec db psql app_dev -c "drop table if exists tmp_a"', 'psql drop-test'],
    ['psql -h localhost app_test -c "truncate a"', 'psql truncate-test'],
  ])('%s is %s', (command, name) => {
    expect(factsOf(command).commands).toContain(name);
  });

  test.each([
    ['sqlite3 dev.db "delete from a"', 'sqlite3 delete'],
    ['sqlite3 prod.db "delete from a where id = 1"', 'sqlite3 delete'],
    ['psql app_test -c "\\c app" -c "truncate a"', 'psql truncate'],
    ['psql -h db.example.com app_test -c "truncate a"', 'psql truncate'],
    ['mysql app_test -e "truncate app.a"', 'mysql truncate'],
  ])('%s is %s', (command, name) => {
    expect(factsOf(command).commands).toContain(name);
  });
});

describe('what a console is sent', () => {
  test.each([
    ['echo \'file("~/.netrc")\' | terraform console', '/home/u/.netrc'],
    ['echo \'#include "/etc/passwd"\' | cpp', '/etc/passwd'],
    ['echo \'system("cat /etc/passwd")\' | gnuplot', '/etc/passwd'],
    ["psql -c '\\set k `cat /etc/passwd`'", '/etc/passwd'],
    ["jq -n --rawfile k /etc/passwd '$k'", '/etc/passwd'],
  ])('%s reads %s', (command, path) => {
    expect(factsOf(command).pathsRead).toContain(path);
  });

  test.each([
    'mongosh --eval \'load("/tmp/x.js")\'',
    'sqlplus a/b@c @/tmp/x.sql',
    'bq query < /tmp/x.sql',
    'cypher-shell -f /tmp/x.cypher',
  ])('%s runs a file of others', (command) => {
    expect(factsOf(command).opaqueReasons).toContain('foreign-file');
  });
});
