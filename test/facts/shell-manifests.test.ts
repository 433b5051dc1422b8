import { describe, expect, test } from 'vitest';
import { factsOf } from './shell-context.js';

const compose = (lines: readonly string[], name = 'compose.yml'): string =>
  `cat > ${name} <<'EOF'\nservices:\n  a:\n    image: alpine\n${lines.map((line) => `    ${line}\n`).join('')}EOF\n`;

describe('containers that a command describes and starts', () => {
  test.each([
    ['privileged: true'],
    ['privileged: "yes"'],
    ['pid: host'],
    ["ipc: 'host'"],
    ['cap_add: [NET_ADMIN, SYS_ADMIN]'],
    ['cap_add:\n      - NET_ADMIN\n      - CAP_SYS_PTRACE'],
    ['security_opt: ["seccomp:unconfined"]'],
  ])('with "%s" reach the machine', (line) => {
    expect(factsOf(`${compose([line])}docker compose up -d`).effects).toContain('reach-host');
    expect(factsOf(compose([line])).effects).toEqual([]);
  });

  test.each([
    ['privileged: false'],
    ['# privileged: true'],
    ['cap_drop: [ALL]'],
    ['cap_add: [NET_BIND_SERVICE]\n    cap_drop: [ALL]'],
    ['security_opt: ["no-new-privileges:true"]'],
    ['network_mode: host'],
    ['command: run --pid'],
  ])('with "%s" do not', (line) => {
    expect(factsOf(`${compose([line])}docker compose up -d`).effects).toEqual([]);
  });

  test.each([
    ['volumes: ["/:/host"]', '/', true],
    ['volumes: ["/etc:/host:ro"]', '/etc', false],
    ['volumes:\n      - ~/.ssh:/s', '/home/u/.ssh', true],
    ['volumes:\n      - "${HOME}/.aws:/s:ro"', '/home/u/.aws', false],
    [
      'volumes:\n      - type: bind\n        source: /var/run/docker.sock\n        target: /d',
      '/var/run/docker.sock',
      true,
    ],
    ['volumes:\n      - ./data:/data', '/home/u/proj/data', true],
    ['volumes:\n    - ${DIR:-/srv/x}:/data', '/srv/x', true],
  ])('with "%s" read %s', (line, path, written) => {
    const { pathsRead, pathsWritten } = factsOf(`${compose([line])}docker compose run --rm a`);
    expect(pathsRead).toContain(path);
    expect(pathsWritten.includes(path)).toBe(written);
  });

  test.each([
    ['volumes:\n      - data:/data\n    environment:\n      - PATH=/usr/bin:/bin\n      - /etc:/x'],
    ['environment:\n      P: /etc:/x'],
  ])('with "%s" read none of it', (line) => {
    expect(factsOf(`${compose([line])}docker compose up`).pathsRead).not.toContain('/etc');
  });

  test.each([
    [`${compose(['privileged: true'], '/tmp/a.yml')}docker compose -f /tmp/a.yml up`],
    [`${compose(['privileged: true'], 'a.yml')}docker-compose --file=a.yml up -d`],
    [`${compose(['privileged: true'], 'a.yml')}docker stack deploy -c a.yml s`],
    [`${compose(['privileged: true'], 'docker-compose.override.yaml')}docker compose restart`],
    ["docker compose -f - up <<'EOF'\nservices: {a: {image: x, privileged: true}}\nEOF"],
    ['docker compose -f - up <<EOF\nservices: {a: {image: $(cat i), privileged: true}}\nEOF'],
    ["podman play kube - <<'EOF'\nspec: {hostPID: true}\nEOF"],
    ["printf 'spec:\\n  hostIPC: true\\n' > p.yml; podman kube play p.yml"],
  ])('%s', (command) => {
    expect(factsOf(command).effects).toContain('reach-host');
  });

  test.each([
    [`${compose(['privileged: true'])}docker compose ps`],
    [`${compose(['privileged: true'])}docker compose -f other.yml up`],
    [`${compose(['privileged: true'], 'notes.yml')}docker compose up`],
  ])('%s starts nothing of it', (command) => {
    expect(factsOf(command).effects).toEqual([]);
  });
});

describe('the folder of a build', () => {
  test.each([
    ['docker build ~'],
    ['docker build -f - "$HOME" < Dockerfile'],
    ['docker buildx build ~/'],
    ['podman build -t a ..'],
    ['buildah bud -f Containerfile ~'],
    ["printf 'services:\\n  a:\\n    build:\\n      context: ~\\n' > compose.yml; docker compose up --build"],
    ['echo \'target "x" { context = "/home/u" }\' > docker-bake.hcl; docker buildx bake x'],
  ])('%s is read with all in it', (command) => {
    expect(factsOf(command).globsRead).toContain('secrets');
  });

  test.each([['docker build .'], ['docker build -f ops/Dockerfile sub'], ['docker build - < Dockerfile']])(
    '%s is that of the workspace',
    (command) => {
      expect(factsOf(command).globsRead).toEqual([]);
      expect(factsOf(command).readsOutsideWorkspace).toBe(false);
    },
  );

  test.each([
    ["docker build -f - . <<'EOF'\nFROM a\nCOPY .env /x\nEOF"],
    ['docker build -f- .. <<\'EOF\'\nFROM a\nADD ["other/.env", "/x"]\nEOF'],
    ["printf 'FROM a\\nCOPY --chown=a:a a.txt keys/id_rsa /x/\\n' > Dockerfile; docker build ."],
    ["printf 'FROM a\\nCOPY *.pem /x/\\n' > b/Dockerfile; docker build b"],
  ])('%s reads what the build file copies', (command) => {
    expect(factsOf(command).globsRead).toContain('secrets');
  });

  test.each([
    [
      "printf 'FROM a AS b\\nRUN cat .env\\nFROM c\\nCOPY --from=b /etc/shadow /x\\nCOPY . .\\n' > Dockerfile; docker build .",
    ],
    ["printf 'FROM a\\nCOPY .env /x\\n' > Dockerfile.dev; docker build ."],
  ])('%s copies nothing secret of ours', (command) => {
    expect(factsOf(command).globsRead).toEqual([]);
  });
});
