import { percent, type Share } from '../../analysis/coverage.js';
import type { Killer } from '../../analysis/find-killer.js';
import type { ScoredMutant } from '../../analysis/score-mutants.js';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../diagnostics/render.js';
import { printValue } from '../print-value.js';
import { rangeOf } from './coverage-data.js';
import { figure, placeOf, policyName, table } from './coverage-text.js';

/** Changes that a test notices, those of single members of lists left out. */
export function scoreOf(mutants: readonly ScoredMutant[]): Share {
  return noticed(mutants.filter(({ kind }) => kind !== 'member'));
}

/** Members of lists whose change a test notices. */
export function membersOf(mutants: readonly ScoredMutant[]): Share {
  return noticed(mutants.filter(({ kind }) => kind === 'member'));
}

function noticed(mutants: readonly ScoredMutant[]): Share {
  return { covered: mutants.filter(({ killedBy }) => killedBy !== undefined).length, total: mutants.length };
}

/** Mutants for people: a line for each policy, then those that no test notices, with their places. */
export function mutationText(mutants: readonly ScoredMutant[]): string {
  const byPolicy = new Map<ScoredMutant['original'], ScoredMutant[]>();
  for (const mutant of mutants) {
    const own = byPolicy.get(mutant.original);
    if (own === undefined) byPolicy.set(mutant.original, [mutant]);
    else own.push(mutant);
  }
  const rows = Array.from(byPolicy, ([policy, own]) => {
    const score = scoreOf(own);
    const listed = membersOf(own);
    const shown = listed.total === 0 ? '' : `${listed.covered}/${listed.total}`;
    return [
      policyName(policy),
      placeOf(policy, policy.span),
      `${score.covered}/${score.total}`,
      `${percent(score)} %`,
      shown,
    ];
  });
  const members = membersOf(mutants);
  const shownSurvivors = [
    ...survivors(mutants)
      .filter(({ kind }) => kind !== 'member')
      .map(survivor),
    ...untestedMembers(mutants),
  ];
  return [
    table([['policy', 'at', 'noticed', 'score', 'members'], ...rows]),
    ...(shownSurvivors.length === 0 ? [] : [`${renderDiagnostics(shownSurvivors)}\n`]),
    `mutation score: ${figure(scoreOf(mutants))}${members.total === 0 ? '' : `; members of lists: ${figure(members)}`}\n`,
  ].join('\n');
}

function survivors(mutants: readonly ScoredMutant[]): readonly ScoredMutant[] {
  return mutants.filter(({ killedBy }) => killedBy === undefined);
}

/** Most members that are shown of a policy. */
const SHOWN_MEMBERS = 5;

/** One note for each policy: what no test has is one test away, and there may be hundreds. */
function untestedMembers(mutants: readonly ScoredMutant[]): readonly Diagnostic[] {
  const byPolicy = new Map<ScoredMutant['original'], ScoredMutant[]>();
  for (const mutant of survivors(mutants)) {
    if (mutant.kind !== 'member') continue;
    const own = byPolicy.get(mutant.original);
    if (own === undefined) byPolicy.set(mutant.original, [mutant]);
    else own.push(mutant);
  }
  return Array.from(byPolicy, ([policy, own]) => {
    const texts = own.slice(0, SHOWN_MEMBERS).map(({ span }) => textAt(policy, span));
    const more = own.length > SHOWN_MEMBERS ? ` and ${own.length - SHOWN_MEMBERS} more` : '';
    const labels =
      policy.source === undefined || own[0]?.span === undefined ? [] : [{ source: policy.source, span: own[0].span }];
    const message = `no test notices when \`${policyName(policy)}\` lists another text for ${texts.join(', ')}${more}`;
    return diagnostic('survived', message, { severity: 'note', labels });
  });
}

function textAt({ source }: ScoredMutant['original'], span: ScoredMutant['span']): string {
  return source === undefined || span === undefined ? 'a text' : source.text.slice(span.start, span.end);
}

function survivor({ original, change, span, killer, isAsked }: ScoredMutant): Diagnostic {
  const { source } = original;
  return diagnostic('survived', `no test notices \`${policyName(original)}\` ${change}`, {
    severity: 'note',
    labels: source === undefined || span === undefined ? [] : [{ source, span }],
    help:
      killer !== undefined
        ? killerText(killer)
        : isAsked === false
          ? 'no test has a request with an action of this policy: begin with one'
          : 'no request was found that tells them apart',
  });
}

/** The request that would notice, by what it has other than that of a test. */
function killerText({ test, changes, expected, mutated }: Killer): string {
  const given = changes.flatMap(({ place, value }) =>
    value === undefined ? [] : [`\`${place}\` = ${shortened(printValue(value))}`],
  );
  const absent = changes.flatMap(({ place, value }) => (value === undefined ? [`\`${place}\``] : []));
  const request = [
    `the request of ${JSON.stringify(test)}`,
    ...(given.length === 0 ? [] : [`with ${given.join(' and ')}`]),
    ...(absent.length === 0 ? [] : [`without ${absent.join(' and ')}`]),
  ].join(' ');
  if (expected.decision !== mutated.decision)
    return `${request} would notice: ${expected.decision} becomes ${mutated.decision}`;
  const gone = expected.policies.filter((id) => !mutated.policies.includes(id));
  const added = mutated.policies.filter((id) => !expected.policies.includes(id));
  const difference = [
    ...(gone.length === 0 ? [] : [`${gone.join(', ')} no longer decides`]),
    ...(added.length === 0 ? [] : [`${added.join(', ')} decides too`]),
  ];
  return `${request} would notice if the test named the policies: ${difference.join(', ')}`;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** Mutants as JSON data. */
export function mutationJson(mutants: readonly ScoredMutant[]): object {
  const share = scoreOf(mutants);
  return {
    killed: share.covered,
    survived: share.total - share.covered,
    score: percent(share),
    members: { ...membersOf(mutants), percent: percent(membersOf(mutants)) },
    mutants: mutants.map(({ original, kind, change, span, killedBy, killer }) => ({
      policy: policyName(original),
      kind,
      change,
      ...rangeOf(original, span),
      killedBy: killedBy ?? null,
      ...(killer === undefined ? {} : { killer: killerJson(killer) }),
    })),
  };
}

function killerJson({ test, changes, expected, mutated }: Killer): object {
  const shown = changes.map(({ place, value }) => ({ place, value: value === undefined ? null : printValue(value) }));
  return { test, changes: shown, expected, mutated };
}
