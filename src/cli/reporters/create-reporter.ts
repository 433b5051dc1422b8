import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { type Command, type OptionValues, type Terminal, UsageError, wordOption } from '../command.js';
import { githubReport } from './github.js';
import { jsonReport } from './json.js';
import { prettyReporter } from './pretty.js';
import { REPORT_FORMATS, type Reporter, type ReportFormat, type Summary } from './reporter.js';
import { sarifReport } from './sarif.js';

/** The format that the options ask for. */
export function readFormat(options: OptionValues): ReportFormat {
  const format = wordOption(options, 'format', REPORT_FORMATS);
  if (options['json'] !== true) return format ?? 'pretty';
  if (format !== undefined && format !== 'json')
    throw new UsageError(`--json and --format ${format} exclude each other`);
  return 'json';
}

/** Makes the reporter for a run of a command. */
export function createReporter(format: ReportFormat, terminal: Terminal, result: Command['result']): Reporter {
  if (format === 'pretty') return prettyReporter(terminal);
  const all: Diagnostic[] = [];
  let facts: Summary['facts'] = {};
  return {
    format,
    add: (diagnostics) => {
      for (const d of diagnostics) all.push(d);
    },
    summarize: (summary) => {
      facts = summary.facts;
    },
    finish: () => {
      const isAlone = result === 'report';
      if (all.length === 0 && !isAlone) return;
      const write = isAlone ? terminal.out : terminal.err;
      if (format === 'json') write(jsonReport(all, facts));
      else write(format === 'sarif' ? sarifReport(all, terminal) : githubReport(all, terminal));
    },
  };
}
