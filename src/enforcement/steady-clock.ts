/** The furthest time from 1970 that a `Date` can say. */
const FURTHEST_MS = 8.64e15;

/**
 * A clock in milliseconds since 1970 that follows `now` but never runs back, nor slower than time passes in this process:
 * what has expired stays so, whatever somebody does to the clock of the machine. A clock that gives no number, or
 * one that is no time, is beyond every expiry. `seen` is a time that is known to have been.
 */
export function steadyClock(now: () => number, seen = Number.NEGATIVE_INFINITY): () => number {
  let latest = seen;
  let readAt = performance.now();
  return () => {
    const at = performance.now();
    const passed = latest + (at - readAt);
    const given = now();
    latest =
      Number.isFinite(given) && Math.abs(given) <= FURTHEST_MS ? Math.max(given, passed) : Number.POSITIVE_INFINITY;
    readAt = at;
    return latest;
  };
}

/** Whether a time in ISO 8601 is over; a text that is none is. */
export function isOver(expiresAt: string, now: number): boolean {
  return !(now <= Date.parse(expiresAt));
}
