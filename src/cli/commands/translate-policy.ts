import { printPolicy } from '../../ast/print-policy.js';
import { diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import { policySetToJson } from '../../est/policy-to-json.js';
import { formatPolicies } from '../../formatter/format-policies.js';
import { printJson } from '../../json/print-json.js';
import { createSource } from '../../text/source.js';
import { type Command, Exit, listOption, UsageError, wordOption } from '../command.js';
import { type LoadedPolicies, parseSources } from '../load-policies.js';
import { readPolicySources } from '../policy-sources.js';

const DIRECTIONS = ['cedar-to-json', 'json-to-cedar'] as const;

export const translatePolicy: Command = {
  result: 'other',
  options: { direction: { type: 'string' }, policies: { type: 'string', short: 'p', multiple: true } },
  help: `deodar translate-policy: turn policies from Cedar text into JSON, or back

Usage: deodar translate-policy --direction DIRECTION [FILE|FOLDER|GLOB|-]...

Prints the policies (default: standard input) in the other format: as one JSON
policy set, or as text in the official layout. An @id becomes the id in JSON.

Options:
      --direction DIRECTION  cedar-to-json or json-to-cedar
  -p, --policies PATH        the same as a path without the option; may be repeated
      --format FORMAT        of problems: pretty, json, sarif or github
      --json                 the same as --format json
  -h, --help                 this text

Exit codes: 0 translated, 1 failure

Examples:
  deodar translate-policy --direction cedar-to-json policies/
  deodar translate-policy --direction json-to-cedar -p policies.json
`,
  run: async (session, positionals, options) => {
    const direction = wordOption(options, 'direction', DIRECTIONS);
    if (direction === undefined) throw new UsageError(`no direction: give --direction ${DIRECTIONS.join(' or ')}`);
    const inputs = [...positionals, ...listOption(options, 'policies')];
    const sources = await readPolicySources(session, inputs.length > 0 ? inputs : ['-']);
    if (!sources.ok) {
      session.report(sources.diagnostics);
      return Exit.failure;
    }
    const format = direction === 'cedar-to-json' ? 'cedar' : 'json';
    const loaded = parseSources(sources.value, undefined, { 'policy-format': format });
    const text = loaded.policySet === undefined ? failure([]) : translate(direction, loaded);
    session.report([...loaded.diagnostics, ...text.diagnostics]);
    if (text.ok) session.out(text.value);
    return text.ok ? Exit.ok : Exit.failure;
  },
};

function translate(direction: (typeof DIRECTIONS)[number], { policySet, sources }: LoadedPolicies): Result<string> {
  if (policySet === undefined) return failure([]);
  if (direction === 'cedar-to-json') return success(`${printJson(policySetToJson(policySet), 2)}\n`);
  if (policySet.links.length > 0) {
    const help = 'keep the links in a file for --template-linked, and leave `templateLinks` empty';
    const message = 'links of templates have no form in Cedar text';
    return failure([diagnostic('linked-policies', message, { file: sources[0]?.name, help })]);
  }
  const texts = [...policySet.policies, ...policySet.templates].map((policy) => printPolicy(policy));
  return texts.length === 0 ? success('') : formatPolicies(createSource(texts.join('\n\n'), '<translation>'));
}
