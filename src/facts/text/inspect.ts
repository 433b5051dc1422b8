import { allLiterals } from './all-literals.js';
import { readContacts } from './contact-rows.js';
import { DISGUISES, densePlaces, partsAround, shuffledPlaces } from './disguises.js';
import { openLayer } from './encodings.js';
import type { Finding, FindingCategory } from './finding.js';
import { hasHiddenCharacters } from './hidden.js';
import { readHomes } from './homes.js';
import { injectionWords, readInjection } from './injection.js';
import { readLikelyIds } from './labelled-numbers.js';
import { ALL_CATEGORIES, categoryOfLiteral, literalRules } from './literal-rules.js';
import { buildLiteralScan, type LiteralScan } from './literal-scan.js';
import { readNumbers } from './numbers.js';
import { readPeople } from './people.js';
import { readRisks } from './people-at-risk.js';
import { listsIn } from './personal-lists.js';
import { type Detection, type LiteralRule, Reading } from './reading.js';
import { type RawFinding, resolveFindings } from './resolve.js';
import { SignCollector } from './signs.js';
import { readSpelledContacts } from './spelled-contacts.js';
import { readSpelledMails } from './spelled-mail.js';
import { readRun } from './structured-secrets.js';
import { textLiterals } from './text-literals.js';
import { readUnseen } from './unseen.js';
import { foldView, originalSpan, type View, viewOf } from './view.js';
import { WordCollector } from './words.js';

/** What is looked for, and how many encodings inside each other are opened. */
export interface InspectionOptions {
  readonly categories: ReadonlySet<FindingCategory>;
  readonly layers?: number | undefined;
}

/** What a text holds. */
export interface Inspection {
  readonly findings: readonly Finding[];
  readonly hidden: boolean;
}

const DEFAULT_LAYERS = 3;

const EVERY_CATEGORY: ReadonlySet<FindingCategory> = new Set(ALL_CATEGORIES);
const EVERY = ALL_CATEGORIES.join();
const INJECTION_ONLY: ReadonlySet<FindingCategory> = new Set(['injection']);
interface Searcher {
  readonly rules: readonly LiteralRule[];
  /** Number of the word for each literal behind those of the rules. */
  readonly wordIds: () => Uint16Array;
  /** Number of the literal that is the first of the signs, behind the words. */
  readonly firstSign: number;
  readonly scan: LiteralScan;
}

const searchers = new Map<string, Searcher>();

/** Units of a text up to which leaving out what was found in vain takes less than preparing another search. */
const SHORT_TEXT = 65_536;

/** The automaton for a choice of categories, built at its first use. */
function searcherFor(categories: ReadonlySet<FindingCategory>): Searcher {
  const key =
    categories === EVERY_CATEGORY ? EVERY : ALL_CATEGORIES.filter((category) => categories.has(category)).join();
  let searcher = searchers.get(key);
  if (searcher === undefined) {
    const rules = literalRules(categories);
    const literals = key === EVERY ? allLiterals() : textLiterals(categories);
    // Few of the short texts have a word.
    let known: Uint16Array | undefined;
    const wordIds = (): Uint16Array => {
      known ??= injectionWords().ids;
      return known;
    };
    searcher = { rules, wordIds, firstSign: literals.firstSign, scan: buildLiteralScan(literals) };
    searchers.set(key, searcher);
  }
  return searcher;
}

/** Searches a text and the encodings in it. Never throws; linear in the length of the text. */
export function inspect(text: string, { categories, layers = DEFAULT_LAYERS }: InspectionOptions): Inspection {
  const found: RawFinding[] = [];
  let view: View | undefined = foldView(viewOf(text));
  for (let layer = 0; view !== undefined; layer++) {
    const reading = new Reading(view.text, layer > 0);
    const inner: View | undefined = readLayer(view, reading, categories, layer < layers);
    const plain = new PlainStretch(view);
    for (const detection of reading.detections) {
      if (layer === 0 || !plain.holds(detection.start, detection.end))
        found.push(rawFinding(view, detection, layer > 0));
    }
    if (layers > 0) readDisguised(view, reading, found);
    view = inner === undefined ? undefined : foldView(inner);
  }
  const findings = resolveFindings(found);
  const lists = listsIn(text, findings);
  return { findings: lists.length === 0 ? findings : [...findings, ...lists], hidden: hasHiddenCharacters(text) };
}

/** Finds everything in one view; the answer is the next layer. */
function readLayer(
  view: View,
  reading: Reading,
  categories: ReadonlySet<FindingCategory>,
  open: boolean,
): View | undefined {
  const searched = view.text.length <= SHORT_TEXT ? EVERY_CATEGORY : categories;
  const someUnwanted = searched.size > categories.size;
  const { rules, wordIds, firstSign, scan } = searcherFor(searched);
  const hits = scan.scan(view.text);
  const words = new WordCollector(view.text);
  const signs = new SignCollector(view.text);
  for (let i = 0; i < hits.count; i++) {
    const index = hits.literal[i] ?? 0;
    if (someUnwanted && !categories.has(categoryOfLiteral(index))) continue;
    const end = hits.end[i] ?? 0;
    const start = end - scan.lengthOf(index);
    if (index >= firstSign) signs.add(index - firstSign, start, end);
    else if (index >= rules.length) words.add(wordIds()[index - rules.length] ?? 0, start, end);
    else rules[index]?.onHit(reading, start, end);
  }
  const secrets = categories.has('secret');
  const inner = openLayer(view, open, (start, end) => {
    if (secrets) readRun(reading, start, end);
  });
  if (categories.has('personal-data')) {
    readNumbers(reading);
    readLikelyIds(reading);
    readPeople(reading);
    readContacts(reading);
    readRisks(reading);
    readHomes(reading);
    readSpelledMails(reading);
    readSpelledContacts(reading);
  }
  if (categories.has('injection')) {
    readInjection(reading, words.finish(), signs.finish());
    if (reading.unseen.length > 0) readUnseen(reading);
  }
  return inner;
}

function rawFinding(
  view: View,
  { category, kind, start, end, specific, near }: Detection,
  encoded: boolean,
): RawFinding {
  const span = originalSpan(view, start, end);
  return { category, kind, start: span.start, end: span.end, encoded, specific, near };
}

/** How far from a finding an escape may stand that it depends on, as the `%3D` does after a key. */
const ESCAPE_BEFORE = 48;
const ESCAPE_AFTER = 8;

/** A stretch of a decoded view in which nothing was encoded, and the last character that was, as found so far. */
class PlainStretch {
  readonly #view: View;
  #from = 0;
  #to = 0;
  #encoded = -1;

  constructor(view: View) {
    this.#view = view;
  }

  /** What has nothing encoded in it or next to it was found in the layer above, with all its surroundings. */
  holds(start: number, end: number): boolean {
    const { starts, ends } = this.#view;
    if (starts === undefined || ends === undefined) return false;
    const first = Math.max(0, start - ESCAPE_BEFORE);
    const last = Math.min(ends.length, end + ESCAPE_AFTER);
    if (this.#encoded >= first && this.#encoded < last) return false;
    const known = first >= this.#from && first <= this.#to;
    for (let i = known ? this.#to : first; i < last; i++) {
      if ((ends[i] ?? 0) - (starts[i] ?? 0) <= 2) continue;
      this.#encoded = i;
      return false;
    }
    if (!known) this.#from = first;
    this.#to = known ? Math.max(this.#to, last) : last;
    return true;
  }
}

/** Injection in words that are written backwards, in rot13 or with digits for letters. */
function readDisguised(view: View, reading: Reading, found: RawFinding[]): void {
  for (const { name, least, within, undo, categories = INJECTION_ONLY } of DISGUISES) {
    const all = name === 'shuffled' ? shuffledPlaces(reading.text) : (reading.disguises.get(name) ?? []);
    const places = densePlaces(all, least, within);
    if (places.length === 0) continue;
    for (const part of partsAround(view, places)) {
      const plain = undo(part);
      const inner = new Reading(plain.text, true, true);
      readLayer(plain, inner, categories, false);
      for (const detection of inner.detections) found.push(rawFinding(plain, detection, true));
    }
  }
}
