import type { Finding } from './finding.js';
import { LIST_KINDS } from './personal-lists.js';

/** A finding with what decides which of two that overlap stays. */
export interface RawFinding extends Finding {
  readonly specific: boolean;
  readonly near: boolean;
}

/**
 * Puts findings in order and leaves out what another one covers: the same found twice, a secret known only by its place
 * where one has a form of its own, personal data inside a secret.
 */
export function resolveFindings(all: readonly RawFinding[]): readonly Finding[] {
  if (all.length === 0) return [];
  const { secret, 'personal-data': personalData, injection: signs } = byCategory(all);
  const secrets = resolveSecrets(secret);
  const covered = unionOf(secrets);
  const data = covered.length === 0 ? personalData : personalData.filter((finding) => !isCovered(covered, finding));
  // What several pieces are together takes none of them away.
  const lists = data.filter(({ kind }) => LIST_KINDS.has(kind));
  const personal =
    lists.length === 0
      ? keepFirst(data)
      : [...keepFirst(data.filter(({ kind }) => !LIST_KINDS.has(kind))), ...keepFirst(lists)];
  const injection = resolveInjection(signs);
  return inOrder([...secrets, ...personal, ...injection], byPlace);
}

type ByCategory = Readonly<Record<RawFinding['category'], RawFinding[]>>;

function byCategory(found: readonly RawFinding[]): ByCategory {
  const lists: ByCategory = { secret: [], 'personal-data': [], injection: [] };
  for (const finding of found) lists[finding.category].push(finding);
  return lists;
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || b.end - a.end || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);
}

/** Things in order; most were found so. */
function inOrder<T>(things: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  let last: T | undefined;
  for (const one of things) {
    if (last !== undefined && compare(last, one) > 0) return things.toSorted(compare);
    last = one;
  }
  return things;
}

function byPlaceAndLayer(a: RawFinding, b: RawFinding): number {
  return byPlace(a, b) || Number(a.encoded) - Number(b.encoded);
}

/** A finding without what was needed only to put it in order. */
export function withoutRank({ category, kind, start, end, encoded }: Finding): Finding {
  return { category, kind, start, end, encoded };
}

function resolveSecrets(secrets: readonly RawFinding[]): readonly RawFinding[] {
  const specific = keepFirst(secrets.filter((finding) => finding.specific));
  const covered = unionOf(specific);
  const placed = keepFirst(
    secrets.filter((finding) => !finding.specific && !finding.near && !isCovered(covered, finding)),
  );
  const guesses = secrets.filter((finding) => finding.near);
  const certain = placed.length === 0 ? specific : [...specific, ...placed];
  if (guesses.length === 0) return certain;
  const known = unionOf(certain);
  return [...certain, ...keepFirst(guesses.filter((finding) => !isCovered(known, finding)))];
}

function resolveInjection(found: readonly RawFinding[]): readonly RawFinding[] {
  const certain = keepFirst(found.filter((finding) => !finding.near));
  const covered = unionOf(certain);
  return [...certain, ...keepFirst(found.filter((finding) => finding.near && !isCovered(covered, finding)))];
}

/**
 * Of findings of one kind that overlap, the first and longest; of different kinds only one where neither was decoded,
 * because a decoded run stands for everything in it.
 */
function keepFirst(found: readonly RawFinding[]): RawFinding[] {
  const kept: RawFinding[] = [];
  const endOf = new Map<string, number>();
  let plainEnd = -1;
  for (const finding of inOrder(found, byPlaceAndLayer)) {
    const { kind, start, end, encoded, category } = finding;
    if (start < (endOf.get(kind) ?? -1)) continue;
    if (!encoded && category !== 'injection' && start < plainEnd) continue;
    kept.push(finding);
    endOf.set(kind, end);
    if (!encoded) plainEnd = Math.max(plainEnd, end);
  }
  return kept;
}

/** Starts and ends of the pieces that findings cover together, in order. */
function unionOf(found: readonly Finding[]): Uint32Array {
  const pieces: number[] = [];
  for (const { start, end } of inOrder(found, byPlace)) {
    const last = pieces[pieces.length - 1];
    if (last !== undefined && start <= last) pieces[pieces.length - 1] = Math.max(last, end);
    else pieces.push(start, end);
  }
  return Uint32Array.from(pieces);
}

/** Whether a piece overlaps a finding; a finding that was decoded from just that piece is something else in the same run. */
function isCovered(pieces: Uint32Array, { start, end, encoded }: RawFinding): boolean {
  let low = 0;
  let high = pieces.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle * 2 + 1] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  if (low * 2 >= pieces.length) return false;
  const from = pieces[low * 2] ?? 0;
  return from < end && !(encoded && from === start && pieces[low * 2 + 1] === end);
}
