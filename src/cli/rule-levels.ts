import { LINT_RULES } from '../analysis/lint-policies.js';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { WARNING_CODES } from '../validator/validation-kinds.js';
import { listOption, type OptionsConfig, type OptionValues, UsageError } from './command.js';

/** Options of the commands that look at policies without a request. */
export const RULE_OPTIONS = {
  rule: { type: 'string', multiple: true },
  'deny-warnings': { type: 'boolean' },
} as const satisfies OptionsConfig;

/** Lines of `--help` for them. */
export const RULE_OPTIONS_HELP = `      --rule CODE=LEVEL       report a finding as off, note, warning or error; may be
                              repeated
      --deny-warnings         fail where there are warnings`;

const LEVELS = ['off', 'note', 'warning', 'error'] as const;

/** How findings are reported, by their code. */
export type RuleLevels = ReadonlyMap<string, Severity | 'off'>;

/** Codes of the findings whose level can be chosen: what keeps policies from being valid is not among them. */
export const RULE_CODES: readonly string[] = [...LINT_RULES.map(({ code }) => code), ...WARNING_CODES];

/** Reads `--rule`; of several levels of one code the last counts. */
export function readRuleLevels(options: OptionValues): RuleLevels {
  const levels = new Map<string, Severity | 'off'>();
  for (const text of listOption(options, 'rule')) {
    const at = text.indexOf('=');
    const code = at < 0 ? text : text.slice(0, at);
    const level = at < 0 ? undefined : LEVELS.find((known) => known === text.slice(at + 1));
    if (!RULE_CODES.includes(code)) {
      const near = didYouMean(code, RULE_CODES);
      const known = near === undefined ? `the codes are ${RULE_CODES.join(', ')}` : `did you mean ${near}?`;
      throw new UsageError(`--rule: there is no finding ${JSON.stringify(code)}; ${known}`);
    }
    if (level === undefined)
      throw new UsageError(`--rule takes ${code}=${LEVELS.join('|')}, not ${JSON.stringify(text)}`);
    levels.set(code, level);
  }
  return levels;
}

/** Findings as the levels want them reported. */
export function applyLevels(findings: readonly Diagnostic[], levels: RuleLevels): readonly Diagnostic[] {
  if (levels.size === 0) return findings;
  return findings.flatMap((d) => {
    const level = levels.get(d.code) ?? d.severity;
    return level === 'off' ? [] : [level === d.severity ? d : { ...d, severity: level }];
  });
}

/** The rules of style that the levels ask for. */
export function askedRules(levels: RuleLevels): ReadonlySet<string> {
  return new Set([...levels].flatMap(([code, level]) => (level === 'off' ? [] : [code])));
}
