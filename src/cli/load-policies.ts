import { resolve } from 'node:path';
import { combinePolicySets } from '../ast/combine-policy-sets.js';
import type { PolicySet } from '../ast/policy.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { locateDiagnostics } from '../json/locate.js';
import { memberPointer } from '../json/pointer.js';
import { parsePolicies } from '../parser/parse-policies.js';
import type { Source } from '../text/source.js';
import { type OptionsConfig, type OptionValues, type Session, textOption, wordOption } from './command.js';
import { parseJsonPolicies, policyPointers } from './json-policies.js';
import { readPolicySources } from './policy-sources.js';
import { addLinks, parseLinks } from './template-links.js';

/** Options of every command that reads a policy set. */
export const POLICY_OPTIONS = {
  policies: { type: 'string', short: 'p', multiple: true },
  'policy-format': { type: 'string' },
  'template-linked': { type: 'string', short: 'k' },
} as const satisfies OptionsConfig;

/** Lines of `--help` for them. */
export const POLICY_OPTIONS_HELP = `  -p, --policies PATH         policy file, folder or glob, - for standard input;
                              may be repeated
      --policy-format FORMAT  cedar or json (default: json for files *.json)
  -k, --template-linked FILE  links of templates, as \`deodar link\` writes them`;

export interface LoadedPolicies {
  readonly sources: readonly Source[];
  /** All files as one set, with the ids that the command line uses; undefined when something is wrong with them. */
  readonly policySet: PolicySet | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where policies and links stand that were read from JSON, by id. */
  readonly places: ReadonlyMap<string, JsonPlace>;
}

interface JsonPlace {
  readonly source: Source;
  readonly pointer: string;
}

/** Reads policies and links as the options name them; all problems of all files are in the diagnostics. */
export async function loadPolicies(
  session: Session,
  inputs: readonly string[],
  options: OptionValues = {},
): Promise<LoadedPolicies> {
  const sources = await readPolicySources(session, inputs);
  const links = await readLinksFile(session, options);
  if (sources.ok && links.ok) return parseSources(sources.value, links.value, options);
  const diagnostics = [...sources.diagnostics, ...links.diagnostics];
  return { sources: [], policySet: undefined, diagnostics, places: new Map() };
}

/** Reads the file of links that the options name. */
export async function readLinksFile(session: Session, options: OptionValues): Promise<Result<Source | undefined>> {
  const file = textOption(options, 'template-linked');
  return file === undefined ? success(undefined) : session.read(file);
}

/** Makes one policy set of texts. */
export function parseSources(
  sources: readonly Source[],
  links: Source | undefined,
  options: OptionValues,
): LoadedPolicies {
  const format = wordOption(options, 'policy-format', ['cedar', 'json']);
  const parsed = sources.map((source) => {
    const isJson = format === undefined ? /\.json$/i.test(source.name ?? '') : format === 'json';
    return { source, isJson, result: isJson ? parseJsonPolicies(source) : parsePolicies(source) };
  });
  const sets = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const named = new Set(parsed.flatMap(({ result, isJson }) => (result.ok && isJson ? [result.value] : [])));
  const combined = combinePolicySets(sets, named);
  const places = new Map<string, JsonPlace>();
  for (const { source, isJson, result } of parsed)
    if (isJson && result.ok)
      for (const [id, pointer] of policyPointers(result.value)) places.set(id, { source, pointer });
  const linked = combined.ok && links !== undefined ? linkAll(combined.value, links, places) : combined;
  const diagnostics = [...parsed.flatMap(({ result }) => result.diagnostics), ...linked.diagnostics];
  const isComplete = linked.ok && sets.length === parsed.length;
  return { sources, policySet: isComplete ? linked.value : undefined, diagnostics, places };
}

function linkAll(set: PolicySet, source: Source, places: Map<string, JsonPlace>): Result<PolicySet> {
  const links = parseLinks(source);
  if (!links.ok) return links;
  for (const [i, link] of links.value.entries()) places.set(link.id, { source, pointer: memberPointer('', i) });
  const linked = addLinks(set, links.value);
  return linked.ok ? linked : failure(locateDiagnostics(source, linked.diagnostics));
}

/** Absolute path of a source that was read from a file. */
export function pathOf(session: Session, { name }: Source): string | undefined {
  return name === undefined || name.startsWith('<') ? undefined : resolve(session.cwd, name);
}
