import { failure, type Result } from '../diagnostics/diagnostic.js';
import type { Agent } from '../harness/agent.js';
import { parseAgent } from '../harness/parse-agent.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import type { Session } from './command.js';

/** Reads an agent file; its problems carry their place in it. */
export async function readAgentFile(session: Session, file: string): Promise<Result<Agent>> {
  const source = await session.read(file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const agent = parseAgent(json.value);
  return agent.ok ? agent : failure(locateDiagnostics(source.value, agent.diagnostics));
}
