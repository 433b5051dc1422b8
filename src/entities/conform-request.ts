import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type Action, findAction, type Schema } from '../schema/schema.js';
import { printEntityUid } from '../values/print.js';
import type { EntityUid } from '../values/value.js';
import { type Conformance, checkUid, createConformance, reportUnknownAction } from './conform-value.js';
import { readMember, reportData } from './data-reading.js';

/** The entities that a request is about, as far as they are known. */
export interface RequestEntities {
  readonly principal: EntityUid | undefined;
  readonly action: EntityUid | undefined;
  readonly resource: EntityUid | undefined;
}

/**
 * What a schema has against a request, its context aside: types and actions that are not declared, ids that are not
 * listed, and types that the action does not apply to. Empty for a request that conforms; nobody asks whether its
 * entities exist. Pointers are `/principal`, `/action` and `/resource`.
 */
export function checkRequest(schema: Schema, { principal, action, resource }: RequestEntities): readonly Diagnostic[] {
  const conformance = createConformance(schema);
  const parts = [
    ['principal', principal],
    ['resource', resource],
  ] as const;
  const known = parts.flatMap(([role, uid]) =>
    uid !== undefined && readMember(conformance, role, uid, hasType) ? [[role, uid] as const] : [],
  );
  if (action === undefined) return conformance.diagnostics;
  const declared = findAction(schema, action);
  if (declared === undefined) readMember(conformance, 'action', action, reportUnknownAction);
  else
    for (const [role, uid] of known) readMember(conformance, role, uid, (inner) => checkApplies(inner, uid, declared));
  return conformance.diagnostics;
}

type Role = 'principal' | 'resource';

function roleOf({ path }: Conformance): Role {
  return path[0] === 'principal' ? 'principal' : 'resource';
}

/** Whether the type is declared; if not, that is reported, as is an id that is not listed. */
function hasType(conformance: Conformance, uid: EntityUid): boolean {
  const { entityTypes } = conformance.schema;
  if (entityTypes.has(uid.type)) {
    checkUid(conformance, uid);
    return true;
  }
  const near = didYouMean(uid.type, entityTypes.keys());
  reportData(conformance, 'unknown-entity-type', `the schema declares no entity type \`${uid.type}\``, {
    help: near === undefined ? 'declare it with `entity`, or correct the name' : `did you mean \`${near}\`?`,
    data: { uid, role: roleOf(conformance) },
  });
  return false;
}

function checkApplies(conformance: Conformance, { type }: EntityUid, action: Action): void {
  const role = roleOf(conformance);
  const allowed = role === 'principal' ? action.principals : action.resources;
  if (allowed.has(type)) return;
  const name = printEntityUid(action.uid);
  const names = [...allowed].map((each) => `\`${each}\``).join(', ');
  reportData(conformance, `${role}-type`, `${name} does not apply to a ${role} of type \`${type}\``, {
    help: names === '' ? `${name} applies to nothing; it is a group` : `its ${role} is of type ${names}`,
    data: { type, action: action.uid, allowed: [...allowed] },
  });
}
