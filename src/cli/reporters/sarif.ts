import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.js';
import type { Terminal } from '../command.js';
import { VERSION } from '../version.js';
import { type FilePlace, placesOf, reportedUri } from './places.js';
import { ruleDescription } from './rules-table.js';

const LEVELS = { error: 'error', warning: 'warning', note: 'note' } as const satisfies Record<Severity, string>;

/** Base of the relative paths, which whoever reads the report replaces by the folder of the checkout. */
const BASE = '%SRCROOT%';

type Folders = Pick<Terminal, 'cwd' | 'env'>;

/** Diagnostics in the Static Analysis Results Interchange Format, version 2.1.0: one run, one rule for each code. */
export function sarifReport(diagnostics: readonly Diagnostic[], folders: Folders): string {
  const rules = new Map<string, { readonly index: number; readonly first: Diagnostic }>();
  for (const d of diagnostics) if (!rules.has(d.code)) rules.set(d.code, { index: rules.size, first: d });
  const run = {
    tool: {
      driver: {
        name: 'deodar',
        version: VERSION,
        semanticVersion: VERSION,
        rules: Array.from(rules, ([code, { first }]) => ruleOf(code, first.severity)),
      },
    },
    originalUriBaseIds: { [BASE]: { description: { text: 'The folder that all relative paths count from.' } } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    results: diagnostics.map((d) => resultOf(d, rules.get(d.code)?.index ?? -1, folders)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, severity: Severity): object {
  const text = ruleDescription(code);
  return {
    id: code,
    name: code.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` },
    help: { text: `Reported for ${text}. Each result says how to mend it.` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf(d: Diagnostic, ruleIndex: number, folders: Folders): object {
  const [place, ...others] = placesOf(d);
  return {
    ruleId: d.code,
    ruleIndex,
    level: LEVELS[d.severity],
    message: { text: d.help === undefined ? d.message : `${d.message}\n${d.help}` },
    ...(place === undefined ? {} : { locations: [locationOf(place, d.pointer, folders)] }),
    ...(others.length === 0 ? {} : { relatedLocations: others.map((other, id) => relatedOf(other, id + 1, folders)) }),
  };
}

function locationOf(place: FilePlace, pointer: string | undefined, folders: Folders): object {
  return {
    ...physicalLocation(place, folders),
    ...(pointer === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'value' }] }),
  };
}

function relatedOf(place: FilePlace, id: number, folders: Folders): object {
  return {
    id,
    ...physicalLocation(place, folders),
    ...(place.remark === undefined ? {} : { message: { text: place.remark } }),
  };
}

function physicalLocation({ name, start, end }: FilePlace, folders: Folders): object {
  const uri = reportedUri(name, folders);
  const artifactLocation = uri.startsWith('file:') ? { uri } : { uri, uriBaseId: BASE };
  if (start === undefined || end === undefined) return { physicalLocation: { artifactLocation } };
  const region = { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  return { physicalLocation: { artifactLocation, region } };
}
