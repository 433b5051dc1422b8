import type { Frame } from '../compiler/frame.js';
import type { EntityStore } from '../entities/entity.js';
import type { Hierarchy } from '../entities/hierarchy.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import type { RequestSubject } from './index-types.js';

/** A request as policies and their index see it. */
export class RequestFrame implements Frame {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: RecordValue;
  readonly entities: EntityStore;
  readonly hierarchy: Hierarchy | undefined;
  readonly principalSubject: RequestSubject;
  readonly actionSubject: RequestSubject;
  readonly resourceSubject: RequestSubject;

  constructor(
    principal: RequestSubject,
    action: RequestSubject,
    resource: RequestSubject,
    context: RecordValue,
    entities: EntityStore,
    hierarchy: Hierarchy | undefined,
  ) {
    this.principal = principal.uid;
    this.action = action.uid;
    this.resource = resource.uid;
    this.context = context;
    this.entities = entities;
    this.hierarchy = hierarchy;
    this.principalSubject = principal;
    this.actionSubject = action;
    this.resourceSubject = resource;
  }
}
