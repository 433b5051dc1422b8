import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LINT_RULES } from '../../src/analysis/lint-policies.js';
import { ruleDescription } from '../../src/cli/reporters/rules-table.js';
import { VALIDATION_CODES } from '../../src/validator/validation-kinds.js';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** Folders whose diagnostics the command line shows; those of the other folders are for programs. */
const SHOWN = [
  'analysis',
  'cli',
  'diagnostics',
  'files',
  'json',
  'est',
  'entities',
  'formatter',
  'schema',
  'parser',
  'ast',
];

/** Codes in calls such as `diagnostic('code', ..)` and `report(place, 'code', ..)`, as far as a pattern can see them. */
function codesIn(folder: string): readonly string[] {
  const calls =
    /\b(?:diagnostic|problem|report|reportData|warn|unreadable)\(\s*(?:[\w.()[\], ]*?,\s*)?'([a-z]+(?:-[a-z0-9]+)+)'/g;
  const families = /'((?:json|policy-json)-[a-z-]+)'/g;
  const files = readdirSync(`${SRC}${folder}`, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const texts = files.map((name) => readFileSync(`${SRC}${folder}/${name}`, 'utf8'));
  const patterns = folder === 'json' || folder === 'est' ? [calls, families] : [calls];
  return texts.flatMap((text) =>
    patterns.flatMap((pattern) => Array.from(text.matchAll(pattern), ([, code]) => code ?? '')),
  );
}

/** Codes of misuse of the programming interface. */
const PROGRAMS_ONLY = new Set(['json-cycle', 'json-not-data', 'json-unreadable']);

describe('the rules of SARIF reports', () => {
  it('describe every code that a command can show', () => {
    const codes = new Set([
      ...SHOWN.flatMap(codesIn),
      ...Object.values(VALIDATION_CODES),
      ...LINT_RULES.map(({ code }) => code),
    ]);
    expect(codes.size).toBeGreaterThan(150);
    const unknown = [...codes].filter(
      (code) => ruleDescription(code) === code.replaceAll('-', ' ') && !PROGRAMS_ONLY.has(code),
    );
    expect(unknown).toEqual([]);
  });

  it('call a code by its words where there is no description', () => {
    expect(ruleDescription('some-new-code')).toBe('some new code');
    expect(ruleDescription('constructor')).toBe('constructor');
  });
});
