// What must be reached, beside what a run reached.

const APPS = ['gdrive, n = 50', 'github, n = 50', 'tinytodo, n = 50'];
const TEMPLATES = ['gdrive-templates, n = 50', 'github-templates, n = 50'];

/** Rows of a table: what, target, reached, and whether it is. */
export function goals({ rows, large, others, calls, loading, memory, longTexts, cold }) {
  const list = [];
  const least = (what, target, reached, unit = 'x') =>
    list.push([what, `at least ${number(target)}${unit}`, `${number(reached)}${unit}`, mark(reached >= target)]);
  const most = (what, target, reached, unit) =>
    list.push([what, `at most ${number(target)}${unit}`, `${number(reached)}${unit}`, mark(reached <= target)]);
  const ratio = (name, way = 'deodar') => rows[name]['cedar-wasm'].p50 / rows[name][way].p50;
  const own = (name) => rows[name].deodar.p50;

  const sample = 'sample, 5 policies';
  least(`${sample}, against cedar-wasm`, 500, ratio(sample));
  const casl = others['@casl/ability, cached'];
  if (casl !== undefined) least(`${sample}, against @casl/ability`, 1, casl.p50 / others.deodar.p50);
  most(`${sample}, against hand-written ifs`, 8, others.deodar.p50 / others['hand-written ifs'].p50, 'x as long');
  const known = (names) => names.filter((name) => name in rows);
  for (const name of known(APPS)) {
    least(`${name}, against cedar-wasm`, 1500, ratio(name));
    most(`${name}, median`, 500, own(name), ' ns');
    most(`${name}, p99 of single calls`, 2000, rows[name].deodar.p99, ' ns');
  }
  for (const name of known(TEMPLATES)) least(`${name}, against cedar-wasm`, 1500, ratio(name));
  for (const [kind, target, growth] of [
    ['access list', 20_000, 2.5],
    ['mixed', 20_000, 2.5],
    ['open scopes', 10_000, 3],
  ]) {
    const [small, big] = [`${kind}, 100 policies`, `${kind}, 10,000 policies`];
    least(`${big}, against cedar-wasm`, target, ratio(big));
    most(`${kind}, 10,000 policies against 100`, growth, own(big) / own(small), 'x as long');
  }
  for (const [name, { p50 }] of Object.entries(large)) most(name, 3000, p50, ' ns');
  const [short, long] = ['coding agent, short commands', 'coding agent, 10 KB commands'];
  least(`${short}, against cedar-wasm`, 250, ratio(short));
  most(`${short}, median`, 3000, own(short), ' ns');
  least(`${long}, against cedar-wasm`, 100, ratio(long));
  most(`${long}, median`, 60_000, own(long), ' ns');
  most('`like`, 1,000 literals on one text', 5, own('1,000 patterns, 10000 characters') / 10_000, ' ns a character');
  const [long1, long10] = [1_000_000, 10_000_000].map((length) => longTexts.find((each) => each.length === length));
  most('one decision over 10 MB against 1 MB, the first', 15, long10.first / long1.first, 'x as long');
  most('one decision over 10 MB against 1 MB, later', 15, long10.next / long1.next, 'x as long');
  for (const name of [sample, ...known(APPS)]) {
    least(`closures only, ${name}`, 250, ratio(name, 'closures'));
    most(`closures only, ${name}, against generated code`, 4, rows[name].closures.p50 / own(name), 'x as long');
  }
  least('stateless call, sliced entities', 15, calls.sliced['cedar-wasm'].p50 / calls.sliced.deodar.p50);
  least('stateless call, all entities', 30, calls.all['cedar-wasm'].p50 / calls.all.deodar.p50);
  most('an erring policy', 500, (own('sample and 10 erring policies') - own(sample)) / 10, ' ns');
  least('parsing 10,000 policies', 1.3, loading.parsing['cedar-wasm'] / loading.parsing.deodar);
  most('10,000 policies, text to first answer', 0.8, loading.ready.deodar / loading.ready['cedar-wasm'], 'x as long');
  for (const [kind, { policy, entity }] of Object.entries(memory)) {
    most(`heap a policy, ${kind}`, 1024, policy, ' bytes');
    most(`heap an entity, ${kind}`, 500, entity, ' bytes');
  }
  most('cold start against cedar-wasm', 0.5, cold.deodar / cold['cedar-wasm'], 'x as long');
  most('compiled module, above the process without', 5, cold.compiled - cold.nothing, ' ms');
  return list;
}

function number(value) {
  return value < 10 ? String(Number(value.toFixed(2))) : Math.round(value).toLocaleString('en');
}

function mark(isReached) {
  return isReached ? 'yes' : '**no**';
}
