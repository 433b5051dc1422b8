import type { Diagnostic, Result } from '../diagnostics/diagnostic.js';
import type { EntityStore } from '../entities/entity.js';
import type { Environment } from '../evaluator/environment.js';
import type { JsonValue } from '../json/json-value.js';
import type { Response } from './decide.js';
import { PlainRequestReader, type TypedContexts } from './plain-request.js';
import type { PolicyEngine } from './policy-engine.js';
import { environmentOf, type JoinParts, readRequest, requestFromJson } from './request.js';

export interface AuthorizerResponse extends Response {
  /** Why the request could not be read; then the decision is deny. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** How requests are read by a schema. */
export interface ReadingBySchema {
  readonly join: JoinParts;
  readonly contexts: TypedContexts;
}

/** Reads requests and answers them by an engine. */
export class Answerer {
  private readonly engine: PolicyEngine;
  private readonly join: JoinParts;
  private readonly resident: EntityStore;
  private readonly reader: PlainRequestReader;

  /** With a schema requests are read by it and must conform to it; without one they are read as Cedar's formats say. */
  constructor(engine: PolicyEngine, bySchema?: ReadingBySchema) {
    const { subjects } = engine.index;
    this.engine = engine;
    this.join = bySchema?.join ?? environmentOf;
    this.resident = subjects.store;
    this.reader = new PlainRequestReader(subjects, bySchema?.contexts);
  }

  /** Answers a request of a program; never throws. `store` has the entities, where they are not the resident ones. */
  answer(request: unknown, store: EntityStore = this.resident): AuthorizerResponse {
    const frame = store === this.resident ? this.reader.read(request) : undefined;
    return frame === undefined ? this.careful(readRequest(request, store, this.join)) : this.engine.answer(frame);
  }

  /** The same for a request that was read from JSON text. */
  answerJson(request: JsonValue): AuthorizerResponse {
    const frame = this.reader.read(request);
    return frame === undefined
      ? this.careful(requestFromJson(request, this.resident, this.join))
      : this.engine.answer(frame);
  }

  private careful(environment: Result<Environment>): AuthorizerResponse {
    return environment.ok
      ? this.engine.answer(this.engine.frameOf(environment.value))
      : denied(environment.diagnostics);
  }
}

/** The answer to what cannot be read. */
export function denied(diagnostics: readonly Diagnostic[]): AuthorizerResponse {
  return { decision: 'deny', reason: [], errors: [], diagnostics };
}
