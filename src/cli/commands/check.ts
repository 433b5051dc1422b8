import type { Command } from '../command.js';
import { Exit } from '../command.js';
import { loadPolicies } from '../load-policies.js';
import { count, diagnosticJson, reportDiagnostics } from '../report.js';

export const check: Command = {
  options: { policies: { type: 'string', short: 'p', multiple: true }, json: { type: 'boolean' } },
  help: `deodar check: read policies and report every mistake in them

Usage: deodar check [options] [FILE|FOLDER|GLOB|-]...

Reads the policies (default: the current folder) and reports all syntax errors
with file, line and column, and ids that are used twice. A folder is one set.

Options:
  -p, --policies PATH   the same as a path without the option; may be repeated
      --json            print the findings as JSON on standard output
  -h, --help            this text

Exit codes: 0 no error, 1 errors or files that cannot be read

Examples:
  deodar check policies/
  cat new.cedar | deodar check -
`,
  run: async (terminal, positionals, options) => {
    const named = [...positionals, ...[options.policies ?? []].flat().map(String)];
    const { sources, policySet, diagnostics } = await loadPolicies(terminal, named.length > 0 ? named : ['.']);
    const errors = diagnostics.filter((d) => d.severity === 'error').length;
    const policies = policySet === undefined ? 0 : policySet.policies.length + policySet.templates.length;
    if (options.json === true) {
      terminal.out(
        `${JSON.stringify({ files: sources.length, policies, errors, diagnostics: diagnostics.map(diagnosticJson) }, null, 2)}\n`,
      );
    } else {
      reportDiagnostics(terminal, diagnostics);
      const what = errors === 0 ? `${count(policies, 'policy', 'policies')}, no errors` : count(errors, 'error');
      (errors === 0 ? terminal.out : terminal.err)(
        `${errors === 0 ? '' : '\n'}${count(sources.length, 'file')}, ${what}\n`,
      );
    }
    return errors === 0 ? Exit.ok : Exit.failure;
  },
};
