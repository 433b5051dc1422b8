import type { SchemaFragment } from '../ast/schema-fragment.js';
import { type Diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import type { Entity, EntityStore } from '../entities/entity.js';
import type { ShellContext } from '../facts/index.js';
import { parseSchema } from '../parser/parse-schema.js';
import { resolveSchema } from '../schema/resolve-schema.js';
import type { Schema } from '../schema/schema.js';
import { createSource } from '../text/source.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import type { Mode } from './adjudication.js';
import type { Agent } from './agent.js';
import type { Stage } from './event.js';
import type { ParsedEvent } from './parse-event.js';
import type { Trajectory } from './trajectory.js';

/** Text of a file with the name that messages know it by. */
export interface NamedText {
  readonly file?: string;
  readonly text: string;
}

/** What requests are built from besides the event. */
export interface RequestWorld {
  readonly agent: Agent;
  /** Action entities and what the host added. */
  readonly entities: EntityStore;
  readonly mode: Mode;
  /** The state of another trajectory, when it is known here. */
  readonly trajectoryOf?: (id: string) => Trajectory | undefined;
}

/** The request that an event becomes, before anybody has asked whether it conforms to the schema. */
export interface BuiltRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: RecordValue;
  /** What exists for this request beside the entities of the harness. */
  readonly entities: readonly Entity[];
}

/** An action of a profile and what it stands for. */
export interface ProfileAction {
  readonly uid: EntityUid;
  /** Name of the tool; null for messages and for tools that are not declared. */
  readonly tool: string | null;
  readonly stages: readonly Stage[];
}

/** A way of writing policies for an agent: the schema they are written against, and the requests that events become. */
export interface Profile {
  readonly name: 'deodar' | 'sondera' | 'mcp';
  /** The schema in Cedar syntax. */
  readonly text: string;
  readonly schema: Schema;
  readonly actions: readonly ProfileAction[];
  /** Where the facts of requests are computed; absent where requests have no facts. */
  readonly factContext?: ShellContext;
  /** Whether requests bring this entity along, so that the host cannot. */
  readonly makesEntity: (uid: EntityUid) => boolean;
  /** Builds the request that stands for an event; values of an event that do not fit their tool are reported. */
  readonly buildRequest: (world: RequestWorld, trajectory: Trajectory, event: ParsedEvent) => Result<BuiltRequest>;
}

/** Reads and resolves schema texts as one schema, with declarations that were read before. */
export function resolveTexts(texts: readonly NamedText[], before: readonly SchemaFragment[] = []): Result<Schema> {
  const parsed = texts.map(({ text, file }) => parseSchema(createSource(text, file)));
  const diagnostics = parsed.flatMap((result): readonly Diagnostic[] => result.diagnostics);
  const fragments = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  if (fragments.length < parsed.length) return failure(diagnostics);
  const schema = resolveSchema([...before, ...fragments]);
  return schema.ok ? success(schema.value, schema.diagnostics) : schema;
}
