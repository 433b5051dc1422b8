import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateValidators } from '../../.config/generate-validators.mjs';
import { parseJson } from '../../src/json/parse-json.js';
import { type JsonFormat, validateJson } from '../../src/json/validate.js';
import { createSource } from '../../src/text/source.js';

/** `pointer: message (help)` of each problem. */
function problems(format: JsonFormat, text: string): readonly string[] {
  const json = parseJson(createSource(text));
  if (!json.ok) throw new Error('the test is no JSON');
  return validateJson(format, json.value).map(
    (d) => `${d.pointer}: ${d.message}${d.help === undefined ? '' : ` (${d.help})`}`,
  );
}

describe('validators of our JSON formats', () => {
  it('are made from the JSON Schemas as they are now; run `node .config/generate-validators.mjs`', () => {
    const written = readFileSync(new URL('../../src/json/validators-generated.ts', import.meta.url), 'utf8');
    expect(written).toBe(generateValidators());
  });

  it.each([
    ['agent', '{"id":"a","tools":[{"name":"t"}]}', []],
    ['agent', '{}', [': `id` is missing']],
    ['agent', '{"id":""}', ['/id: `id` is empty']],
    ['agent', '{"id":1}', ['/id: `id` must be a text']],
    ['agent', '{"id":"a","tool":[]}', ['/tool: the key "tool" means nothing here (did you mean "tools"?)']],
    [
      'agent',
      '{"id":"a","tools":[{"nam":"t"}]}',
      ['/tools/0: `name` is missing', '/tools/0/nam: the key "nam" means nothing here (did you mean "name"?)'],
    ],
    ['agent', '{"id":"a","workspace":{"root":"x"}}', ['/workspace/root: `root` is no absolute path']],
    [
      'agent',
      '{"id":"a","tools":[{"name":"t","facts":{"x":"shel"}}]}',
      ['/tools/0/facts/x: `x` has a value that is not allowed (did you mean "shell"?)'],
    ],
    ['agent', '[]', [': the agent must be an object']],
    ['event', '{"stage":"PRE_MODEL","role":"USER","content":{"text":"hi"}}', []],
    [
      'event',
      '{"stage":"PRE_MODL","role":"user","content":{}}',
      ['/stage: `stage` has a value that is not allowed (did you mean "PRE_MODEL"?)'],
    ],
    [
      'test-file',
      '{"tests":[{"decision":"allow","num_errors":-1}]}',
      ['/tests/0/num_errors: `num_errors` is negative'],
    ],
    ['test-file', '{"tests":[{"decision":"ALLOW","events":[]}]}', ['/tests/0/events: `events` is empty']],
    ['test-file', '{"tests":{"__proto__":1}}', ['/tests: `tests` must be an array']],
  ] as const)('%s: %s', (format, text, expected) => {
    expect(problems(format, text)).toEqual(expected);
  });
});
