import { resolve } from 'node:path';
import { failure, type Result } from '../diagnostics/diagnostic.js';
import { readSource } from '../files/read-source.js';
import type { Agent } from '../harness/agent.js';
import { parseAgent } from '../harness/parse-agent.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import type { Terminal } from './command.js';

/** Reads an agent file; its problems carry their place in it. */
export function readAgentFile(terminal: Terminal, file: string): Result<Agent> {
  const source = readSource(resolve(terminal.cwd, file), file);
  if (!source.ok) return source;
  const json = parseJson(source.value);
  if (!json.ok) return json;
  const agent = parseAgent(json.value);
  return agent.ok ? agent : failure(locateDiagnostics(source.value, agent.diagnostics));
}
