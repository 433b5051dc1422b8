import type { Origin } from '../diagnostics/origin.js';
import { reach, reversed } from '../schema/reach.js';
import type { Action, ActionType, EntityType, Schema } from '../schema/schema.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { lazily } from '../text/lazily.js';
import { recordType } from '../types/cedar-type.js';
import { entityUid } from '../values/value.js';
import { HINT_GROUPS } from './action-names.js';
import type { Agent } from './agent.js';
import { type AgentAction, type AgentSchema, type AgentSchemaOptions, entityTypesOf, ROLES } from './agent-schema.js';
import { STAGES } from './event.js';

const NOTHING_ANNOTATED: ReadonlyMap<string, null> = new Map();
const NOWHERE: Origin = { kind: 'json', file: undefined, pointer: '' };
const NO_TYPES: ReadonlySet<string> = new Set();
const NOTHING = recordType([]);

/**
 * The schema that the text of an agent's schema says, made without the text: contexts are worked out when they are asked
 * for, and nothing says where anything is declared.
 */
export function directSchema(
  { actions }: Pick<AgentSchema, 'actions'>,
  agent: Agent,
  options: AgentSchemaOptions,
): Schema {
  return {
    entityTypes: directTypes(agent, options),
    actionTypes: new Map([['Action', directActions(actions)]]),
    commonTypes: new Map(),
  };
}

function directTypes(agent: Agent, options: AgentSchemaOptions): ReadonlyMap<string, EntityType> {
  const declared = new Map([...entityTypesOf(agent, options)].map((one) => [one[0], one]));
  const names = [...declared.keys(), 'Role'].sort(compareCodePoints);
  const parentsOf = (name: string): readonly string[] => declared.get(name)?.[1] ?? [];
  const children = reversed(names, parentsOf);
  const typeOf = (name: string): EntityType => {
    const shape = declared.get(name)?.[2];
    const common = {
      name,
      parents: parentsOf(name),
      ancestors: reach(name, parentsOf),
      descendants: reach(name, (type) => children.get(type) ?? []),
      attributes: shape ?? NOTHING,
      tags: undefined,
      annotations: NOTHING_ANNOTATED,
      origin: NOWHERE,
    };
    return name === 'Role' ? { kind: 'enum', ids: new Set(ROLES), ...common } : { kind: 'standard', ...common };
  };
  return new Map(names.map((name) => [name, typeOf(name)]));
}

function directActions(tools: AgentSchema['actions']): ActionType {
  const groups = [...STAGES, ...HINT_GROUPS];
  const ids = [...groups, ...tools.keys()].sort(compareCodePoints);
  const made: ReadonlyMap<string, Action> = new Map(
    ids.map((id) => [
      id,
      directAction(
        id,
        tools.get(id),
        (group) => made.get(group),
        () => members(),
      ),
    ]),
  );
  const members = lazily(() => reversed(made.values(), ({ parents }) => parents));
  // Every action is in a stage.
  const types = new Set(['Action']);
  return { name: 'Action', actions: made, ancestors: types, descendants: types };
}

/** An action of a tool or a message; a group where there is none of that id. */
function directAction(
  id: string,
  action: AgentAction | undefined,
  find: (id: string) => Action | undefined,
  members: () => ReadonlyMap<Action, readonly Action[]>,
): Action {
  const parents = lazily(() => (action?.groups ?? []).flatMap((group) => find(group) ?? []));
  const ancestors = lazily(() => reach(made, (from) => from.parents));
  const descendants = lazily(() => reach(made, (from) => members().get(from) ?? []));
  const made: Action = {
    uid: entityUid('Action', id),
    get parents() {
      return parents();
    },
    get ancestors() {
      return ancestors();
    },
    get descendants() {
      return descendants();
    },
    principals: action === undefined ? NO_TYPES : PRINCIPALS,
    resources: action === undefined ? NO_TYPES : new Set([action.resource]),
    get context() {
      return action?.context ?? NOTHING;
    },
    annotations: NOTHING_ANNOTATED,
    origin: NOWHERE,
  };
  return made;
}

const PRINCIPALS: ReadonlySet<string> = new Set(['Agent', 'User']);
