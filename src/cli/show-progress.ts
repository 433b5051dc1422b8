import type { Progress, Terminal } from './command.js';

/** Work that is done sooner needs no word. */
const PATIENCE_MS = 400;
const BETWEEN_MS = 100;

const CLEAR_LINE = '\r\u001b[2K';

/** Shows how far work is in one line of the terminal, which goes when the work is done; nothing in pipes and files. */
export function showProgress(
  { isErrorScreen, err }: Pick<Terminal, 'isErrorScreen' | 'err'>,
  now: () => number = Date.now,
): Progress {
  if (isErrorScreen !== true) return () => {};
  let next: number | undefined;
  let isShown = false;
  return (work, done, total) => {
    next ??= now() + PATIENCE_MS;
    if (done >= total) {
      if (isShown) err(CLEAR_LINE);
      isShown = false;
      next = undefined;
    } else if (now() >= next) {
      err(`${CLEAR_LINE}${work}: ${done} of ${total}`);
      isShown = true;
      next = now() + BETWEEN_MS;
    }
  };
}
