import { entityUid } from '../values/value.js';
import type { AgentSchema } from './agent-schema.js';
import type { ProfileAction } from './profile.js';

/** The actions of an agent's schema, with what they stand for. */
export function profileActions({ tools, actions }: Pick<AgentSchema, 'tools' | 'actions'>): readonly ProfileAction[] {
  const names = new Map(
    [...tools.values()].flatMap(({ tool, call, result }) => [
      [call.id, tool.name] as const,
      [result.id, tool.name] as const,
    ]),
  );
  return [...actions.values()].map(({ id, stage }) => ({
    uid: entityUid('Action', id),
    tool: names.get(id) ?? null,
    stages: [stage],
  }));
}
