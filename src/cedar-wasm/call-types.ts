import type { Context, Entities, EntityUid, PolicyId, PolicyJson, SlotId } from './json-types.js';
import type { SchemaJson } from './schema-types.js';

/** A static policy, as text or JSON. */
export type Policy = string | PolicyJson;

/** A template, as text or JSON. */
export type Template = string | PolicyJson;

/** A schema, as text or JSON. */
export type Schema = string | SchemaJson<string>;

/**
 * Static policies: one text, whose policies are called `policy0`, `policy1` and so on; policies by id; or a list, which may
 * hold one text, then called `policy0`, and one JSON policy, then called `JSON policy`.
 */
export type StaticPolicySet = string | Policy[] | Record<PolicyId, Policy>;

/** Static policies, templates and links, which share one space of ids. */
export interface PolicySet {
  staticPolicies?: StaticPolicySet;
  templates?: Record<PolicyId, Template>;
  templateLinks?: TemplateLink[];
}

/** A policy made of a template by giving entities for its slots. */
export interface TemplateLink {
  templateId: PolicyId;
  newId: PolicyId;
  values: Record<SlotId, EntityUid>;
}

/** What `isAuthorized` is asked. */
export interface AuthorizationCall {
  principal: EntityUid;
  action: EntityUid;
  resource: EntityUid;
  context: Context;
  schema?: Schema;
  /** Whether the request is checked against the schema; true when absent. */
  validateRequest?: boolean;
  policies: PolicySet;
  entities: Entities;
}

/** What `statefulIsAuthorized` is asked; policies and schema are named as they were given to the `preparse` functions. */
export interface StatefulAuthorizationCall {
  principal: EntityUid;
  action: EntityUid;
  resource: EntityUid;
  context: Context;
  preparsedSchemaName?: string;
  /** Whether the request is checked against the schema; true when absent. */
  validateRequest?: boolean;
  preparsedPolicySetId: string;
  entities: Entities;
}

/** What `isAuthorizedPartial` is asked; null is an entity that is not known. */
export interface PartialAuthorizationCall {
  principal: EntityUid | null;
  action: EntityUid | null;
  resource: EntityUid | null;
  context: Context;
  schema?: Schema;
  validateRequest?: boolean;
  policies: PolicySet;
  entities: Entities;
}

/** What `checkParseContext` is asked; with a schema the context is read as that of the action. */
export interface ContextParsingCall {
  context: Context;
  schema?: Schema | null;
  action?: EntityUid | null;
}

/** What `checkParseEntities` is asked. */
export interface EntitiesParsingCall {
  entities: Entities;
  schema?: Schema | null;
}

/** What `formatPolicies` is asked. */
export interface FormattingCall {
  policyText: string;
  /** Columns of a line; 80 when absent. */
  lineWidth?: number;
  /** Columns of one level of indentation; 2 when absent. */
  indentWidth?: number;
}

/** What `validate` is asked. */
export interface ValidationCall {
  validationSettings?: ValidationSettings;
  schema: Schema;
  policies: PolicySet;
}

/** How to validate. */
export interface ValidationSettings {
  mode: ValidationMode;
}

/** The one mode there is. */
export type ValidationMode = 'strict';
