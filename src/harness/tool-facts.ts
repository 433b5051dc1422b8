import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { nameList } from '../diagnostics/name-list.js';
import { memberPointer, pointerOf } from '../json/pointer.js';
import type { Tool } from './agent.js';
import { defaultFactKind, type FactKind } from './fact-declarations.js';
import type { MappedSchema } from './tool-mapping.js';

/** Which parameters get facts: the strings among them that the tool declares, or whose name or format says what they are. */
export function factKindsOf(tool: Tool, input: MappedSchema): ReadonlyMap<string, FactKind> {
  const kinds = new Map<string, FactKind>();
  for (const [name, { view }] of input.wrapped ? [] : input.view.fields) {
    if (view.kind !== 'string' || hasConstants(input, name)) continue;
    const declared = tool.facts !== undefined && Object.hasOwn(tool.facts, name) ? tool.facts[name] : undefined;
    const kind = declared ?? defaultFactKind(name, input.formats.get(memberPointer('', name)));
    if (kind !== undefined && kind !== 'none') kinds.set(name, kind);
  }
  return kinds;
}

function hasConstants({ shape }: MappedSchema, name: string): boolean {
  return shape.kind === 'object' && shape.fields.get(name)?.shape.kind === 'constants';
}

/** Declarations of a tool that mean nothing: facts or numbers of parameters that it does not have. */
export function checkDeclarations(tool: Tool, index: number, inputOf: () => MappedSchema): readonly Diagnostic[] {
  if (tool.facts === undefined && tool.numbers === undefined) return [];
  const input = inputOf();
  const parameters = input.wrapped ? [] : [...input.view.fields.keys()];
  const facts = Object.keys(tool.facts ?? {}).flatMap((name) => {
    const pointer = pointerOf(['tools', index, 'facts', name]);
    if (!parameters.includes(name)) {
      // A tool that takes any parameters may well take this one.
      const severity = input.view.open || input.wrapped ? 'warning' : 'error';
      return [unknownParameter(tool, name, parameters, pointer, severity)];
    }
    const view = input.view.fields.get(name)?.view.kind;
    if (tool.facts?.[name] === 'none' || view === 'string' || view === 'choice' || view === 'unseen') return [];
    const message = `the parameter ${JSON.stringify(name)} of the tool ${JSON.stringify(tool.name)} is no text, so no facts about it are in \`context.facts\``;
    const help = 'what it touches is in `context.touches`, whatever its form';
    return [diagnostic('facts-without-text', message, { severity: 'warning', pointer, help })];
  });
  const fields = input.report.map(({ field }) => field);
  const numbers = Object.keys(tool.numbers ?? {}).flatMap((field) => {
    if (fields.includes(field)) return [];
    return [unknownParameter(tool, field, fields, pointerOf(['tools', index, 'numbers', field]), 'error')];
  });
  return [...facts, ...numbers];
}

function unknownParameter(
  tool: Tool,
  name: string,
  known: readonly string[],
  pointer: string,
  severity: 'error' | 'warning',
): Diagnostic {
  const near = didYouMean(name, known);
  const help = near === undefined ? `its parameters: ${nameList(known)}` : `did you mean ${JSON.stringify(near)}?`;
  const message = `the tool ${JSON.stringify(tool.name)} declares no parameter ${JSON.stringify(name)}`;
  return diagnostic('unknown-parameter', message, { severity, pointer, ...(known.length === 0 ? {} : { help }) });
}
