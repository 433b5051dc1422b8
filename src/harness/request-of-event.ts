import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { failure, type Result, success } from '../diagnostics/diagnostic.js';
import { checkEntity } from '../entities/conform-entity.js';
import { checkRequest } from '../entities/conform-request.js';
import { checkValue, createConformance } from '../entities/conform-value.js';
import { requestConforms } from '../entities/conforms.js';
import { readMember } from '../entities/data-reading.js';
import { extendEntityStore } from '../entities/entity-store.js';
import type { Environment } from '../evaluator/environment.js';
import { findAction, type Schema } from '../schema/schema.js';
import type { ParsedEvent } from './parse-event.js';
import type { BuiltRequest, Profile, RequestWorld } from './profile.js';
import type { Trajectory } from './trajectory.js';

/**
 * What policies are evaluated against for an event. Whatever a profile, a schema of one's own or the host made of it has
 * to conform to the schema in everything; if not, that is reported.
 */
export function requestOfEvent(
  world: RequestWorld & { readonly profile: Pick<Profile, 'buildRequest' | 'schema'> },
  trajectory: Trajectory,
  event: ParsedEvent,
): Result<Environment> {
  const built = world.profile.buildRequest(world, trajectory, event);
  if (!built.ok) return built;
  const { principal, action, resource, context } = built.value;
  const entities = extendEntityStore(world.entities, built.value.entities);
  const { schema } = world.profile;
  if (entities.ok && requestConforms(schema, built.value))
    return success({ principal, action, resource, context, entities: entities.value });
  const found = [...checkBuilt(built.value, schema), ...(entities.ok ? [] : entities.diagnostics)];
  if (!entities.ok || found.length > 0) return failure(found);
  return success({ principal, action, resource, context, entities: entities.value });
}

function checkBuilt(request: BuiltRequest, schema: Schema): readonly Diagnostic[] {
  const action = findAction(schema, request.action);
  const context = createConformance(schema, '/context');
  if (action !== undefined) checkValue(context, request.context, action.context);
  const entities = createConformance(schema, '/entities');
  for (const [index, entity] of request.entities.entries()) readMember(entities, index, entity, checkEntity);
  return [...checkRequest(schema, request), ...context.diagnostics, ...entities.diagnostics];
}
