import type { Frame } from '../compiler/frame.js';
import type { Entity, EntityStore } from '../entities/entity.js';
import type { Hierarchy } from '../entities/hierarchy.js';
import type { Place } from '../entities/place.js';
import type { EntityUid, RecordValue } from '../values/value.js';
import type { RequestSubject } from './index-types.js';

/** A request as policies and their index see it. */
export class RequestFrame implements Frame {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: RecordValue;
  readonly entities: EntityStore;
  readonly principalEntity: Entity | undefined;
  readonly actionEntity: Entity | undefined;
  readonly resourceEntity: Entity | undefined;
  readonly hierarchy: Hierarchy | undefined;
  readonly principalPlace: Place | undefined;
  readonly resourcePlace: Place | undefined;
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
    this.principalEntity = principal.entity;
    this.actionEntity = action.entity;
    this.resourceEntity = resource.entity;
    this.hierarchy = hierarchy;
    this.principalPlace = principal.place;
    this.resourcePlace = resource.place;
    this.principalSubject = principal;
    this.actionSubject = action;
    this.resourceSubject = resource;
  }
}
