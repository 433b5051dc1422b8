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

  test('are found in long texts without an end', () => {
    expect(
      installScripts(`${'"install" '.repeat(50_000)}${' '.repeat(50_000)}"prepare":"${'\\"'.repeat(50_000)}`),
    ).toHaveLength(1);
  });
});
