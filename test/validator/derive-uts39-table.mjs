// Derives src/validator/uts39-table.ts from the official engine, which warns of identifiers with characters outside of
// the General Security Profile and of texts with mixed scripts (UTS 39). Takes some minutes:
//
//   node test/validator/derive-uts39-table.mjs
//
// Names of scripts and a first guess at the scripts of a character come from this Node's own Unicode tables; the engine's
// answers decide, and a character that no guess explains stops the script.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-turbo-inline-js-wasm-calls');
const require = createRequire(import.meta.url);
const cedar = require('@cedar-policy/cedar-wasm/nodejs');

const SCHEMA = 'entity U; action a appliesTo { principal: U, resource: U };';
const TEXTS_PER_CALL = 20_000;
const LAST = 0x10ffff;

/** The messages that the engine gives for literals, many in one call. */
function* messagesFor(values) {
  for (let at = 0; at < values.length; at += TEXTS_PER_CALL) {
    const body = { Set: values.slice(at, at + TEXTS_PER_CALL).map((Value) => ({ Value })) };
    const all = { op: 'All' };
    const policy = {
      effect: 'permit',
      principal: all,
      action: all,
      resource: all,
      conditions: [{ kind: 'when', body }],
    };
    const answer = cedar.validate({ schema: SCHEMA, policies: { staticPolicies: { p: policy } } });
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
    for (const { error } of answer.validationWarnings) yield error.message;
  }
}

/** Those of the texts that have mixed scripts. */
function mixedOf(texts) {
  const mixed = new Set();
  for (const message of messagesFor(texts)) {
    const match = /^for policy `p`, string `"(.*)"` contains mixed scripts$/su.exec(message);
    if (match !== null) mixed.add(match[1]);
  }
  return mixed;
}

const characters = [];
for (let code = 0x80; code <= LAST; code++)
  if (code < 0xd800 || code > 0xdfff) characters.push(String.fromCodePoint(code));

console.error(`asking for ${characters.length} characters in identifiers`);
const outside = new Set(characters);
{
  // Messages show some characters escaped, so a character is known by its place: one call for each stretch.
  const ids = (list) => list.map((character) => ({ __entity: { type: 'U', id: character } }));
  const flagged = (list) =>
    [...messagesFor(ids(list))].filter((message) => message.includes('General Security')).length;
  const split = (list, bad) => {
    if (bad === 0) for (const character of list) outside.delete(character);
    if (bad === 0 || bad === list.length) return;
    const middle = list.length >> 1;
    const left = list.slice(0, middle);
    const leftBad = flagged(left);
    split(left, leftBad);
    split(list.slice(middle), bad - leftBad);
  };
  for (let at = 0; at < characters.length; at += TEXTS_PER_CALL) {
    const list = characters.slice(at, at + TEXTS_PER_CALL);
    split(list, flagged(list));
  }
}

console.error('asking for texts of one character');
const BIDI = /[\u{202a}-\u{202e}\u{2066}-\u{2069}]/u;
const unknown = mixedOf(characters);
const known = characters.filter((character) => !unknown.has(character) && !BIDI.test(character));

// Every script that this Node knows, by its short name.
const SCRIPTS =
  'Adlm Aghb Ahom Arab Armi Armn Avst Bali Bamu Bass Batk Beng Berf Bhks Bopo Brah Brai Bugi Buhd Cakm Cans Cari Cham Cher Chrs Copt Cpmn Cprt Cyrl Deva Diak Dogr Dsrt Dupl Egyp Elba Elym Ethi Gara Geor Glag Gong Gonm Goth Gran Grek Gujr Gukh Guru Hang Hani Hano Hatr Hebr Hira Hluw Hmng Hmnp Hung Ital Java Kali Kana Kawi Khar Khmr Khoj Kits Knda Krai Kthi Lana Laoo Latn Lepc Limb Lina Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Mlym Modi Mong Mroo Mtei Mult Mymr Nagm Nand Narb Nbat Newa Nkoo Nshu Ogam Olck Onao Orkh Orya Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx Plrd Prti Rjng Rohg Runr Samr Sarb Saur Sgnw Shaw Shrd Sidd Sidt Sind Sinh Sogd Sogo Sora Soyo Sund Sunu Sylo Syrc Tagb Takr Tale Talu Taml Tang Tavt Tayo Telu Tfng Tglg Thaa Thai Tibt Tirh Tnsa Todr Tols Toto Tutg Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb'.split(
    ' ',
  );
const patterns = SCRIPTS.flatMap((name) => {
  try {
    return [[name, new RegExp(`\\p{Script_Extensions=${name}}`, 'u')]];
  } catch {
    return [];
  }
});
const ADDED = { Hani: ['Hanb', 'Jpan', 'Kore'], Hira: ['Jpan'], Kana: ['Jpan'], Hang: ['Kore'], Bopo: ['Hanb'] };
const augmented = (names) => new Set(names.flatMap((name) => [name, ...(ADDED[name] ?? [])]));
const guesses = new Map(
  known.map((character) => [character, patterns.flatMap(([name, pattern]) => (pattern.test(character) ? [name] : []))]),
);

// One character for each script, which has no other.
const references = new Map();
for (const [character, names] of guesses) {
  if (names.length === 1 && !references.has(names[0])) references.set(names[0], character);
}
references.set('Latn', 'a');
console.error(`${references.size} scripts`);

/** The scripts whose reference goes together with the character. */
function scriptsWith(list, among) {
  const found = new Map(list.map((character) => [character, new Set()]));
  for (const name of among) {
    const reference = references.get(name);
    const mixed = mixedOf(list.map((character) => character + reference));
    for (const character of list) if (!mixed.has(character + reference)) found.get(character).add(name);
  }
  return found;
}

const predicted = (names) => {
  const own = augmented(names);
  return new Set([...references.keys()].filter((name) => [...augmented([name])].some((one) => own.has(one))));
};
const same = (a, b) => a.size === b.size && [...a].every((one) => b.has(one));

const classes = new Map();
const classOf = new Map();
const assign = (character, names) => {
  const key = [...augmented(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(' ');
  if (!classes.has(key)) classes.set(key, names);
  classOf.set(character, key);
};
// Characters that stand with everything, by two scripts that nothing else has in common.
console.error('asking which characters are common');
const withTwo = scriptsWith(known, ['Ogam', 'Thaa', 'Cher']);
const common = known.filter((character) => withTwo.get(character).size === 3);
const special = known.filter((character) => withTwo.get(character).size < 3);
const isHan = (character) => guesses.get(character).join() === 'Hani';
const few = ['Hani', 'Hira', 'Kana', 'Hang', 'Bopo', 'Latn', 'Cyrl', 'Grek', 'Yiii', 'Tang'];
console.error(`${common.length} common, ${special.length} others`);
const found = new Map([
  ...scriptsWith(special.filter(isHan), few),
  ...scriptsWith(
    special.filter((character) => !isHan(character)),
    references.keys(),
  ),
]);
const unexplained = [];
for (const [character, together] of found) {
  const guess = guesses.get(character);
  const expected = isHan(character)
    ? new Set([...predicted(guess)].filter((name) => few.includes(name)))
    : predicted(guess);
  if (same(expected, together)) assign(character, guess);
  else {
    // Another version of Unicode: take the scripts that were seen, those that only come along by augmentation left out.
    const names = [...together].filter(
      (name) => guess.includes(name) || !['Hani', 'Hira', 'Kana', 'Hang', 'Bopo'].includes(name),
    );
    if (same(predicted(names), together)) assign(character, names);
    else if (same(predicted([...together]), together)) assign(character, [...together]);
    else unexplained.push([character.codePointAt(0).toString(16), guess.join(' '), [...together].join(' ')]);
  }
}
if (unexplained.length > 0) throw new Error(`unexplained: ${JSON.stringify(unexplained)}`);
for (const character of common) classOf.set(character, 'common');

// Runs of neighbours of the same class; what has none is unknown, so that a text with it is never of one script.
const names = [...new Set([...classes.keys()].flatMap((key) => key.split(' ')))].sort((a, b) =>
  a < b ? -1 : a > b ? 1 : 0,
);
const keys = [...classes.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const indexOf = new Map([['common', 0], ...keys.map((key, index) => [key, index + 1])]);
const runs = (classAt) => {
  const list = [];
  for (let code = 0x80; code <= LAST; code++) {
    const value = classAt(String.fromCodePoint(code));
    const last = list.at(-1);
    if (value === undefined) continue;
    if (last !== undefined && last.value === value && last.end === code) last.end++;
    else list.push({ start: code, end: code + 1, value });
  }
  return list;
};
const encode = (list) => {
  let before = 0x80;
  return wrap(
    list.map(({ start, end, value }) => {
      const word = [start - before, end - start, value].map((number) => number.toString(36)).join('.');
      before = end;
      return word;
    }),
  );
};
const wrap = (words) => {
  const lines = [''];
  for (const word of words) {
    if (lines.at(-1).length + word.length > 108) lines.push('');
    lines[lines.length - 1] += `${word} `;
  }
  return lines.map((line) => `  '${line}',`).join('\n');
};
const scriptRuns = runs((character) => (BIDI.test(character) ? 0 : indexOf.get(classOf.get(character) ?? '')));
const allowedRuns = runs((character) => (outside.has(character) || /[\ud800-\udfff]/u.test(character) ? undefined : 1));

const text = `// Made by test/validator/derive-uts39-table.mjs from the answers of cedar-wasm ${cedar.getCedarSDKVersion()}; do not edit.

/** Scripts by number, with those that UTS 39 adds for writing systems of several scripts. */
export const SCRIPTS = [
${wrap(names)}
].join('');

/** Sets of scripts by number; number 0 stands for characters that go with every script. */
export const SCRIPT_SETS = [
  '',
${keys
  .map(
    (key) =>
      `  '${key
        .split(' ')
        .map((name) => names.indexOf(name).toString(36))
        .join(' ')}',`,
  )
  .join('\n')}
] as const;

/**
 * The script sets of the characters from U+0080 on: runs of neighbours as gap before, length and number of the set, in
 * base 36. What lies in a gap is of no script.
 */
export const SCRIPT_RUNS = [
${encode(scriptRuns)}
].join('');

/** The characters from U+0080 on that identifiers may have: runs as above, with the number 1. */
export const ALLOWED_RUNS = [
${encode(allowedRuns)}
].join('');
`;
const target = new URL('../../src/validator/uts39-table.ts', import.meta.url);
writeFileSync(target, text);
console.error(
  `${scriptRuns.length} runs of ${keys.length} script sets, ${allowedRuns.length} runs of allowed characters, ${text.length} characters`,
);
