import type { ActionDeclaration, ActionParent, NameReference } from '../ast/schema-fragment.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { lazily } from '../text/lazily.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { entityUid } from '../values/value.js';
import { type Declared, fullName } from './declarations.js';
import { annotationsOf, type Resolution, resolveRecord } from './entity-types.js';
import { report } from './findings.js';
import { findCycles, reach, reversed } from './reach.js';
import type { Action, ActionType } from './schema.js';
import { wayRound } from './type-resolver.js';

/** An action whose groups are filled in once all actions exist. */
interface Draft {
  readonly action: Action;
  readonly parents: Action[];
  readonly declared: Declared<ActionDeclaration>;
}

/** Actions that are directly in an action. */
type Members = ReadonlyMap<Action, readonly Action[]>;

/** Resolves all actions, in alphabetical order of their types and ids. */
export function resolveActions(resolution: Resolution): ReadonlyMap<string, ActionType> {
  const drafts: Draft[] = [];
  const types = new Map<string, Map<string, Action>>();
  let members: Members = new Map();
  const { actions } = resolution.declarations;
  for (const type of [...actions.keys()].sort(compareCodePoints)) {
    const ofType = new Map<string, Action>();
    types.set(type, ofType);
    for (const [id, declared] of [...(actions.get(type) ?? [])].sort(([a], [b]) => compareCodePoints(a, b))) {
      const draft = draftAction(resolution, declared, () => members);
      drafts.push(draft);
      ofType.set(id, draft.action);
    }
  }
  for (const { parents, declared } of drafts) parents.push(...resolveParents(resolution, declared, types));
  const all = drafts.map(({ action }) => action);
  members = reversed(all, (action) => action.parents);
  reportCycles(resolution, all);
  return new Map([...types].map(([name, ofType]) => [name, actionType(name, ofType, members)]));
}

function draftAction(resolution: Resolution, declared: Declared<ActionDeclaration>, members: () => Members): Draft {
  const { namespace, name: type, declaration } = declared;
  const uid = entityUid(type, declaration.name);
  const parents: Action[] = [];
  const ancestors = lazily(() => reach(action, (from) => from.parents));
  const descendants = lazily(() => reach(action, (from) => members().get(from) ?? []));
  const typesOf = (names: readonly NameReference[] = []): ReadonlySet<string> =>
    new Set(names.flatMap((name) => resolution.types.resolveEntityType(name, namespace) ?? []));
  const action: Action = {
    uid,
    parents,
    get ancestors() {
      return ancestors();
    },
    get descendants() {
      return descendants();
    },
    principals: typesOf(declaration.appliesTo?.principals),
    resources: typesOf(declaration.appliesTo?.resources),
    context: resolveRecord(
      resolution,
      declaration.appliesTo?.context,
      namespace,
      `the context of ${printEntityUid(uid)} is`,
    ),
    annotations: annotationsOf(declaration.annotations),
    origin: declaration.origin,
  };
  return { action, parents, declared };
}

type ActionsByType = ReadonlyMap<string, ReadonlyMap<string, Action>>;

function resolveParents(
  resolution: Resolution,
  { namespace, declaration }: Declared<ActionDeclaration>,
  types: ActionsByType,
): Iterable<Action> {
  const parents = new Set<Action>();
  for (const parent of declaration.parents ?? []) {
    const found = candidateTypes(parent, namespace).flatMap((type) => types.get(type)?.get(parent.id) ?? [])[0];
    if (found === undefined) refuseUnknown(resolution, parent, namespace, types);
    else parents.add(found);
  }
  return parents;
}

/** Types that the group may have: without a namespace that of the own namespace and that of the empty one. */
export function candidateTypes({ type = 'Action' }: ActionParent, namespace: string): readonly string[] {
  return type.includes('::') ? [type] : [fullName(namespace, type), type];
}

function refuseUnknown({ findings }: Resolution, parent: ActionParent, namespace: string, types: ActionsByType): void {
  const { type, id, origin } = parent;
  const name = type === undefined ? quoteText(id) : `${type}::${quoteText(id)}`;
  report(findings, origin, 'unknown-action', `there is no action \`${name}\``, {
    help: unknownActionHelp(parent, namespace, types),
    data: { type, id, namespace },
  });
}

function unknownActionHelp(parent: ActionParent, namespace: string, types: ActionsByType): string {
  const elsewhere = [...types].find(([, actions]) => actions.has(parent.id))?.[0];
  if (elsewhere !== undefined) return `did you mean \`${printEntityUid(entityUid(elsewhere, parent.id))}\`?`;
  const ids = candidateTypes(parent, namespace).flatMap((type) => [...(types.get(type)?.keys() ?? [])]);
  const meant = didYouMean(parent.id, ids);
  return meant === undefined
    ? 'declare it with `action`, or correct the name'
    : `did you mean \`${quoteText(meant)}\`?`;
}

function reportCycles({ findings }: Resolution, actions: readonly Action[]): void {
  for (const cycle of findCycles(actions, (action) => action.parents)) {
    const names = cycle.map(({ uid }) => printEntityUid(uid));
    const [first] = cycle;
    if (first === undefined) continue;
    report(findings, first.origin, 'action-cycle', `the action \`${names[0]}\` is in itself`, {
      help: names.length === 1 ? 'take it out of its own groups' : `the way round is ${wayRound(names)}`,
      data: { cycle: names },
    });
  }
}

function actionType(name: string, actions: ReadonlyMap<string, Action>, members: Members): ActionType {
  const typesBeyond = (step: (from: Action) => Iterable<Action>): ReadonlySet<string> => {
    const reached = new Set([...actions.values()].flatMap((action) => [...step(action)]));
    for (const next of reached) for (const further of step(next)) reached.add(further);
    return new Set([...reached].map(({ uid }) => uid.type));
  };
  const ancestors = lazily(() => typesBeyond((action) => action.parents));
  const descendants = lazily(() => typesBeyond((action) => members.get(action) ?? []));
  return {
    name,
    actions,
    get ancestors() {
      return ancestors();
    },
    get descendants() {
      return descendants();
    },
  };
}
