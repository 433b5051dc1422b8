import type { Adjudication } from '../harness/adjudication.js';
import { PolicyHarness } from '../harness/policy-harness.js';
import type { HarnessSettings } from '../harness/prepare-harness.js';
import type { Trajectory } from '../harness/trajectory.js';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { listOption, type OptionValues, type Session, textOption, UsageError } from './command.js';
import { readAgentFile } from './load-agent.js';
import { readPolicySources } from './policy-sources.js';

/** The harness that `--agent` and `--policies` name; undefined when they cannot be read, which is reported. */
export async function createHarness(
  session: Session,
  options: OptionValues,
  settings: Partial<HarnessSettings>,
): Promise<PolicyHarness | undefined> {
  const agentFile = textOption(options, 'agent');
  const inputs = listOption(options, 'policies');
  if (agentFile === undefined) throw new UsageError('no agent: name its file with --agent, or in deodar.config.json');
  if (inputs.length === 0) throw new UsageError('no policies: name them with --policies, or in deodar.config.json');
  const agent = await readAgentFile(session, agentFile);
  const sources = await readPolicySources(session, inputs);
  if (!agent.ok || !sources.ok) {
    session.report([...agent.diagnostics, ...sources.diagnostics]);
    return undefined;
  }
  const policies = sources.value.map(({ name, text }) => ({ text, ...(name === undefined ? {} : { file: name }) }));
  const harness = new PolicyHarness({
    agent: agent.value,
    ...settings,
    policies,
    strict: options['no-strict'] !== true,
  });
  session.report([...agent.diagnostics, ...(harness.prepared?.warnings ?? [])]);
  return harness;
}

/** Events without a trajectory belong to one that the command opens; a new id opens a new one. */
export async function judgeEvent(harness: PolicyHarness, event: JsonValue): Promise<Adjudication> {
  const { id } = await trajectoryOf(harness, event);
  return harness.adjudicateJson(event, id);
}

/** The trajectory of an event, opened if need be. */
export async function trajectoryOf(harness: PolicyHarness, event: JsonValue): Promise<Trajectory> {
  const id = isJsonObject(event) && typeof event.trajectoryId === 'string' ? event.trajectoryId : 'session';
  return harness.trajectory(id) ?? (await harness.initialize({ trajectoryId: id }));
}
