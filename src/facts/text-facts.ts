import { numberThat, type OptionRules, requireOptions } from '../diagnostics/check-options.js';
import { nearNames } from '../diagnostics/did-you-mean.js';
import { requireText } from './require-context.js';
import type { CategoryName, Finding, FindingCategory, TextOptions } from './text/finding.js';
import { FINDING_KINDS } from './text/finding-kinds.js';
import { type InspectionOptions, inspect } from './text/inspect.js';
import { ALL_CATEGORIES } from './text/literal-rules.js';
import { LIST_KINDS } from './text/personal-lists.js';
import { withoutRank } from './text/resolve.js';

/** What a text contains; field by field a Cedar record. */
export interface TextFacts {
  /** Kinds of secrets found, sorted, each once: `aws-access-key`, `password`, `private-key`. */
  readonly secrets: readonly string[];
  /** Kinds of personal data found, sorted, each once: `email`, `iban`, `us-ssn`. */
  readonly personalData: readonly string[];
  /** Signs of prompt injection found, sorted, each once: `instruction-override`, `exfiltration`. */
  readonly injection: readonly string[];
  readonly secretCount: number;
  readonly personalDataCount: number;
  readonly injectionCount: number;
  /** UTF-16 units. */
  readonly length: number;
  /** Zero-width, bidirectional or tag characters stand where no script needs them. */
  readonly hidden: boolean;
  /** A layer of base64, hexadecimal, percent, entity, escape or rot13 encoding had to be opened to find something. */
  readonly encoded: boolean;
}

/**
 * The facts of a text: which secrets, which personal data and which signs of prompt injection it holds.
 *
 * Letter case, width, accents, look-alike letters and invisible characters are folded first, and simple encodings are
 * opened. Detectors are rules of form, context and randomness; orders in words of which no rule knows are told by their wording, by
 * what was learned from texts of both kinds (`likely-order`). A finding can be wrong and a text without findings can hold
 * secrets in a form nobody knows. Stand-ins (`<token>`, `${VAR}`, `your-api-key`, `xxxx`), credentials that standards and
 * manuals print (`...EXAMPLE`), hashes, checksums and UUIDs without a telling name are no secrets; a phrase of injection
 * in quotation marks in a text about such attacks is no sign. No text throws; linear in its length.
 */
export function textFacts(text: string, options: TextOptions = NO_OPTIONS): TextFacts {
  requireText(text, 'textFacts()');
  const { findings: found, hidden } = inspect(text, readOptions(options, 'textFacts()'));
  const secrets = new Map<string, number>();
  const personalData = new Map<string, number>();
  const injection = new Map<string, number>();
  const countsOf = { secret: secrets, 'personal-data': personalData, injection };
  let encoded = false;
  for (const finding of found) {
    const counts = countsOf[finding.category];
    counts.set(finding.kind, (counts.get(finding.kind) ?? 0) + 1);
    if (finding.encoded) encoded = true;
  }
  for (const kind of LIST_KINDS) if (personalData.has(kind)) personalData.set(kind, 0);
  return {
    secrets: kindsIn(secrets),
    personalData: kindsIn(personalData),
    injection: kindsIn(injection),
    secretCount: totalOf(secrets),
    personalDataCount: totalOf(personalData),
    injectionCount: totalOf(injection),
    length: text.length,
    hidden,
    encoded,
  };
}

function kindsIn(counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts.keys()].sort();
}

function totalOf(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Every finding in the order of its place. Findings of different categories, and decoded ones, may overlap. */
export function findings(text: string, options: TextOptions = NO_OPTIONS): readonly Finding[] {
  requireText(text, 'findings()');
  return inspect(text, readOptions(options, 'findings()')).findings.map(withoutRank);
}

const NO_OPTIONS: TextOptions = {};
const EVERYTHING: InspectionOptions = { categories: new Set(ALL_CATEGORIES) };

const CATEGORY_NAMES: Readonly<Record<CategoryName, FindingCategory>> = {
  secret: 'secret',
  secrets: 'secret',
  'personal-data': 'personal-data',
  personalData: 'personal-data',
  injection: 'injection',
};

const OPTIONS: OptionRules = {
  categories: {
    allowed: `a list of ${Object.keys(CATEGORY_NAMES).join(', ')}`,
    test: isCategories,
  },
  layers: numberThat('an integer from 0', isCount),
};

function isCategories(value: unknown): boolean {
  return Array.isArray(value) && value.every(isCategoryName);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** Options that are misspelt must not find nothing. */
function readOptions(options: TextOptions, of: string): InspectionOptions {
  if (options === NO_OPTIONS) return EVERYTHING;
  // Looked at by the rules only where something is wrong, since options come with every call.
  if (!isSound(options)) requireOptions(options, OPTIONS, of);
  const { categories, layers } = options;
  if (categories === undefined) return layers === undefined ? EVERYTHING : { ...EVERYTHING, layers };
  return { categories: new Set(categories.map((name) => CATEGORY_NAMES[name])), layers };
}

function isSound(options: TextOptions): boolean {
  if (typeof options !== 'object' || options === null) return false;
  for (const name in options) if (name !== 'categories' && name !== 'layers') return false;
  const { categories, layers } = options;
  return (categories === undefined || isCategories(categories)) && (layers === undefined || isCount(layers));
}

function isCategoryName(name: unknown): name is CategoryName {
  return typeof name === 'string' && Object.hasOwn(CATEGORY_NAMES, name);
}

/** Taking something out can bring together what was apart; more rounds than this were never needed. */
const MOST_ROUNDS = 8;

/**
 * The text with findings replaced by `[REDACTED_KIND]` (`[REDACTED_AWS_ACCESS_KEY]`); where findings overlap, one mark with
 * the kind of the first.
 *
 * `kinds` are kinds or categories (`secrets`, `personalData`, `injection`); all when absent. The result holds no finding of
 * these kinds any more. A kind that does not exist throws a `TypeError`.
 */
export function redact(text: string, kinds?: readonly string[]): string {
  requireText(text, 'redact()');
  const wanted = chooser(kinds);
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = findings(current).filter(wanted);
    if (found.length === 0) return current;
    current = replaceAll(current, found);
  }
  // What is left defies taking out piece by piece, so that nothing of the text may stay.
  const rest = findings(current).find(wanted);
  return rest === undefined ? current : markOf(rest.kind);
}

function chooser(kinds: readonly string[] | undefined): (finding: Finding) => boolean {
  if (kinds === undefined) return () => true;
  if (!Array.isArray(kinds)) throw new TypeError('the kinds of redact() are no list of texts');
  const names = new Set(kinds);
  for (const name of names) requireKind(name);
  const categories = new Set(kinds.flatMap((kind) => (isCategoryName(kind) ? [CATEGORY_NAMES[kind]] : [])));
  return ({ category, kind }) => names.has(kind) || categories.has(category);
}

const KINDS: readonly string[] = Object.values(FINDING_KINDS).flat();

/** Throws for a kind that nothing is found of: its secrets would stay. */
function requireKind(name: unknown): void {
  if (typeof name === 'string' && (isCategoryName(name) || KINDS.includes(name))) return;
  const near = typeof name === 'string' ? nearNames(name, [...Object.keys(CATEGORY_NAMES), ...KINDS]) : [];
  const meant = near.map((one) => `\`${one}\``).join(' or ');
  const help =
    meant === '' ? 'there are `secrets`, `personalData`, `injection` and their kinds' : `did you mean ${meant}?`;
  throw new TypeError(`redact() knows no kind ${JSON.stringify(name) ?? typeof name} (${help})`);
}

function replaceAll(text: string, found: readonly Finding[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { kind, start, end } of found) {
    if (start >= copied) parts.push(text.slice(copied, start), markOf(kind));
    copied = Math.max(copied, end);
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

function markOf(kind: string): string {
  return `[REDACTED_${kind.toUpperCase().replaceAll('-', '_')}]`;
}
