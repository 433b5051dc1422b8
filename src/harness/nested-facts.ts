import { pathFacts } from '../facts/index.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { printJson } from '../json/print-json.js';
import type { Tool, Workspace } from './agent.js';
import { defaultFactKind, type FactKind } from './fact-declarations.js';
import { computeFacts, type KnownFacts, NOTHING_MADE, pathContext } from './facts.js';

/** Most texts of one call that facts are computed about; a call with more is opaque. */
const MOST_TEXTS = 2000;
/** Longest text that is taken for a path because of how it looks. */
const LONGEST_PATH = 1024;

export interface NestedFacts {
  readonly facts: readonly KnownFacts[];
  /** False when the call holds more texts than were looked at. */
  readonly complete: boolean;
}

/**
 * Facts about every text of the arguments that the declared parameters do not cover, however deep it lies: lists,
 * nested objects, unions. What a text is follows from the name it stands under (a list has the name of its parameter,
 * singular or plural), else from how it looks: a URL has a scheme, and a short line without spaces may be a path.
 */
export function nestedFacts(
  parameters: JsonValue,
  tool: Tool,
  covered: ReadonlyMap<string, FactKind>,
  workspace: Workspace | undefined,
): NestedFacts {
  const facts: KnownFacts[] = [];
  const open: { readonly name: string; readonly value: JsonValue }[] = [];
  for (const [name, value] of Object.entries(isJsonObject(parameters) ? parameters : { value: parameters })) {
    const declared = tool.facts !== undefined && Object.hasOwn(tool.facts, name) ? tool.facts[name] : undefined;
    if (typeof value === 'string' && (covered.has(name) || declared === 'none')) continue;
    open.push({ name, value });
  }
  if (isJsonObject(parameters)) addSplitCommand(parameters, facts, workspace);
  for (let texts = 0, next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, value } = next;
    if (typeof value === 'string') {
      if (++texts > MOST_TEXTS) return { facts, complete: false };
      facts.push(...factsOfText(name, value, workspace));
    } else if (isJsonArray(value)) {
      if (kindOfName(name) === 'shell') addCommand(value, facts, workspace);
      for (const member of value) open.push({ name, value: member });
    } else if (isJsonObject(value)) {
      addSplitCommand(value, facts, workspace);
      for (const [member, inner] of Object.entries(value)) open.push({ name: member, value: inner });
    }
  }
  return { facts, complete: true };
}

function factsOfText(name: string, text: string, workspace: Workspace | undefined): KnownFacts[] {
  const kind = kindOfName(name);
  if (kind !== undefined && kind !== 'text') return [computeFacts(kind, text, workspace), ...filePath(text, workspace)];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return [computeFacts('url', text, workspace), ...filePath(text, workspace)];
  if (text === '' || text.length > LONGEST_PATH || /\s/.test(text)) return [];
  return [{ kind: 'mention', facts: pathFacts(text, pathContext(workspace)), ...NOTHING_MADE }];
}

/** A `file:` URL is a path too. */
function filePath(text: string, workspace: Workspace | undefined): KnownFacts[] {
  return /^file:/i.test(text) ? [computeFacts('path', text, workspace)] : [];
}

function kindOfName(name: string): FactKind | undefined {
  return defaultFactKind(name, undefined) ?? defaultFactKind(name.replace(/s$/, ''), undefined);
}

/** `{ command: "rm", args: ["-rf", "x"] }` is one command. */
function addSplitCommand(object: JsonObject, facts: KnownFacts[], workspace: Workspace | undefined): void {
  const rest = object.args ?? object.arguments;
  if (!isJsonArray(rest)) return;
  for (const [name, value] of Object.entries(object))
    if (typeof value === 'string' && kindOfName(name) === 'shell') addCommand([value, ...rest], facts, workspace);
}

/** A list of words is one command; each word is taken as it stands. */
function addCommand(words: readonly JsonValue[], facts: KnownFacts[], workspace: Workspace | undefined): void {
  const quoted = words.map((word) =>
    typeof word === 'string' ? `'${word.replaceAll("'", `'\\''`)}'` : printJson(word),
  );
  if (quoted.length > 0) facts.push(computeFacts('shell', quoted.join(' '), workspace));
}
