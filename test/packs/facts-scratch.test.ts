import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { shellFacts } from '../../src/facts/index.js';
const agent = JSON.parse(readFileSync('/work/main/policies/coding-agent/agent.json', 'utf8'));
it('x', () => {
  const w = agent.workspace;
  for (const c of readFileSync('/tmp/pack/q.txt', 'utf8').split('\n').filter(Boolean)) {
    const f: any = shellFacts(c.replaceAll('\\n', '\n'), { cwd: w.root, workspace: w.root, home: w.home, globs: w.globs });
    console.log(c, '\n   ', JSON.stringify(Object.fromEntries(Object.entries(f).filter(([, v]) => v !== false && !(Array.isArray(v) && v.length === 0)))));
  }
});
