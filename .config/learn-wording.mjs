// Learns which wordings are those of texts that order a model about, and writes what each feature is worth to
// src/facts/text/wording-weights-generated.ts:
//   npm run facts:learn
// It learns from the texts of the corpus that are no held-out ones, from test/packs/corpus/wording, and, as what is certainly
// harmless, from guides and code of the packages that are installed here. The same texts give the same weights.
//
// A logistic regression: a text is as suspicious as its most suspicious stretch, so of each text only that stretch teaches.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule } from './load-module.mjs';

const CORPUS = 'test/packs/corpus';
const OUTPUT = 'src/facts/text/wording-weights-generated.ts';
const ROUNDS = 14;
/** How fast, and how much a weight shrinks each time so that none rests on a few texts. */
const RATE = 0.2;
const SHRINK = 0.02;
/** How much more a text with orders teaches than one without, of which there are more. */
const GRAVITY = 2;
/** Texts that a feature must be in to be looked at. */
const LEAST_TEXTS = 2;
const MOST_FEATURES = 60_000;
/** Weights are whole numbers up to this, so that two of them are a byte. */
const HIGHEST = 7;
/**
 * Share of the harmless texts that may be taken for the others; they are judged by weights learned without them. Most were
 * written to look like the others: of guides and code it is a tenth of that.
 */
const FALSE_ALARMS = 0.01;
const FOLDS = 5;
/** Files of code that are read. */
const MOST_CODE = 1200;
/** Units of a guide or of code that are read, and stretches of a text. */
const LONGEST = 20_000;
const MOST_STRETCHES = 200;

const { WordReader, STRETCH, STEP, FEWEST, FEATURE_BITS } = await loadModule('src/facts/text/wording.ts');
const { foldView } = await loadModule('src/facts/text/view.ts');
const { buildLiteralScan, searchedLiterals } = await loadModule('src/facts/text/literal-scan.ts');
const { signWords } = await loadModule('src/facts/text/sign-words.ts');
const { SignCollector } = await loadModule('src/facts/text/signs.ts');

const signTexts = signWords().texts.split('\n');
const scan = buildLiteralScan(searchedLiterals([], signTexts, signWords().edges));

function signsOf(text) {
  const signs = new SignCollector(text);
  const { count, literal, end } = scan.scan(text);
  for (let i = 0; i < count; i++) signs.add(literal[i], end[i] - scan.lengthOf(literal[i]), end[i]);
  return signs.finish();
}

/** The stretches of a text as `Judge` in likely-injection.ts sees them: numbers of features, and how many words. */
function stretchesOf(text) {
  const reader = new WordReader(signsOf(foldView({ text }, text.length).text));
  const words = [];
  while (reader.next()) words.push([...reader.features.subarray(0, reader.count)]);
  const between = (from, to) => {
    const features = new Set(words.slice(from, to).flat());
    return { features: Int32Array.from(features), words: to - from };
  };
  const stretches = [];
  for (let to = STRETCH; to < words.length && stretches.length < MOST_STRETCHES; to += STEP)
    stretches.push(between(to - STRETCH, to));
  if (words.length >= FEWEST) stretches.push(between(Math.max(0, words.length - STRETCH), words.length));
  return stretches;
}

/** A number from 0 to 1 after the other, the same ones each time. */
function numbersFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(list, next) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
}

const lengthOf = (words) => Math.sqrt(words * 3 + 10);

function scoreOf({ weights, bias }, { features, words }) {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += weights[features[i]];
  return sum / lengthOf(words) + bias;
}

function highest(model, stretches) {
  let best;
  let score = Number.NEGATIVE_INFINITY;
  for (const stretch of stretches) {
    const found = scoreOf(model, stretch);
    if (found > score) [best, score] = [stretch, found];
  }
  return { best, score };
}

/** Texts each feature is in. */
function textsWith(texts) {
  const counts = new Uint32Array(1 << FEATURE_BITS);
  for (const { stretches } of texts)
    for (const feature of new Set(stretches.flatMap(({ features }) => [...features]))) counts[feature]++;
  return counts;
}

function learn(texts) {
  const counts = textsWith(texts);
  const known = texts.map(({ stretches, harmful }) => ({
    harmful,
    stretches: stretches.map(({ features, words }) => ({
      features: features.filter((feature) => counts[feature] >= LEAST_TEXTS),
      words,
    })),
  }));
  const model = { weights: new Float64Array(1 << FEATURE_BITS), bias: 0 };
  const steps = new Float64Array(1 << FEATURE_BITS).fill(0.01);
  const next = numbersFrom(1);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(known, next);
    for (const { stretches, harmful } of known) {
      const { best, score } = highest(model, stretches);
      const error = (harmful ? GRAVITY : 1) * ((harmful ? 1 : 0) - 1 / (1 + Math.exp(-score)));
      const pull = error / lengthOf(best.words);
      for (const feature of best.features) {
        const change = pull - SHRINK * model.weights[feature];
        steps[feature] += change * change;
        model.weights[feature] += (RATE * change) / Math.sqrt(steps[feature]);
      }
      model.bias += 0.02 * error;
    }
  }
  return rounded(model);
}

/** The weights that matter most, each as a whole number of a scale. */
function rounded({ weights, bias }) {
  const sizes = weights.map(Math.abs).sort((a, b) => b - a);
  const scale = sizes[200] / HIGHEST;
  const least = Math.max(sizes[MOST_FEATURES], scale / 2);
  const whole = (weight) => Math.max(-HIGHEST, Math.min(HIGHEST, Math.round(weight / scale)));
  return { weights: weights.map((weight) => (Math.abs(weight) <= least ? 0 : whole(weight) * scale)), bias, scale };
}

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Hidden folders hold what programs keep there as they run. */
function filesIn(folder, depth = 7) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((each) => {
      const path = join(folder, each.name);
      if (each.isDirectory()) return depth > 0 ? filesIn(path, depth - 1) : [];
      return each.isFile() && /\.(?:md|d\.ts|[cm]?js|ya?ml)$/i.test(each.name) ? [path] : [];
    });
}

/** Every guide, and some of the code. */
function ofPackages() {
  const files = filesIn('node_modules');
  const guides = files.filter((file) => /\.md$/i.test(file));
  const code = files.filter((file) => !/\.(?:md|min\.js)$/i.test(file) && statSync(file).size > 4000);
  const chosen = code.filter((_, i) => i % Math.ceil(code.length / MOST_CODE) === 0);
  return [...guides, ...chosen].map((file) => readFileSync(file, 'utf8').slice(0, LONGEST));
}

const ORDERS = new Set(['prompt injection', 'jailbreak']);
const rows = ['evasions.tuned', 'wording/injections'].flatMap((name) => linesOf(`${CORPUS}/${name}.jsonl`));
const harmful = rows.filter(({ text, intent }) => text !== undefined && (intent === undefined || ORDERS.has(intent)));
const harmless = ['harmless.tuned', 'wording/harmless'].flatMap((name) => linesOf(`${CORPUS}/${name}.jsonl`));
const read = (list, isHarmful) =>
  [...new Set(list)]
    .map((text) => ({ harmful: isHarmful, stretches: stretchesOf(text) }))
    .filter(({ stretches }) => stretches.length > 0);
const texts = [
  ...read(
    harmful.map(({ text }) => text),
    true,
  ),
  ...read([...harmless.flatMap(({ text }) => text ?? []), ...ofPackages()], false),
];
shuffle(texts, numbersFrom(7));

const scores = { true: [], false: [] };
for (let fold = 0; fold < FOLDS; fold++) {
  const model = learn(texts.filter((_, i) => i % FOLDS !== fold));
  for (const text of texts.filter((_, i) => i % FOLDS === fold))
    scores[text.harmful].push(highest(model, text.stretches).score);
}
const alarms = scores.false.sort((a, b) => b - a);
const enough = alarms[Math.floor(alarms.length * FALSE_ALARMS)];
const found = scores.true.filter((score) => score > enough).length;
const share = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
console.log(
  `${texts.length} texts; judged by weights learned without them: ${share(found, scores.true.length)} of ${scores.true.length} found, ` +
    `${share(FALSE_ALARMS, 1)} of ${alarms.length} taken for such`,
);

const { weights, bias, scale } = learn(texts);
const numbers = [...weights.keys()].filter((feature) => weights[feature] !== 0);
const bytes = numbers.flatMap((feature, i) => {
  let gap = feature - (numbers[i - 1] ?? 0);
  const digits = [gap % 128];
  for (gap = Math.floor(gap / 128); gap > 0; gap = Math.floor(gap / 128)) digits.unshift((gap % 128) + 128);
  return digits;
});
const halves = numbers.map((feature) => Math.round(weights[feature] / scale) + 8);
const values = halves.flatMap((half, i) => (i % 2 === 0 ? [half * 16 + (halves[i + 1] ?? 0)] : []));
const base64 = (list) => Buffer.from(list).toString('base64');
writeFileSync(
  OUTPUT,
  `// Written by \`npm run facts:learn\`, see .config/learn-wording.mjs.

/** What a stretch of words must come to. */
export const ENOUGH = ${Number(enough.toFixed(4))};
export const BIAS = ${Number(bias.toFixed(4))};
export const SCALE = ${Number(scale.toFixed(6))};

/** Numbers of ${numbers.length} features as gaps between them, seven bits a byte, all bytes of one but the last with the eighth set. */
export const wordingNumbers = (): string =>
  '${base64(bytes)}';

/** What each is worth in the scale, eight more than that in half a byte. */
export const wordingWeights = (): string =>
  '${base64(values)}';
`,
);
