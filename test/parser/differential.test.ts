import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { parsePolicies, parsePolicy } from '../../src/parser/parse-policies.js';
import { createSource } from '../../src/text/source.js';
import { Random } from '../support/random.js';
import { likelyPolicy } from './likely-policy.js';
import { mutatePolicy, randomPolicy } from './mutate-policy.js';
import { officialRefusal, officialTemplateRefusal } from './oracle.js';
import { EVERY_CONSTRUCT, policyFiles } from './policy-texts.js';

/** More cases and another seed can be asked for: DEODAR_FUZZ_RUNS=50000 DEODAR_FUZZ_SEED=7. */
const RUNS = Number(process.env.DEODAR_FUZZ_RUNS ?? 4000);
const SEED = Number(process.env.DEODAR_FUZZ_SEED ?? 20251121);

const files = policyFiles();

/** Why we refuse a text as static policies; undefined when we accept it. */
function refusal(text: string): string | undefined {
  const result = parsePolicies(createSource(text));
  if (!result.ok) return renderDiagnostics(result.diagnostics);
  return result.value.templates.length > 0 ? 'holds a template' : undefined;
}

function templateRefusal(text: string): string | undefined {
  const result = parsePolicy(createSource(text), 't');
  if (!result.ok) return renderDiagnostics(result.diagnostics);
  return result.value.slots.length === 0 ? 'is no template' : undefined;
}

describe.skipIf(files.size === 0)('the policy files of the conformance data', () => {
  it('are accepted and refused as by the official engine', () => {
    const differences = [...files].flatMap(([path, text]) => {
      const [ours, theirs] = [refusal(text), officialRefusal(text)];
      return (ours === undefined) === (theirs === undefined) ? [] : [{ path, ours, theirs }];
    });
    console.log(`${files.size} policy files, ${differences.length} differences`);
    expect(differences).toEqual([]);
  });
});

describe('the example of every construct', () => {
  it.each(EVERY_CONSTRUCT)('%s', (text) => {
    const check = text.includes('?') ? [templateRefusal, officialTemplateRefusal] : [refusal, officialRefusal];
    expect(check.map((each) => each(text))).toEqual([undefined, undefined]);
  });
});

describe('what cannot follow an `if`', () => {
  it.each(['+ 1', '== 1', '&& true', '.a', '.contains(1)', '["a"]', 'has a', 'is A', 'like "b"'])(
    'is refused, where a pattern ends its last part: %s',
    (rest) => {
      const text = `permit(principal, action, resource) when { if true then 1 else "a" like "b" ${rest} };`;
      const ends = rest.startsWith('&&');
      for (const check of [refusal, officialRefusal]) expect(check(text) === undefined).toBe(ends);
    },
  );
});

/** Compares many texts; the share that the official engine accepts shows that the cases are not all noise. */
function compare(name: string, leastAccepted: number, make: (random: Random) => string): void {
  it(`${name} are accepted and refused as by the official engine (${RUNS} cases, seed ${SEED})`, () => {
    const random = new Random(SEED);
    const differences: unknown[] = [];
    let accepted = 0;
    for (let run = 0; run < RUNS && differences.length < 20; run++) {
      const text = make(random);
      const [ours, theirs] = [refusal(text), officialRefusal(text)];
      if (theirs === undefined) accepted++;
      if ((ours === undefined) !== (theirs === undefined)) differences.push({ text, ours, theirs });
      if (!text.includes('?')) continue;
      const [asTemplate, official] = [templateRefusal(text), officialTemplateRefusal(text)];
      if ((asTemplate === undefined) !== (official === undefined)) differences.push({ text, asTemplate, official });
    }
    console.log(`${name}: ${RUNS} cases with seed ${SEED}, ${accepted} accepted, ${differences.length} differences`);
    expect(differences).toEqual([]);
    expect(accepted).toBeGreaterThan(RUNS * leastAccepted);
  });
}

const originals = singlePolicies();
compare('mutated policies', 0.05, (random) =>
  mutatePolicy(random.pick(originals.length === 0 || random.below(3) === 0 ? EVERY_CONSTRUCT : originals), random),
);
compare('random tokens', 0.01, randomPolicy);
compare('likely policies', 0.2, likelyPolicy);

/** The policies of all files, each by itself and not too long, so that one mutation says something. */
function singlePolicies(): readonly string[] {
  const policies = new Set<string>();
  for (const text of files.values()) {
    const result = parsePolicies(createSource(text));
    if (!result.ok) continue;
    for (const policy of [...result.value.policies, ...result.value.templates]) {
      const { start, end } = policy.span ?? { start: 0, end: 0 };
      if (end - start < 600) policies.add(text.slice(start, end));
    }
  }
  return [...policies];
}
