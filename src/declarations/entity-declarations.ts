import type { ActionType, EntityType } from '../schema/schema.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { printEntityUid } from '../values/print.js';
import { entityUid } from '../values/value.js';
import type { Declaring, EntityTypeNames } from './declaring.js';
import { typeText } from './type-declarations.js';
import { aliasText, docComment, interfaceText, literal, type Member } from './typescript-text.js';

/** A type of the schema with its names. */
export interface Named<T> {
  readonly type: T;
  readonly names: EntityTypeNames;
}

/** Declares everything about an entity type; the member of `Entities` is returned. */
export function declareEntityType(declaring: Declaring, { type, names }: Named<EntityType>): Member {
  const { name } = type;
  const uid = declaring.uidType(name);
  const ids = type.kind === 'enum' ? [...type.ids] : undefined;
  if (ids !== undefined && names.ids !== undefined)
    declaring.texts.push(aliasText(names.ids, `The ids of \`${name}\`.`, ids.map(literal)));
  // Several texts may mean one entity; a type can only say the usual one.
  const texts = ids?.map((id) => literal(printEntityUid(entityUid(name, id)))) ?? [`\`${name}::"\${string}"\``];
  declaring.texts.push(aliasText(names.uid, `A principal or resource of the type \`${name}\`.`, [uid, ...texts]));
  const comment = `The attributes of \`${name}\`.`;
  const attributes = typeText(declaring, type.attributes, { name: `${names.base}Attributes`, comment });
  const entity = declaring.names.claim(`${names.base}Entity`);
  const doc = type.annotations.get('doc') ?? '';
  declaring.texts.push(
    interfaceText(entity, `An entity of the type \`${name}\`.${doc === '' ? '' : `\n\n${doc}`}`, [
      { name: 'uid', required: true, types: [uid] },
      { name: 'attrs', required: true, types: [attributes] },
      { name: 'parents', required: true, types: [parentsType(declaring, type.ancestors)] },
      { name: 'tags', required: false, types: [tagsType(declaring, type, names.base)] },
    ]),
  );
  return { name, required: true, types: [entity] };
}

/** Declares the entities that stand for actions; the member of `Entities` is returned. */
export function declareActionType(declaring: Declaring, { type, names }: Named<ActionType>): Member {
  const { name, actions } = type;
  const empty = declaring.imported('EmptyRecord');
  const comment = `The ids of the actions \`${name}\`, groups among them.`;
  if (names.ids !== undefined) declaring.texts.push(aliasText(names.ids, comment, [...actions.keys()].map(literal)));
  const entity = declaring.names.claim(`${names.base}Entity`);
  declaring.texts.push(
    interfaceText(entity, `An action \`${name}\` as an entity.`, [
      { name: 'uid', required: true, types: [declaring.uidType(name)] },
      { name: 'attrs', required: true, types: [empty] },
      { name: 'parents', required: true, types: [parentsType(declaring, type.ancestors)] },
      { name: 'tags', required: false, types: [empty] },
    ]),
  );
  return { name, required: true, types: [entity] };
}

/** Entities may name ancestors of any height as parents. */
function parentsType(declaring: Declaring, ancestors: ReadonlySet<string>): string {
  const types = [...ancestors].sort(compareCodePoints).map((ancestor) => declaring.uidType(ancestor));
  const [only = 'never'] = types;
  return `readonly ${types.length > 1 ? `(${types.join(' | ')})` : only}[]`;
}

function tagsType(declaring: Declaring, { name, tags }: EntityType, base: string): string {
  if (tags === undefined) return declaring.imported('EmptyRecord');
  const tagsName = declaring.names.claim(`${base}Tags`);
  declaring.declare(() => {
    const tag = typeText(declaring, tags, { name: `${base}Tag`, comment: `A tag of \`${name}\`.` });
    return `${docComment(`The tags of \`${name}\`.`)}export interface ${tagsName} {\n  readonly [tag: string]: ${tag};\n}\n`;
  });
  return tagsName;
}
