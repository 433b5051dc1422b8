import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import type { NamedText } from './profile.js';

/** What a setting may be, with the words that say so. */
interface Rule {
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
}

const oneOf = (...choices: readonly unknown[]): Rule => ({
  allowed: choices.map(String).join(', '),
  test: (value) => choices.includes(value),
});
const ANYTHING: Rule = { allowed: 'anything', test: () => true };
const TEXT: Rule = { allowed: 'a text', test: (value) => typeof value === 'string' };
const FUNCTION: Rule = { allowed: 'a function', test: (value) => typeof value === 'function' };
const NAMED_TEXT: Rule = { allowed: '`{ text }`', test: isNamedText };
const SWITCH = oneOf(true, false);

type Rules = Readonly<Record<string, Rule>>;

const SETTINGS: Rules = {
  agent: ANYTHING,
  // Looked at where they are read, with messages of their own.
  policies: ANYTHING,
  entities: ANYTHING,
  profile: ANYTHING,
  schema: {
    allowed: 'a text or a list of `{ text }`',
    test: (value) => typeof value === 'string' || (Array.isArray(value) && value.every(isNamedText)),
  },
  semantics: oneOf('deny', 'cedar'),
  escalation: oneOf('permitted', 'always'),
  mode: oneOf('enforce', 'shadow'),
  unregistered: oneOf('deny', 'policy'),
  undeclared: oneOf('accept', 'deny'),
  numbers: oneOf('long', 'decimal'),
  strict: SWITCH,
  onAdjudication: FUNCTION,
  clock: FUNCTION,
  ledger: { allowed: 'what `openLedger` gives', test: (value) => typeof value === 'object' && value !== null },
};

/** Options of the profiles that are given as an object. */
const PROFILES: Readonly<Record<string, Rules>> = {
  sondera: { kind: TEXT, namespace: TEXT, schema: NAMED_TEXT },
  mcp: {
    kind: TEXT,
    stub: NAMED_TEXT,
    server: TEXT,
    includeOutputs: SWITCH,
    objectsAsRecords: SWITCH,
    keepAnnotations: SWITCH,
    flattenNamespaces: SWITCH,
    numbersAsDecimal: SWITCH,
    deduplicateTypes: SWITCH,
  },
};

/** Settings that do not exist, or have a value that they do not know: these must not quietly mean the default. */
export function checkSettings(settings: object): readonly Diagnostic[] {
  const profile: unknown = 'profile' in settings ? settings.profile : undefined;
  return [...checkMembers(settings, SETTINGS, 'setting'), ...checkProfile(profile)];
}

function checkProfile(profile: unknown): readonly Diagnostic[] {
  const kind: unknown = typeof profile === 'object' && profile !== null && 'kind' in profile ? profile.kind : profile;
  if (kind === undefined || (kind === 'deodar' && profile === kind)) return [];
  const rules = typeof kind === 'string' && Object.hasOwn(PROFILES, kind) ? PROFILES[kind] : undefined;
  if (rules === undefined || (kind === 'mcp' && profile === kind)) {
    const help = 'profiles: "deodar", "sondera", { kind: "sondera", ... }, { kind: "mcp", stub: { text } }';
    return [diagnostic('bad-setting', 'the setting `profile` has a value that it does not know', { help })];
  }
  if (typeof profile !== 'object' || profile === null) return [];
  const missing = kind === 'mcp' && !('stub' in profile) ? [badValue('stub', 'option of the profile', NAMED_TEXT)] : [];
  return [...missing, ...checkMembers(profile, rules, 'option of the profile')];
}

function checkMembers(given: object, rules: Rules, noun: string): readonly Diagnostic[] {
  const known = Object.keys(rules);
  return Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined) return value === undefined || rule.test(value) ? [] : [badValue(name, noun, rule)];
    const near = didYouMean(name, known);
    const help = near === undefined ? `there are ${known.join(', ')}` : `did you mean \`${near}\`?`;
    return [diagnostic('bad-setting', `there is no ${noun} ${JSON.stringify(name)}`, { help })];
  });
}

function badValue(name: string, noun: string, { allowed }: Rule): Diagnostic {
  const message = `the ${noun} \`${name}\` has a value that it does not know`;
  return diagnostic('bad-setting', message, { help: `known: ${allowed}` });
}

/** Whether a value is text with or without the name of a file. */
export function isNamedText(given: unknown): given is NamedText {
  if (typeof given !== 'object' || given === null || !('text' in given) || typeof given.text !== 'string') return false;
  return !('file' in given) || given.file === undefined || typeof given.file === 'string';
}
