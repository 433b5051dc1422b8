// Every call of a tool goes through here: judged, perhaps approved, run, and its result judged.
import { BlockedError } from 'deodar';

/**
 * Calls a tool as the policies allow, and gives what the model is to read. `approve` answers `approved`, `rejected` or
 * `expired`; a call that is denied never gets there. With `onDeny: 'block'` a call that is denied throws and ends the run,
 * with `'steer'` the model reads why and goes on.
 */
export async function callTool({ harness, tools, approve, onDeny, say }, { toolId, parameters, callId }) {
  // A flat copy is enough for these tools; `guard` copies and freezes deeply.
  const call = { toolId, parameters: Object.freeze({ ...parameters }), callId };
  const judged = await harness.adjudicate('PRE_TOOL', 'model', call);
  say(judged.decision, judged.reason);
  if (judged.decision === 'DENY') {
    if (onDeny === 'steer') return `Tool blocked: ${judged.reason} Try a different approach.`;
    await harness.fail();
    throw new BlockedError(judged);
  }
  if (judged.decision === 'ESCALATE') {
    for (const route of judged.routes) {
      const answer = await approve({ action: toolId, args: call.parameters, reason: judged.reason, routeTo: route });
      say(answer.toUpperCase(), `by ${route ?? 'a person'}`);
      if (answer === 'rejected') return `Action '${toolId}' was rejected.`;
      if (answer !== 'approved') return `Action '${toolId}' was not approved in time.`;
    }
    // Time has passed: everything but the approval is judged again.
    const again = harness.decide({
      stage: 'PRE_TOOL',
      role: 'model',
      content: { toolId, parameters: call.parameters },
    });
    if (again.decision === 'DENY') return `Action '${toolId}' blocked: ${again.reason}`;
  }
  const response = tools[toolId](call.parameters);
  const shown = await harness.adjudicate('POST_TOOL', 'tool', { toolId, response, callId });
  return shown.decision === 'ALLOW' ? response : `Tool result withheld: ${shown.reason}`;
}
