import {
  ANYTHING,
  badValue,
  checkOptions,
  FUNCTION,
  type OptionRule,
  type OptionRules,
  objectWith,
  oneOf,
  SWITCH,
  TEXT,
} from '../diagnostics/check-options.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { HEEDS } from '../ledger/ledger.js';
import type { NamedText } from './profile.js';

/** By what it can do: a program may hold two copies of this package. */
export const HARNESS: OptionRule = objectWith('a PolicyHarness', 'adjudicateSync', 'adjudicateJsonSync', 'save');

const NAMED_TEXT: OptionRule = { allowed: '`{ text }`', test: isNamedText };

const SETTINGS: OptionRules = {
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
  ledger: {
    allowed: 'what `openLedger` gives, or a ledger of your own that `heeds` { setup: true, once: true, before: true }',
    test: isLedger,
  },
};

/** Whether a ledger says that it does all that `append` may be asked for: ignoring some of it would lose rows. */
function isLedger(value: unknown): boolean {
  if (!objectWith('', 'append', 'close').test(value)) return false;
  const heeds: unknown = Reflect.get(Object(value), 'heeds');
  return Object.keys(HEEDS).every((option) => Reflect.get(Object(heeds), option) === true);
}

/** Options of the profiles that are given as an object. */
const PROFILES: Readonly<Record<string, OptionRules>> = {
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
  return [...checkOptions(settings, SETTINGS, 'setting'), ...checkProfile(profile)];
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
  return [...missing, ...checkOptions(profile, rules, 'option of the profile')];
}

/** Whether a value is text with or without the name of a file. */
export function isNamedText(given: unknown): given is NamedText {
  if (typeof given !== 'object' || given === null || !('text' in given) || typeof given.text !== 'string') return false;
  return !('file' in given) || given.file === undefined || typeof given.file === 'string';
}
