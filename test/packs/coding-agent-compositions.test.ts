import { beforeAll, describe, expect, it } from 'vitest';
import type { Adjudication } from '../../src/harness/adjudication.js';
import type { PolicyHarness } from '../../src/harness/policy-harness.js';
import { corpusCommands } from './corpus.js';
import { loadPack, openHarness } from './pack.js';

// What `unless` excuses in one command of a line must not excuse another command of that line.

/** Ways to put two commands into one line. */
const lines: readonly ((excused: string, harmful: string) => string)[] = [
  (excused, harmful) => `${excused}; ${harmful}`,
  (excused, harmful) => `${harmful}; ${excused}`,
  (excused, harmful) => `${excused} && ${harmful}`,
  (excused, harmful) => `${harmful} || ${excused}`,
  (excused, harmful) => `${excused}\n${harmful}`,
  (excused, harmful) => `${excused} | (${harmful})`,
  (excused, harmful) => `echo $(${harmful}) && ${excused}`,
  (excused, harmful) => `{ ${excused}; ${harmful}; } &`,
  (excused, harmful) => `if ${excused}; then ${harmful}; fi`,
];

/** More pairs of a policy than this are not judged; they are spread over all of its commands. */
const mostPairs = 1200;

const pack = loadPack('coding-agent');
const texts = pack.policies.flatMap(({ text }) =>
  text.split(/^(?=@id\()/m).filter((policy) => policy.startsWith('@id(')),
);
const excusing = texts.filter((text) => /^unless\b/m.test(text)).map(idOf);

function idOf(policy: string): string {
  return /@id\("([^"]*)"\)/.exec(policy)?.[1] ?? '';
}

/** The pack without any `unless`. */
function strictPack(): PolicyHarness {
  const policies = pack.policies.map(({ file, text }) => ({
    file,
    text: text.replace(/^unless\b[\s\S]*?\};$/gm, ';'),
  }));
  return openHarness({ ...pack, policies });
}

/** Commands of the corpus to which another can be joined: comments and here-documents swallow what comes after them. */
function plain(kind: 'evasions' | 'harmless'): string[] {
  const fitting = corpusCommands([kind]).filter((command) => command.length <= 400 && !/[\n#]|<</.test(command));
  return [...new Set(fitting)];
}

let calls = 0;

async function judge(harness: PolicyHarness, command: string): Promise<Adjudication> {
  const trajectoryId = `composition-${calls++}`;
  await harness.initialize({ trajectoryId });
  const adjudication = await harness.adjudicate({
    stage: 'PRE_TOOL',
    role: 'model',
    content: { toolId: 'Bash', parameters: { command } },
    trajectoryId,
  });
  await harness.finalize(trajectoryId);
  return adjudication;
}

describe('a command that an exception of the pack excuses', () => {
  const full = openHarness(pack);
  const harmful = new Map<string, string[]>(excusing.map((id) => [id, []]));
  const excused = new Map<string, string[]>(excusing.map((id) => [id, []]));

  beforeAll(async () => {
    const strict = strictPack();
    for (const command of plain('harmless'))
      if ((await judge(full, command)).decision === 'ALLOW')
        for (const { id } of (await judge(strict, command)).policies) excused.get(id)?.push(command);
    for (const command of plain('evasions')) {
      const { decision, policies } = await judge(full, command);
      if (decision !== 'ALLOW' && policies.length < 3) for (const { id } of policies) harmful.get(id)?.push(command);
    }
  }, 120_000);

  it('is known for many policies', () => {
    const both = excusing.filter((id) => (excused.get(id) ?? []).length > 0 && (harmful.get(id) ?? []).length > 0);
    expect(both.length).toBeGreaterThanOrEqual(20);
  });

  it.each(excusing)(
    'lets no other command of its line pass %s',
    async (id) => {
      const [good = [], bad = []] = [excused.get(id), harmful.get(id)];
      const step = Math.max(1, Math.ceil((good.length * bad.length) / mostPairs));
      const passed: string[] = [];
      for (let pair = 0; pair < good.length * bad.length; pair += step) {
        const [first, second] = [good[pair % good.length], bad[Math.floor(pair / good.length)]];
        const line = lines[pair % lines.length];
        if (first === undefined || second === undefined || line === undefined) continue;
        const composed = line(first, second);
        if ((await judge(full, composed)).decision === 'ALLOW') passed.push(composed);
      }
      expect(passed).toEqual([]);
    },
    60_000,
  );
});
