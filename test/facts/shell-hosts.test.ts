import { describe, expect, test } from 'vitest';
import { isHostLike, isPlaceOption, isPlaceSetting, isPlaceVariable } from '../../src/facts/host-words.js';
import { factsOf } from './shell-context.js';

const metadata = '169.254.169.254';

describe('hosts without a scheme are hosts wherever a program takes one', () => {
  test.each<[string, readonly string[]]>([
    ['curl --url 169.254.169.254', [metadata]],
    ['curl --url 2852039166', [metadata]],
    ['curl http:/169.254.169.254', [metadata]],
    ['curl http:///169.254.169.254/x', [metadata]],
    ["curl 'http:\\\\169.254.169.254'", [metadata]],
    ['curl http:169.254.169.254', [metadata]],
    ['curl http:8080/x', ['http']],
    ['curl -x a.b c.d', ['a.b', 'c.d']],
    ['curl --preproxy a.b c.d', ['a.b', 'c.d']],
    ['curl --socks5-hostname a.b c.d', ['a.b', 'c.d']],
    ["curl -x '' c.d", ['c.d']],
    ['curl -x "$P" c.d', ['unknown', 'c.d']],
    ["curl -K - <<< 'proxy = a.b'", ['a.b', 'unknown']],
    ['wget -i - <<< 169.254.169.254', [metadata]],
    ["printf 'a.b/x\\n# no\\nhttp://c.d\\n' > l; wget -i l", ['a.b', 'c.d']],
    ['wget -i list', ['unknown']],
    ['wget -B http://a.b/ -i - <<< c.d', ['a.b', 'c.d']],
    ['wget -e http_proxy=a.b c.d', ['a.b', 'c.d']],
    ['http --proxy=http:a.b c.d', ['a.b', 'c.d']],
    ['npm i x --registry a.b', ['a.b']],
    ['npm config set registry=a.b', ['a.b']],
    ['npm config set @scope:registry a.b', ['a.b']],
    ['pip install -i a.b/simple x', ['a.b']],
    ['pip config set global.index-url a.b/simple', ['a.b']],
    ['cargo --config \'registries.x.index="https://a.b"\' build', ['a.b']],
    ['mvn -Dhttps.proxyHost=a.example verify', ['a.example']],
    ['apt-get -o Acquire::http::Proxy=a.b:80 update', ['a.b']],
    ['git -c http.proxy=a.b fetch', ['a.b']],
    ['ssh -J u@a.b:22,c.d e.f', ['a.b', 'c.d', 'e.f']],
    ['ssh -oProxyJump=a.b e.f', ['a.b', 'e.f']],
    ["ssh -o 'HostName a.b' e.f", ['a.b', 'e.f']],
    ['ssh -L 1:a.b:80 -R 2:[fd00:ec2::254]:80 e.f', ['a.b', 'fd00:ec2::254', 'e.f']],
    ['scp -o ProxyJump=a.b x e.f:y', ['a.b', 'e.f']],
    ['socat - PROXY:a.b:c.d:80', ['a.b', 'c.d']],
    ['nc -x a.b c.d 80', ['a.b', 'c.d']],
    ['openssl s_client a.b:443', ['a.b']],
    ['psql -d "host=a.b dbname=x"', ['a.b']],
    ['psql -d x', []],
    ['mongosh mydb', []],
    ['mongosh a.b', ['a.b']],
    ["mongosh 'mongodb://u:p@a.b:1,c.d:2/x'", ['a.b', 'c.d']],
    ['redis-cli -h FD00:EC2:0:0:0:0:0:254', ['fd00:ec2::254']],
    ['etcdctl --endpoints=http://a.b:1,http://c.d:2 get x', ['a.b', 'c.d']],
    ['kcat -b a.b:9092,c.d:9092 -L', ['a.b', 'c.d']],
    ['docker -H unix:///var/run/docker.sock ps', []],
    ['docker -H a.b:2375 ps', ['a.b']],
    ['kubectl get pods --server a.b', ['a.b']],
    ["curl 'localhost:3000/x?ids=1,2,3'", ['localhost']],
    ['mvn -Dtab.index=1 verify', []],
    ['lynx a.example', ['a.example']],
    ['HEAD a.example', ['a.example']],
    ['GET 2852039166', [metadata]],
  ])('%s', (command, hosts) => {
    expect([...factsOf(command).hosts].sort()).toEqual([...hosts].sort());
  });
});

describe('variables of the environment name hosts', () => {
  test.each<[string, readonly string[]]>([
    ['HTTPS_PROXY=a.b npm ci', ['a.b']],
    ['export all_proxy=socks5://a.b:1; npm ci', ['a.b']],
    ['env DOCKER_HOST=tcp://a.b docker ps', ['a.b']],
    ['DOCKER_HOST=unix:///var/run/docker.sock docker ps', []],
    ['DOCKER_HOST=$X docker ps', ['unknown']],
    ['PGHOST=/var/run/postgresql psql', []],
    ['GOPROXY=https://a.b,direct go build', ['a.b']],
    ['npm_config_registry=a.b npm ci', ['a.b']],
    ['NO_PROXY=a.b curl c.d', ['c.d']],
    ['HTTP_PROXY= curl c.d', ['c.d']],
    ['API_URL=https://a.b npm start', []],
    ['API_URL=http://2852039166/x npm start', [metadata]],
    ['HOST=0.0.0.0 npm start', []],
  ])('%s', (command, hosts) => {
    expect([...factsOf(command).hosts].sort()).toEqual([...hosts].sort());
  });
});

describe('options that no table lists name hosts by their names', () => {
  test.each<[string, readonly string[]]>([
    ['some-client --server a.example', ['a.example']],
    ['some-client --server=a.b:80', ['a.b']],
    ['some-client --bootstrap-servers a.example:1,c.example:1', ['a.example', 'c.example']],
    ['some-client -host 10.1.2.3', ['10.1.2.3']],
    ['some-client --server prod.yaml', []],
    ['some-client --host 0.0.0.0', []],
    ['some-client --host localhost:80', []],
    ['some-client --host web', []],
    ['some-client --version 1.2.3.4', []],
    ['some-client 2852039166', [metadata]],
    ['some-client metadata.google.internal', ['metadata.google.internal']],
    ['some-client metadata', []],
    ['some-client internal/x.ts', []],
    ['some-client 1.2.3.4', []],
  ])('%s', (command, hosts) => {
    expect([...factsOf(command).hosts].sort()).toEqual([...hosts].sort());
  });

  test('what is a host is read as no file', () => {
    expect(factsOf('curl --url 169.254.169.254').pathsRead).toEqual([]);
    expect(factsOf('some-client --server a.example').pathsRead).toEqual([]);
    expect(factsOf('apt-get -o Acquire::http::Proxy=a.b update').pathsWritten).toEqual([]);
  });

  test('what a browser is given may be a file too', () => {
    expect(factsOf('lynx -dump .env').pathsRead).toEqual(['/home/u/proj/.env']);
    expect(factsOf('HEAD .env').pathsRead).toEqual(['/home/u/proj/.env']);
    expect(factsOf('lynx index.html').hosts).toEqual([]);
  });
});

test.each<[string, boolean]>([
  ['example.com', true],
  ['u@example.com:80/x', true],
  ['10.0.0.1', true],
  ['2852039166', true],
  ['0xa9fea9fe', true],
  ['[::1]:80', true],
  ['db:5432', true],
  ['web', false],
  ['12', false],
  ['1.5', false],
  ['notes.txt', false],
  ['src/a.b', false],
])('whether %s reads like a host is %s', (text, is) => {
  expect(isHostLike(text)).toBe(is);
});

test('names of options, settings and variables tell whether they are places', () => {
  for (const name of ['--proxy', '--kube-api-server', '-host', '--endpoint-url', '-Dhttp.proxyHost'])
    expect(isPlaceOption(name)).toBe(true);
  for (const name of ['--hostile', '-h', '--proxy-insecure', '--service', '--observer'])
    expect(isPlaceOption(name)).toBe(false);
  for (const name of ['http.proxy', '@a:registry', 'Acquire::https::Proxy', 'ProxyJump', 'global.index-url'])
    expect(isPlaceSetting(name)).toBe(true);
  for (const name of ['user.name', 'core.hooksPath', 'noproxyfor']) expect(isPlaceSetting(name)).toBe(false);
  for (const name of ['HTTPS_PROXY', 'no_proxy_x', 'APP_HOST', 'NO_PROXY']) {
    expect(isPlaceVariable(name)).toBe(name === 'HTTPS_PROXY');
  }
});

describe('flags of the program count before and after the subcommand', () => {
  test.each<[string, readonly string[]]>([
    ['kubectl get pods --server a.b', ['kubectl --server', 'kubectl get --server']],
    ['kubectl rollout restart x -s a.b', ['kubectl --server', 'kubectl rollout restart --server']],
    ['kubectl exec -it x -c y -- ls', ['kubectl exec --container', 'kubectl exec --stdin', 'kubectl exec --tty']],
    ['kubectl exec x -cy -n z -- ls', ['kubectl exec --container', 'kubectl exec --namespace']],
  ])('%s', (command, commands) => {
    expect(factsOf(command).commands).toEqual(expect.arrayContaining([...commands]));
    expect(factsOf(command).commands).not.toContain('kubectl exec -c');
  });

  test('a place that is undone by nothing is no flag', () => {
    expect(factsOf("curl -x '' a.b").commands).not.toContain('curl -x');
    expect(factsOf('curl -x "$P" a.b').commands).toContain('curl -x');
  });
});
