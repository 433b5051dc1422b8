import type { SchemaFragment } from '../../ast/schema-fragment.js';
import { type Result, success } from '../../diagnostics/diagnostic.js';
import { printJson } from '../../json/print-json.js';
import { printSchema } from '../../schema/print-schema.js';
import { schemaToJson, schemaToJsonWithResolvedTypes } from '../../schema/schema-to-json.js';
import type { Source } from '../../text/source.js';
import { type Command, Exit, listOption, UsageError, wordOption } from '../command.js';
import { locateIn, readFragment } from '../load-schema.js';

const DIRECTIONS = ['cedar-to-json', 'json-to-cedar', 'cedar-to-json-with-resolved-types'] as const;
type Direction = (typeof DIRECTIONS)[number];

export const translateSchema: Command = {
  result: 'other',
  options: { direction: { type: 'string' }, schema: { type: 'string', short: 's' } },
  help: `deodar translate-schema: turn a schema from Cedar text into JSON, or back

Usage: deodar translate-schema --direction DIRECTION [FILE|-]

Prints the schema (default: standard input) in the other format. With resolved
types every reference says whether it means an entity type or a common type; then
everything that the schema names must be declared in it.

Options:
      --direction DIRECTION  cedar-to-json, json-to-cedar or
                             cedar-to-json-with-resolved-types
  -s, --schema FILE          the same as a path without the option
      --format FORMAT        of problems: pretty, json, sarif or github
      --json                 the same as --format json
  -h, --help                 this text

Exit codes: 0 translated, 1 failure

Examples:
  deodar translate-schema --direction cedar-to-json schema.cedarschema
  deodar translate-schema --direction json-to-cedar -s schema.cedarschema.json
`,
  run: async (session, positionals, options) => {
    const direction = wordOption(options, 'direction', DIRECTIONS);
    if (direction === undefined) throw new UsageError(`no direction: give --direction ${DIRECTIONS.join(', ')}`);
    const [file = '-', another] = [...positionals, ...listOption(options, 'schema')];
    if (another !== undefined) throw new UsageError('one schema at a time');
    const source = await session.read(file);
    const text = source.ok ? translate(direction, source.value) : source;
    session.report(text.diagnostics);
    if (text.ok) session.out(text.value);
    return text.ok ? Exit.ok : Exit.failure;
  },
};

function translate(direction: Direction, source: Source): Result<string> {
  const fragment = readFragment(source, { 'schema-format': direction === 'json-to-cedar' ? 'json' : 'cedar' });
  if (!fragment.ok) return fragment;
  const text = translateFragment(direction, fragment.value);
  return { ...text, diagnostics: [...fragment.diagnostics, ...locateIn([source], text.diagnostics)] };
}

function translateFragment(direction: Direction, fragment: SchemaFragment): Result<string> {
  switch (direction) {
    case 'cedar-to-json':
      return success(`${printJson(schemaToJson(fragment), 2)}\n`);
    case 'json-to-cedar': {
      const text = printSchema(fragment);
      return text.ok ? success(text.value.endsWith('\n') ? text.value : `${text.value}\n`, text.diagnostics) : text;
    }
    case 'cedar-to-json-with-resolved-types': {
      const json = schemaToJsonWithResolvedTypes(fragment);
      return json.ok ? success(`${printJson(json.value, 2)}\n`, json.diagnostics) : json;
    }
  }
}
