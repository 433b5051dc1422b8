import type { AgentTool } from './agent-schema.js';
import { defaultFactKind, type FactKind } from './fact-declarations.js';

/** Which facts policies get about one parameter of a tool. */
export interface FactRow {
  /** JSON pointer of the parameter inside the arguments; `-` stands for every member of a list. */
  readonly field: string;
  /** Undefined when nothing says what the text is; it is then judged by its looks, and counts in `context.touches`. */
  readonly kind: FactKind | undefined;
  /** `context.facts.<name>` for a parameter that has facts of its own, else `context.touches`. */
  readonly at: string;
  /** What decided: the tool's own `facts`, the JSON Schema's `format` or the parameter's name, or its looks. */
  readonly by: 'declaration' | 'schema' | 'looks';
}

/**
 * What the texts among a tool's parameters are taken for, nested ones included, so that a host can see what a policy
 * sees before the first call. Parameters that are no texts have no row.
 */
export function factReport(tool: AgentTool): readonly FactRow[] {
  const rows: FactRow[] = [];
  for (const { field: place, type } of tool.input.report) {
    if (type !== 'String' && type !== 'Set<String>') continue;
    const field = type === 'String' ? place : `${place}/-`;
    const names = field
      .split('/')
      .slice(1)
      .filter((part) => part !== '-');
    const name = (names.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    const declared = declaredKind(tool, names.length === 1 ? name : undefined);
    const own = field.lastIndexOf('/') === 0 ? tool.factKinds.get(name) : undefined;
    if (own !== undefined) {
      const by = declared === undefined ? 'schema' : 'declaration';
      rows.push({ field, kind: own, at: `context.facts${memberOf(name)}`, by });
    } else if (declared !== 'none') {
      const kind = defaultFactKind(name, undefined) ?? defaultFactKind(name.replace(/s$/, ''), undefined);
      rows.push({ field, kind, at: 'context.touches', by: kind === undefined ? 'looks' : 'schema' });
    }
  }
  return rows;
}

function declaredKind({ tool }: AgentTool, name: string | undefined): FactKind | 'none' | undefined {
  const { facts } = tool;
  return name !== undefined && facts !== undefined && Object.hasOwn(facts, name) ? facts[name] : undefined;
}

function memberOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
