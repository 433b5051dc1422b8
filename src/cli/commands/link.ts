import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { TemplateLink } from '../../ast/policy.js';
import { printPolicy } from '../../ast/print-policy.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../../diagnostics/diagnostic.js';
import { formatPolicies } from '../../formatter/format-policies.js';
import { locateDiagnostics } from '../../json/locate.js';
import { parseJson } from '../../json/parse-json.js';
import { createSource, type Source } from '../../text/source.js';
import { linkScope } from '../../validator/link-scope.js';
import { printEntityUid } from '../../values/print.js';
import { type Command, Exit, listOption, type OptionValues, type Session, textOption, UsageError } from '../command.js';
import { POLICY_OPTIONS, parseSources } from '../load-policies.js';
import { readPolicySources } from '../policy-sources.js';
import { addLinks, parseLinks, readSlotValues } from '../template-links.js';

export const link: Command = {
  result: 'other',
  options: {
    ...POLICY_OPTIONS,
    'template-id': { type: 'string' },
    'new-id': { type: 'string', short: 'n' },
    arguments: { type: 'string', short: 'a' },
  },
  help: `deodar link: give a template entities for its slots

Usage: deodar link -p POLICIES --template-id ID --new-id ID --arguments JSON [-k FILE]

Prints the policy that the template becomes. With -k, the link is added to that
file, which is made when it does not exist; other commands take it with -k.

Options:
  -p, --policies PATH         policy file, folder or glob (default: standard
                              input); may be repeated
      --policy-format FORMAT  cedar or json (default: json for files *.json)
      --template-id ID        id of the template: its @id, else policy and its
                              position, such as policy0
  -n, --new-id ID             id of the new policy
  -a, --arguments JSON        entities for the slots:
                              '{ "?principal": "User::\\"alice\\"" }'
  -k, --template-linked FILE  file of links that the new one is added to
      --format FORMAT         of problems: pretty, json, sarif or github
      --json                  the same as --format json
  -h, --help                  this text

Exit codes: 0 linked, 1 failure

Examples:
  deodar link -p templates.cedar --template-id view -n alice-views -a '{ "?principal": "User::\\"alice\\"" }'
  deodar link -p templates.cedar --template-id view -n bob-views -a '{ "?principal": "User::\\"bob\\"" }' -k links.json
`,
  run: async (session, positionals, options) => {
    const templateId = required(options, 'template-id');
    const id = required(options, 'new-id');
    const values = readArguments(required(options, 'arguments'));
    const inputs = [...positionals, ...listOption(options, 'policies')];
    const sources = await readPolicySources(session, inputs.length > 0 ? inputs : ['-']);
    const links = await readLinks(session, options);
    if (!sources.ok || !links.ok || !values.ok) {
      session.report([...sources.diagnostics, ...links.diagnostics, ...values.diagnostics]);
      return Exit.failure;
    }
    const loaded = parseSources(sources.value, links.value, options);
    const added: TemplateLink = { templateId, id, values: values.value };
    const linked = loaded.policySet === undefined ? undefined : addLinks(loaded.policySet, [added]);
    session.report([...loaded.diagnostics, ...(linked?.diagnostics ?? []).map(withoutPointer)]);
    const template = linked?.ok === true ? linked.value.templates.find((known) => known.id === templateId) : undefined;
    if (template === undefined) return Exit.failure;
    if (!writeLinks(session, links.value, added)) return Exit.failure;
    const text = formatPolicies(
      createSource(printPolicy({ ...template, ...linkScope(template, added), id, slots: [] })),
    );
    session.out(`Template-linked policy added: ${JSON.stringify(id)}\n\n${text.ok ? text.value : ''}`);
    return Exit.ok;
  },
};

function required(options: OptionValues, name: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new UsageError(`no --${name}`);
  return value;
}

/** The entities of the new link, read from the command line. */
function readArguments(text: string): Result<TemplateLink['values']> {
  const source = createSource(text, '<arguments>');
  const json = parseJson(source);
  if (!json.ok) return json;
  const problems: Diagnostic[] = [];
  const value = readSlotValues(json.value, '', problems);
  const diagnostics = locateDiagnostics(source, problems);
  return value === undefined ? failure(diagnostics) : success(value);
}

/** The file of links; one that does not exist has none yet. */
async function readLinks(session: Session, options: OptionValues): Promise<Result<Source | undefined>> {
  const file = textOption(options, 'template-linked');
  if (file === undefined) return success(undefined);
  if (file === '-') throw new UsageError('--template-linked needs a file: standard input cannot be written to');
  const source = await session.read(file);
  const isNew = !source.ok && source.diagnostics.every((d) => d.code === 'file-not-found');
  return isNew ? success(createSource('', file)) : source;
}

/** A problem of the new link has no place in the file of links. */
function withoutPointer(d: Diagnostic): Diagnostic {
  const { pointer: _, ...rest } = d;
  return rest;
}

function writeLinks(session: Session, file: Source | undefined, added: TemplateLink): boolean {
  if (file?.name === undefined) return true;
  const links = parseLinks(file);
  const all = [...(links.ok ? links.value : []), added].map(({ templateId, id, values }) => ({
    template_id: templateId,
    link_id: id,
    args: Object.fromEntries(Object.entries(values).map(([slot, uid]) => [slot, printEntityUid(uid)])),
  }));
  try {
    writeFileSync(resolve(session.cwd, file.name), `${JSON.stringify(all, null, 2)}\n`);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    session.report([diagnostic('file-unwritable', `cannot be written: ${why}`, { file: file.name })]);
    return false;
  }
}
