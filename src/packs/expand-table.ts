import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { createJsonObject, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { memberPointer, pointerKeys, pointerOf } from '../json/pointer.js';
import { printJson } from '../json/print-json.js';

/** A test that a test file holds: itself, or one row of its table. */
export interface ExpandedTest {
  readonly json: JsonObject;
  readonly name: string;
  /** Where it stands in the test file. */
  readonly pointer: string;
  /** Whether it is made of a row or a case, so that what it looks like is not known yet. */
  readonly isMade: boolean;
}

/** Members of a test that a row may have its own of; all others are named by a pointer. */
const MEMBERS: readonly string[] = [
  'name',
  'description',
  'request',
  'entities',
  'decision',
  'reason',
  'num_errors',
  'event',
  'events',
  'policies',
  'routes',
];

/** Longest part of a name that is made of values. */
const LONGEST_NAME = 60;

/** The tests that a test stands for: one for each row of its `table` and each of its `cases`, else itself. */
export function expandTest(test: JsonObject, index: number, problems: Diagnostic[]): readonly ExpandedTest[] {
  const pointer = memberPointer('/tests', index);
  const name = typeof test.name === 'string' ? test.name : `test ${index + 1}`;
  const rows = [...tableRows(test.table, memberPointer(pointer, 'table'), problems), ...caseRows(test.cases, pointer)];
  if (test.table === undefined && test.cases === undefined) return [{ json: test, name, pointer, isMade: false }];
  const shared = without(test, ['table', 'cases', 'name']);
  return rows.flatMap((row) => {
    const changed = applyRow(shared, row, problems);
    if (changed === undefined) return [];
    const own = typeof changed.name === 'string' ? changed.name : rowName(row);
    return [{ json: changed, name: `${name}: ${own}`, pointer: row.pointer, isMade: true }];
  });
}

interface Row {
  readonly pointer: string;
  readonly number: number;
  readonly cells: readonly Cell[];
}

interface Cell {
  readonly column: string;
  readonly value: JsonValue;
  /** Where the column is named. */
  readonly columnPointer: string;
}

function tableRows(table: JsonValue | undefined, pointer: string, problems: Diagnostic[]): readonly Row[] {
  if (!isJsonObject(table) || !isJsonArray(table.columns) || !isJsonArray(table.rows)) return [];
  const columns = table.columns.map(String);
  for (const [i, column] of columns.entries())
    if (columns.indexOf(column) < i)
      problems.push(problem(`the column \`${column}\` stands twice`, pointerOf(['columns', i], pointer)));
  return table.rows.flatMap((row, i) => {
    if (!isJsonArray(row)) return [];
    const place = pointerOf(['rows', i], pointer);
    if (row.length > columns.length)
      problems.push(problem(`the row has ${row.length} cells, and the table ${columns.length} columns`, place));
    const cells = row.slice(0, columns.length).map((value, at) => ({
      column: columns[at] ?? '',
      value,
      columnPointer: pointerOf(['columns', at], pointer),
    }));
    return [{ pointer: place, number: i + 1, cells }];
  });
}

function caseRows(cases: JsonValue | undefined, pointer: string): readonly Row[] {
  if (!isJsonArray(cases)) return [];
  return cases.flatMap((row, i) => {
    if (!isJsonObject(row)) return [];
    const place = pointerOf(['cases', i], pointer);
    const cells = Object.entries(row).map(([column, value]) => ({
      column,
      value,
      columnPointer: memberPointer(place, column),
    }));
    return [{ pointer: place, number: i + 1, cells }];
  });
}

/** The test with the cells of a row in their places; undefined where one has none, which is reported once a column. */
function applyRow(shared: JsonObject, { cells }: Row, problems: Diagnostic[]): JsonObject | undefined {
  let test: JsonValue = shared;
  for (const { column, value, columnPointer } of cells) {
    const keys: readonly string[] | undefined = column.startsWith('/') ? pointerKeys(column) : [column];
    const first = keys?.[0] ?? '';
    const found: Replaced =
      keys === undefined || !MEMBERS.includes(first)
        ? unknownColumn(first, MEMBERS, columnPointer)
        : replaced(test, keys, value, columnPointer);
    if (!('diagnostic' in found)) {
      test = found.json;
      continue;
    }
    const isSaid = problems.some((d) => d.pointer === columnPointer && d.message === found.diagnostic.message);
    if (!isSaid) problems.push(found.diagnostic);
    return undefined;
  }
  return isJsonObject(test) ? test : undefined;
}

type Replaced = { readonly json: JsonValue } | { readonly diagnostic: Diagnostic };

/** JSON with another value in a place. The place may be new, what is around it must be there. */
function replaced(json: JsonValue, [key, ...rest]: readonly string[], value: JsonValue, place: string): Replaced {
  if (key === undefined) return { json: value };
  if (isJsonArray(json)) {
    const index = key === '-' ? json.length : /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : -1;
    if (index < 0 || index > json.length || (index === json.length && rest.length > 0))
      return { diagnostic: problem(`the column leads to no place: the list has no \`${key}\``, place) };
    const item = rest.length === 0 ? { json: value } : replaced(json[index] ?? null, rest, value, place);
    return 'diagnostic' in item ? item : { json: [...json.slice(0, index), item.json, ...json.slice(index + 1)] };
  }
  if (!isJsonObject(json))
    return { diagnostic: problem(`the column leads to no place: \`${key}\` is asked of what has no members`, place) };
  const old = Object.hasOwn(json, key) ? json[key] : undefined;
  if (old === undefined && rest.length > 0) return unknownColumn(key, Object.keys(json), place);
  const member = rest.length === 0 || old === undefined ? { json: value } : replaced(old, rest, value, place);
  if ('diagnostic' in member) return member;
  const copy = without(json, []);
  copy[key] = member.json;
  return { json: copy };
}

function unknownColumn(key: string, known: readonly string[], place: string): { readonly diagnostic: Diagnostic } {
  const near = didYouMean(key, known);
  const help = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
  return { diagnostic: problem(`the column leads to no place: there is no \`${key}\``, place, help) };
}

function without(json: JsonObject, keys: readonly string[]): Record<string, JsonValue> {
  const copy = createJsonObject();
  for (const [key, value] of Object.entries(json)) if (!keys.includes(key)) copy[key] = value;
  return copy;
}

/** What a row puts into the request or event, which is what tells it from the others. */
function rowName({ cells, number }: Row): string {
  const inputs = cells.filter(({ column }) => /^\/?(?:request|entities|events?)(?:\/|$)/.test(column));
  const text = inputs.map(({ value }) => (typeof value === 'string' ? value : printJson(value))).join(', ');
  if (text === '') return `row ${number}`;
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}

function problem(message: string, pointer: string, help?: string): Diagnostic {
  return diagnostic('bad-test-file', message, { pointer, help });
}
