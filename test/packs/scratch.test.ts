import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';
import { PolicyHarness } from '../../src/harness/policy-harness.js';
const pack = new URL('../../policies/coding-agent', import.meta.url).pathname;
const agent = JSON.parse(readFileSync(join(pack, 'agent.json'), 'utf8'));
const policies = readdirSync(pack).filter((n) => n.endsWith('.cedar')).map((file) => ({ file, text: readFileSync(join(pack, file), 'utf8') }));
function harness() { try { return new PolicyHarness({ agent, policies }); } catch (e) { console.log(JSON.stringify((e as any).diagnostics?.slice(0,5).map((d: any) => d.message)), e); throw e; } }
const out: string[] = [];
const say = (...a: unknown[]) => out.push(a.join(' '));
const which = process.env.WHAT ?? 'session';
it('runs', async () => {
  const h = harness();
  await h.initialize();
  const show = (a: any) => a.policies.map((p: any) => p.id).join(' ') + a.diagnostics.map((d: any) => d.message).join(';') + a.errors.map((d: any) => d.policyId+':'+d.message).join(';');
  if (which === 'session') for (const line of readFileSync(join(pack, 'session.jsonl'), 'utf8').split('\n')) {
    if (!line) continue;
    const e = JSON.parse(line); delete e.trajectoryId;
    const a = await h.adjudicate(e); const c = e.content;
    say(a.decision.padEnd(9), (c.toolId ?? e.stage).padEnd(10), JSON.stringify(c.text ?? c.parameters ?? c.response).slice(0, 110), '=>', show(a));
  }
  if (which === 'cases') {
    const cases = JSON.parse(readFileSync('/tmp/pack/cases.json', 'utf8')); let bad = 0, n = 0; const hit = new Set<string>();
    for (const [file, tests] of Object.entries<any>(cases)) for (const t of tests) {
      n++;
      const a = h.decide(t.events[0]); const ids = a.policies.map((p) => p.id); ids.forEach((i) => hit.add(i));
      if (a.decision !== t.decision || t.must.some((m: string) => !ids.includes(m))) { bad++; say(file, JSON.stringify(t.name), 'want', t.decision, t.must.join(), 'got', a.decision, show(a)); }
    }
    say(bad, 'of', n, 'bad');
    say('never hit:', h.prepared?.policies.map((p) => p.id).filter((i) => !hit.has(i)).join(' '));
  }
  if (which === 'harmless' || which === 'evasions') {
    const lines = readFileSync(`/tmp/pack/${which}.txt`, 'utf8').split('\n').filter(Boolean).map((l) => l.replaceAll('\\n', '\n')); let bad = 0;
    for (const command of lines) {
      const a = h.decide({ stage: 'PRE_TOOL', role: 'model', content: { toolId: 'Bash', parameters: { command } } } as any);
      const ok = (a.decision === 'ALLOW') === (which === 'harmless');
      if (!ok) { bad++; say(a.decision, JSON.stringify(command), '=>', show(a)); }
    }
    say(bad, 'of', lines.length, 'bad');
  }
  writeFileSync('/tmp/pack/out.txt', out.join('\n') + '\n');
});
