import { describe, expect, test } from 'vitest';
import { isPassingName, isPassingStore, isTestName } from '../../src/facts/local-names.js';
import { factsOf } from './shell-context.js';

describe('a name of tests or of development', () => {
  test.each([
    'app_test',
    'test',
    'docker-compose.ci.yml',
    'ordersTest',
    'shop_e2e',
    'products_dev_v3',
    'app_test_\uffff',
  ])('%s is one', (name) => expect(isPassingName(name)).toBe(true));

  test.each([
    'latest_orders',
    'contest',
    'attest',
    'prod_test',
    'app',
    'device',
    '\uffff_test',
    'app_test; x',
    'staging-dev',
    '',
  ])('%s is none', (name) => expect(isPassingName(name)).toBe(false));

  test('of tests rather than of development', () => {
    expect(isTestName('app_test')).toBe(true);
    expect(isTestName('app_dev')).toBe(false);
  });

  test.each([
    ['postgres://a:b@localhost:5432/app_test?sslmode=disable', true],
    ['postgres:///app_test', true],
    ['jdbc:postgresql://127.0.0.1/app_test', true],
    ['file:./test.db', true],
    ['postgres://db.example.com/app_test', false],
    ['postgres://\uffff/app_test', false],
    ['postgres://\uffff@/app_test', false],
    ['postgres://localhost/app_test?host=db.example.com', false],
    ['postgres://localhost/contest', false],
    ['file:../test.db', false],
  ])('the store %s: %s', (url, is) => expect(isPassingStore(url)).toBe(is));
});

describe('what a client takes away on this machine', () => {
  test.each([
    ['docker compose -p test down -v', 'docker compose down --volumes'],
    ['docker-compose -f docker-compose.test.yml down -v', 'docker-compose down --volumes'],
    ['docker volume rm data_test', 'docker volume rm'],
    ['kafka-topics --bootstrap-server localhost:9092 --delete --topic a-test', 'kafka-topics --delete'],
    ['docker exec rabbit rabbitmqctl purge_queue a_test', 'rabbitmqctl purge_queue'],
    ['nats -s nats://localhost:4222 stream rm A_TEST', 'nats stream rm'],
    ['mongorestore --uri mongodb://localhost/shop_dev --drop dump', 'mongorestore --drop'],
    ['dropdb "app_test_$$"', 'dropdb drop'],
    ['DATABASE_URL=postgres://localhost/app_test sqlx database drop -y', 'sqlx database drop'],
    ['npm publish --registry http://localhost:4873', 'npm publish'],
  ])('%s does not count as %s', (command, name) => {
    expect(factsOf(command).commands).not.toContain(name);
  });

  test.each([
    ['docker compose -p test down -v; docker compose down -v', 'docker compose down --volumes'],
    ['docker compose -p "$P" down -v', 'docker compose down --volumes'],
    ['docker volume rm data_test data', 'docker volume rm'],
    ['kafka-topics --bootstrap-server "$K" --delete --topic a-test', 'kafka-topics --delete'],
    ['nats stream rm A_TEST', 'nats stream rm'],
    ['dropdb "$db"', 'dropdb drop'],
    ['dropdb -h db.example.com app_test', 'dropdb drop'],
    ['PGHOST=db.example.com dropdb app_test', 'dropdb drop'],
    ['DATABASE_URL=postgres://db.example.com/app_test sqlx database drop -y', 'sqlx database drop'],
    ['npm publish --registry http://localhost.example.com', 'npm publish'],
  ])('%s counts as %s', (command, name) => {
    expect(factsOf(command).commands).toContain(name);
  });

  test.each([
    ['redis-cli -h 127.0.0.1 -n 5 flushdb', false],
    ['redis-cli -u redis://localhost/5 flushdb', false],
    ['redis-cli -h 127.0.0.1 -n 5 flushall', true],
    ['redis-cli -h 127.0.0.1 -n 0 flushdb', true],
    ['redis-cli -n 5 flushdb', true],
    ['redis-cli -h 127.0.0.1 -h cache -n 5 flushdb', true],
    ['redis-cli -h "$H" -n 5 flushdb', true],
  ])('%s empties what stays: %s', (command, stays) => {
    expect(factsOf(command).operands.some((operand) => operand.startsWith('redis-cli flush'))).toBe(stays);
  });

  test.each([
    ["mongosh app_test --eval 'db.a.deleteMany({})'", false],
    ["mongosh app_test <<< 'db.a.drop()'", false],
    ["mongosh app --eval 'db.a.drop()'", true],
    ['mongosh app_test --eval \'db.getSiblingDB("a").dropDatabase()\'', true],
    ["mongosh app_test --host db.example.com --eval 'db.a.drop()'", true],
    ["mongosh app_test --eval 'db.a.drop()'; mongosh app --eval 'db.a.drop()'", true],
  ])('%s drops what stays: %s', (command, stays) => {
    expect(factsOf(command).codeNames.some((name) => /^\.?(?:drop|dropdatabase|deletemany)$/.test(name))).toBe(stays);
  });
});

describe('requests to this machine', () => {
  test.each([
    'curl -d a localhost:3000',
    'curl -T a http://[::1]/',
    'http POST :3000 a=b',
    'u=http://127.0.0.1:1; curl -d a "$u/b"',
  ])('%s sends nothing away', (command) => {
    const { commands, operands } = factsOf(command);
    expect([...commands, ...operands].filter((entry) => /^(?:curl -[dFT]|http POST|curl post)$/.test(entry))).toEqual(
      [],
    );
  });

  test.each([
    'curl -d a http://localhost http://example.com',
    'curl -d a "$U"',
    'curl -x http://example.com -d a http://localhost',
    'curl --connect-to ::example.com: -d a http://localhost',
    'curl -K a -d b http://localhost',
    'curl -d a http://localhost:2375/b',
    'xargs curl http://localhost -d a',
    'curl -d a http://localhost; curl -d b http://example.com',
  ])('%s may', (command) => expect(factsOf(command).commands).toContain('curl -d'));

  test('daemons of containers start what they are asked for', () => {
    expect(factsOf('curl -d a http://localhost:2375/containers/create').effects).toContain('reach-host');
    expect(factsOf('curl -d a http://localhost:23750/').effects).not.toContain('reach-host');
  });

  test('each name under localhost is this machine', () => {
    expect(factsOf('curl https://a.b.localhost:8443/').hosts).toEqual(['localhost']);
    expect(factsOf('curl https://localhost.example.com/').hosts).toEqual(['localhost.example.com']);
  });
});

describe('clusters that the script makes', () => {
  test.each([
    ['minikube start -p a; kubectl --context a apply -f b', false],
    ['kind create cluster && kubectl apply -f b', false],
    ['k3d cluster create a; helm install b ./c; kubectl apply -f b', false],
    ['kubectl config use-context kind-a; kubectl apply -f b', false],
    ['kubectl apply -f b', true],
    ['kind create cluster; kubectl --context a apply -f b', true],
    ['minikube start; kubectl config use-context a; kubectl apply -f b', true],
    ['minikube start; KUBECONFIG=a kubectl apply -f b', true],
    ['minikube start; kubectx a; kubectl apply -f b', true],
    ['minikube start -p prod; kubectl --context prod apply -f b', true],
    ['kubectl apply -f b; minikube start', true],
  ])('%s changes another one: %s', (command, other) => {
    expect(factsOf(command).commands.includes('kubectl apply')).toBe(other);
  });
});
