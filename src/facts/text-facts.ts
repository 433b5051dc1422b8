import type { Finding, FindingCategory, TextOptions } from './text/finding.js';
import { inspect } from './text/inspect.js';
import { LIST_KINDS } from './text/personal-lists.js';

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
 * secrets in a form nobody knows. Stand-ins (`<token>`, `${VAR}`, `your-api-key`, `xxxx`), the published credentials of the
 * AWS documentation (`...EXAMPLE`), hashes, checksums and UUIDs without a telling name are no secrets; a phrase of injection
 * in quotation marks in a text about such attacks is no sign. Never throws; linear in the length of the text.
 */
export function textFacts(text: string, options: TextOptions = {}): TextFacts {
  const { findings: found, hidden } = inspect(text, options);
  const of = (category: FindingCategory): readonly Finding[] =>
    found.filter((finding) => finding.category === category);
  const secrets = of('secret');
  const personalData = of('personal-data');
  const injection = of('injection');
  return {
    secrets: kindsOf(secrets),
    personalData: kindsOf(personalData),
    injection: kindsOf(injection),
    secretCount: secrets.length,
    personalDataCount: personalData.filter(({ kind }) => !LIST_KINDS.has(kind)).length,
    injectionCount: injection.length,
    length: text.length,
    hidden,
    encoded: found.some((finding) => finding.encoded),
  };
}

function kindsOf(found: readonly Finding[]): readonly string[] {
  return [...new Set(found.map((finding) => finding.kind))].sort();
}

/** Every finding in the order of its place. Findings of different categories, and decoded ones, may overlap. */
export function findings(text: string, options: TextOptions = {}): readonly Finding[] {
  return inspect(text, options).findings;
}

/** Names of whole categories that `redact` takes beside kinds: as in `Finding` and as in `TextFacts`. */
const CATEGORY_NAMES: Readonly<Record<string, FindingCategory>> = {
  secret: 'secret',
  secrets: 'secret',
  'personal-data': 'personal-data',
  personalData: 'personal-data',
  injection: 'injection',
};

/** Taking something out can bring together what was apart; more rounds than this were never needed. */
const MOST_ROUNDS = 8;

/**
 * The text with findings replaced by `[REDACTED_KIND]` (`[REDACTED_AWS_ACCESS_KEY]`); where findings overlap, one mark with
 * the kind of the first.
 *
 * `kinds` are kinds or categories (`secrets`, `personalData`, `injection`); all when absent. The result holds no finding of
 * these kinds any more.
 */
export function redact(text: string, kinds?: readonly string[]): string {
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
  const names = new Set(kinds);
  const categories = new Set(
    kinds.flatMap((kind) => (Object.hasOwn(CATEGORY_NAMES, kind) ? [CATEGORY_NAMES[kind]] : [])),
  );
  return ({ category, kind }) => names.has(kind) || categories.has(category);
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
