import type { EscalationRule } from './adjudication.js';
import { isEscalating } from './decision-table.js';
import type { Stage } from './event.js';
import type { PolicyReach } from './policy-reach.js';
import type { Profile } from './profile.js';

/** What policies can say of the events of one action at one stage. */
export interface MatrixRow {
  /** Name of the tool; null for messages and for tools that are not declared. */
  readonly tool: string | null;
  readonly stage: Stage;
  /** Id of the action. */
  readonly action: string;
  readonly canAllow: boolean;
  readonly canAsk: boolean;
  /** Whether an event that fits the schema can be denied. */
  readonly canDeny: boolean;
  /** Ids of the policies that can be satisfied, by what they do. */
  readonly permits: readonly string[];
  readonly escalations: readonly string[];
  readonly forbids: readonly string[];
}

/**
 * What policies can say, for every action and stage of a profile, as far as their types tell: a condition that no value
 * fulfils counts as possible when its type does not show it. Events that do not fit the schema are denied besides.
 */
export function policyMatrix(
  profile: Profile,
  reaches: readonly PolicyReach[],
  escalation: EscalationRule = 'permitted',
): readonly MatrixRow[] {
  const byAction = reachesByAction(reaches);
  return profile.actions.flatMap(({ uid, tool, stages }) => {
    const outcome = outcomeOf(byAction.get(uid.id) ?? [], escalation);
    return stages.map((stage): MatrixRow => ({ tool, stage, action: uid.id, ...outcome }));
  });
}

/** Whether policies can allow any event of a profile, or ask about it. */
export function canPass(
  { actions }: Pick<Profile, 'actions'>,
  reaches: readonly PolicyReach[],
  escalation: EscalationRule,
): boolean {
  const byAction = reachesByAction(reaches);
  return actions.some(({ uid }) => {
    const { canAllow, canAsk } = outcomeOf(byAction.get(uid.id) ?? [], escalation);
    return canAllow || canAsk;
  });
}

function reachesByAction(reaches: readonly PolicyReach[]): ReadonlyMap<string, readonly PolicyReach[]> {
  const byAction = new Map<string, PolicyReach[]>();
  for (const found of reaches) {
    const { id } = found.environment.action.uid;
    const known = byAction.get(id);
    if (known === undefined) byAction.set(id, [found]);
    else known.push(found);
  }
  return byAction;
}

type Outcome = Omit<MatrixRow, 'tool' | 'stage' | 'action'>;

/** Over all kinds of principals and resources: what can happen with one of them can happen. */
function outcomeOf(reaches: readonly PolicyReach[], escalation: EscalationRule): Outcome {
  const kinds = new Map<string, PolicyReach[]>();
  for (const found of reaches) {
    const kind = `${found.environment.principal} ${found.environment.resource}`;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [found]);
    else known.push(found);
  }
  let [canAllow, canAsk, canDeny] = [false, false, kinds.size === 0];
  for (const found of kinds.values()) {
    const permits = found.filter(({ policy }) => policy.effect === 'permit');
    const asking = found.filter(({ policy }) => isEscalating(policy));
    const hard = found.filter(({ policy }) => policy.effect === 'forbid' && !isEscalating(policy));
    const stopped = hard.some(isCertain);
    const permitted = permits.length > 0;
    const surelyPermitted = permits.some(isCertain) || (escalation === 'always' && asking.some(isCertain));
    canAllow ||= permitted && !stopped && !asking.some(isCertain);
    canAsk ||= (permitted || escalation === 'always') && asking.length > 0 && !stopped;
    canDeny ||= hard.length > 0 || !surelyPermitted;
  }
  const ids = (wanted: (found: PolicyReach) => boolean): readonly string[] => [
    ...new Set(reaches.filter(wanted).map(({ policy }) => policy.id)),
  ];
  return {
    canAllow,
    canAsk,
    canDeny,
    permits: ids(({ policy }) => policy.effect === 'permit'),
    escalations: ids(({ policy }) => isEscalating(policy)),
    forbids: ids(({ policy }) => policy.effect === 'forbid' && !isEscalating(policy)),
  };
}

function isCertain({ reach }: PolicyReach): boolean {
  return reach === 'always';
}
