import type { Action, ActionType, Schema } from '../schema/schema.js';
import { type RecordType, recordType } from '../types/cedar-type.js';
import type { PlainCopy } from './plain-copy.js';

/** The schema of an agent as plain data, without the contexts of its actions, which are those that the agent gives them. */
export interface KeptSchema extends Omit<Schema, 'actionTypes'> {
  readonly actionTypes: readonly KeptActionType[];
}

type KeptActionType = Omit<ActionType, 'actions'> & { readonly actions: ReadonlyMap<string, KeptAction> };

/** Members of an action that lead to other actions. */
type Link = 'parents' | 'ancestors' | 'descendants';

type Uids = readonly Action['uid'][];

type KeptAction = Omit<Action, Link | 'context' | 'origin'> & { readonly links: Readonly<Record<Link, Uids>> };

/** Takes the plain data of a schema; `copy` says whether there was anything else. */
export function keepSchema({ actionTypes, entityTypes, commonTypes }: Schema, copy: PlainCopy): KeptSchema {
  const keepAction = ({ uid, principals, resources, annotations, ...linked }: Action): KeptAction => {
    const uids = (actions: Iterable<Action>): Uids => Array.from(actions, (action) => copy.of(action.uid));
    const { parents, ancestors, descendants } = linked;
    const links = { parents: uids(parents), ancestors: uids(ancestors), descendants: uids(descendants) };
    return copy.of({ uid, principals, resources, annotations, links });
  };
  const types = [...actionTypes.values()].map(({ actions, ...type }) => ({
    ...copy.of(type),
    actions: new Map(Array.from(actions, ([id, action]) => [id, keepAction(action)] as const)),
  }));
  return { entityTypes: copy.of(entityTypes), commonTypes: copy.of(commonTypes), actionTypes: types };
}

/** The schema of an agent, whose actions are made when they are asked for; `contextOf` gives the contexts. */
export function restoreSchema(
  { actionTypes, ...rest }: KeptSchema,
  contextOf: (uid: Action['uid']) => RecordType,
): Schema {
  const schema: Schema = {
    ...rest,
    actionTypes: new Map(
      actionTypes.map(({ actions, ...type }) => [
        type.name,
        { ...type, actions: new ReadOnDemand(actions, (kept) => restoreAction(kept, schema, contextOf)) },
      ]),
    ),
  };
  return schema;
}

function restoreAction(
  { links, ...action }: KeptAction,
  schema: Schema,
  contextOf: (uid: Action['uid']) => RecordType,
): Action {
  const linked = (uids: Uids): Action[] =>
    uids.flatMap(({ type, id }) => schema.actionTypes.get(type)?.actions.get(id) ?? []);
  return {
    ...action,
    origin: { kind: 'json', file: undefined, pointer: '' },
    get context() {
      // A group has none.
      return action.principals.size === 0 ? recordType([]) : contextOf(action.uid);
    },
    get parents() {
      return linked(links.parents);
    },
    get ancestors() {
      return new Set(linked(links.ancestors));
    },
    get descendants() {
      return new Set(linked(links.descendants));
    },
  };
}

/** A map whose values are read when they are asked for, each once. */
class ReadOnDemand<From, To> implements ReadonlyMap<string, To> {
  private readonly from: ReadonlyMap<string, From>;
  private readonly read: (from: From) => To;
  private readonly known = new Map<string, To>();

  constructor(from: ReadonlyMap<string, From>, read: (from: From) => To) {
    this.from = from;
    this.read = read;
  }

  get size(): number {
    return this.from.size;
  }

  has(key: string): boolean {
    return this.from.has(key);
  }

  get(key: string): To | undefined {
    const from = this.from.get(key);
    if (from === undefined || this.known.has(key)) return this.known.get(key);
    const to = this.read(from);
    this.known.set(key, to);
    return to;
  }

  keys(): ReturnType<ReadonlyMap<string, To>['keys']> {
    return this.from.keys();
  }

  values(): ReturnType<ReadonlyMap<string, To>['values']> {
    return this.all().values();
  }

  entries(): ReturnType<ReadonlyMap<string, To>['entries']> {
    return this.all().entries();
  }

  [Symbol.iterator](): ReturnType<ReadonlyMap<string, To>['entries']> {
    return this.entries();
  }

  forEach(visit: (value: To, key: string, map: ReadonlyMap<string, To>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  /** In the order of the keys. */
  private all(): ReadonlyMap<string, To> {
    return new Map(Array.from(this.from, ([key, from]) => [key, this.get(key) ?? this.read(from)]));
  }
}
