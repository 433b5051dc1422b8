import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../diagnostics/render.js';
import type { Terminal } from '../command.js';
import { count } from '../count.js';
import type { Reporter, Summary } from './reporter.js';

/** Nobody reads more; the other formats have everything. */
const MOST_SHOWN = 100;

/**
 * Shows diagnostics to people, on standard error and as soon as they are known. When there are too many, errors come
 * before warnings, and the rest is counted.
 */
export function prettyReporter(terminal: Pick<Terminal, 'out' | 'err' | 'errorColor'>): Reporter {
  let shown = 0;
  let hidden = 0;
  let end: Summary | undefined;
  const style = { color: terminal.errorColor };
  return {
    format: 'pretty',
    add: (diagnostics) => {
      const room = MOST_SHOWN - shown;
      const some = diagnostics.length > room ? gravest(diagnostics, room) : diagnostics;
      shown += some.length;
      hidden += diagnostics.length - some.length;
      if (some.length > 0) terminal.err(`${renderDiagnostics(some, style)}\n`);
    },
    summarize: (summary) => {
      end = summary;
    },
    finish: () => {
      if (hidden > 0)
        terminal.err(`\nand ${count(hidden, 'more problem', 'more problems')}; --format json lists all\n`);
      if (end === undefined) return;
      const text = `${end.text}\n`;
      if (end.isFailure) terminal.err(shown > 0 ? `\n${text}` : text);
      else terminal.out(text);
    },
  };
}

function gravest(diagnostics: readonly Diagnostic[], room: number): readonly Diagnostic[] {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  const others = diagnostics.filter((d) => d.severity !== 'error');
  return [...errors, ...others].slice(0, room);
}
