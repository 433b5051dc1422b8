import type { PolicySet } from '../ast/policy.js';
import { type Action, actionsOf, type Schema } from '../schema/schema.js';
import type { CedarType } from '../types/cedar-type.js';
import { printEntityUid } from '../values/print.js';
import { DeclaredNames, nameOf } from './declared-names.js';
import { Declaring, type EntityTypeNames, IMPORTABLE } from './declaring.js';
import { declareActionType, declareEntityType, type Named } from './entity-declarations.js';
import { type DeclarableType, declareType, typeText } from './type-declarations.js';
import { aliasText, commentText, interfaceText, LINE_WIDTH, literal, type Member } from './typescript-text.js';

export interface DeclarationOptions {
  /** The command that makes the same text again, for the first line. */
  readonly command: string;
  /** Policies whose ids answers name; any ids where it is absent. */
  readonly policies?: PolicySet | undefined;
}

/** Names of the declarations that every schema has. */
const FIXED_NAMES = ['Schema', 'Entities', 'Requests', 'PolicyId', 'TemplateId'];

/**
 * Writes TypeScript declarations of a schema: the JSON of its entities, what each action may be asked with, and `Schema`,
 * which holds all of it for `createAuthorizer<Schema>`. The same schema and options give the same text. Every name of the
 * schema stands as it is in `Entities` and `Requests`; the other names are made from it.
 */
export function printDeclarations(schema: Schema, options: DeclarationOptions): string {
  const names = new DeclaredNames([...IMPORTABLE, ...FIXED_NAMES]);
  const entityTypes = claimEntityTypes(schema, names);
  const declaring = new Declaring(names, claimCommonTypes(schema, names), entityTypes);
  const entities = [
    ...withNames(schema.entityTypes, entityTypes).map((named) => declareEntityType(declaring, named)),
    ...withNames(schema.actionTypes, entityTypes).map((named) => declareActionType(declaring, named)),
  ];
  declareCommonTypes(declaring, schema);
  const requests = declareRequests(declaring, schema);
  declaring.texts.push(
    interfaceText('Entities', 'Entities in JSON, by the name of their type.', entities),
    interfaceText('Requests', 'What a request has beside its action, by the action.', requests),
    ...policyIds(options.policies),
    schemaText(options.policies),
  );
  return [headText(declaring, options.command), ...declaring.texts].join('\n');
}

function claimEntityTypes(schema: Schema, names: DeclaredNames): ReadonlyMap<string, EntityTypeNames> {
  const bases = new DeclaredNames();
  const claimed = (type: string, isListed: boolean): [string, EntityTypeNames] => {
    const base = bases.claim(nameOf(type));
    return [type, { base, uid: names.claim(`${base}Uid`), ids: isListed ? names.claim(`${base}Id`) : undefined }];
  };
  return new Map([
    ...[...schema.entityTypes.values()].map(({ name, kind }) => claimed(name, kind === 'enum')),
    ...[...schema.actionTypes.keys()].map((name) => claimed(name, true)),
  ]);
}

function withNames<T>(types: ReadonlyMap<string, T>, names: ReadonlyMap<string, EntityTypeNames>): readonly Named<T>[] {
  return [...types].flatMap(([name, type]) => {
    const known = names.get(name);
    return known === undefined ? [] : { type, names: known };
  });
}

/** Only what has parts is worth a name; the others are shorter than any. */
function isDeclarable(type: CedarType): type is DeclarableType {
  return type.kind === 'set' || (type.kind === 'record' && type.attributes.size > 0);
}

/** Of several names of one type the first in alphabetical order counts. */
function claimCommonTypes(schema: Schema, names: DeclaredNames): ReadonlyMap<CedarType, string> {
  const claimed = new Map<CedarType, string>();
  for (const { name, type } of schema.commonTypes.values()) {
    if (isDeclarable(type) && !claimed.has(type)) claimed.set(type, names.claim(`${nameOf(name)}Type`));
  }
  return claimed;
}

function declareCommonTypes(declaring: Declaring, schema: Schema): void {
  const waiting = new Map(declaring.commonTypes);
  for (const { name, type } of schema.commonTypes.values()) {
    const wanted = waiting.get(type);
    if (wanted === undefined || !isDeclarable(type)) continue;
    waiting.delete(type);
    declareType(declaring, type, wanted, `The common type \`${name}\`.`);
  }
}

/** Declares what each action may be asked with; the members of `Requests` are returned. */
function declareRequests(declaring: Declaring, schema: Schema): readonly Member[] {
  const bases = new DeclaredNames();
  return [...actionsOf(schema)].flatMap((action) => {
    if (action.principals.size === 0 || action.resources.size === 0) return [];
    const { type, id } = action.uid;
    const base = bases.claim(nameOf(`${type.slice(0, -'Action'.length)} ${id}`));
    return { name: printEntityUid(action.uid), required: true, types: [declareRequest(declaring, action, base)] };
  });
}

function declareRequest(declaring: Declaring, action: Action, base: string): string {
  const text = printEntityUid(action.uid);
  const uidTypes = (types: ReadonlySet<string>): readonly string[] =>
    [...types].flatMap((type) => declaring.entityTypes.get(type)?.uid ?? []);
  const needsContext = [...action.context.attributes.values()].some(({ required }) => required);
  const unnamed = { name: `${base}Context`, comment: `The context of \`${text}\`.` };
  const request = declaring.names.claim(`${base}Request`);
  const doc = action.annotations.get('doc') ?? '';
  declaring.declare(() =>
    interfaceText(request, `What \`${text}\` may be asked with.${doc === '' ? '' : `\n\n${doc}`}`, [
      { name: 'principal', required: true, types: uidTypes(action.principals) },
      { name: 'resource', required: true, types: uidTypes(action.resources) },
      { name: 'context', required: needsContext, types: [typeText(declaring, action.context, unnamed)] },
    ]),
  );
  return request;
}

function policyIds(policies: PolicySet | undefined): readonly string[] {
  if (policies === undefined) return [];
  const ids = (list: PolicySet['policies']): readonly string[] => list.map(({ id }) => literal(id));
  const comment = 'The ids of the policies: their `@id`, as `combinePolicySets` names them.';
  const templates = aliasText('TemplateId', 'The ids of the templates.', ids(policies.templates));
  return [
    aliasText('PolicyId', comment, ids(policies.policies)),
    ...(policies.templates.length === 0 ? [] : [templates]),
  ];
}

function schemaText(policies: PolicySet | undefined): string {
  const isOpen = policies === undefined || policies.templates.length > 0;
  const comment = isOpen && policies !== undefined ? 'Links of templates get their ids at run time.' : undefined;
  return interfaceText('Schema', 'The schema, for `createAuthorizer<Schema>` and `parseEntities<Schema>`.', [
    { name: 'entities', required: true, types: ['Entities'] },
    { name: 'requests', required: true, types: ['Requests'] },
    { name: 'policyId', required: true, types: [isOpen ? 'string' : 'PolicyId'], comment },
  ]);
}

function headText({ imports }: Declaring, command: string): string {
  const written = commentText(command).replaceAll('\n', '\\n');
  const made = `// Made by \`${written}\`.\n// Do not edit: change the schema and run the command again.\n`;
  if (imports.size === 0) return made;
  const names = [...imports].sort();
  const line = `import type { ${names.join(', ')} } from 'deodar';\n`;
  if (line.length <= LINE_WIDTH) return `${made}\n${line}`;
  return `${made}\nimport type {\n${names.map((name) => `  ${name},\n`).join('')}} from 'deodar';\n`;
}
