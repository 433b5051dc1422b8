/** Most bytes of one input. */
export const MOST_INPUT = 16 * 1024 * 1024;

/** Seconds after which a hook gives up where `--timeout` does not say it. */
export const DEFAULT_TIMEOUT = '10';

/** The seconds of `--timeout`; undefined for what is no such number. */
export function secondsOf(text: string): number | undefined {
  return /^\d{1,3}(?:\.\d{1,3})?$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}

/** Says that there was no answer in time. */
export function lateText(seconds: number): string {
  return `there was no answer within ${seconds} seconds`;
}

/** What standard error says where a call is blocked since it could not be judged. */
export function blockedText(why: string): string {
  return `deodar hook: blocked, because this could not be judged.\n${why}\n`;
}
