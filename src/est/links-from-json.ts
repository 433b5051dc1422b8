import type { Policy, Slot, TemplateLink } from '../ast/policy.js';
import type { JsonValue } from '../json/json-value.js';
import type { EntityUid } from '../values/value.js';
import { readEntityUid } from './entity-uid-from-json.js';
import {
  at,
  member,
  type Place,
  proposal,
  type Reading,
  readArray,
  readFields,
  readObject,
  readString,
  report,
} from './reading.js';

/** A policy under the id that it has in the set; undefined when it could not be read. */
export interface Listed {
  readonly id: string;
  readonly place: Place;
  readonly policy: Policy | undefined;
}

/** Reads `templateLinks`: every link names a template of the set, an entity for each of its slots, and an id of its own. */
export function readLinks(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
  byId: ReadonlyMap<string, Listed>,
): readonly TemplateLink[] {
  const entries = readArray(reading, json, place, 'the list of links') ?? [];
  const linked = new Set<string>();
  return entries.flatMap((entry, i) => {
    const link = readLink(reading, entry, at(place, i));
    if (link === undefined) return [];
    if (byId.has(link.id) || linked.has(link.id)) {
      report(
        reading,
        at(at(place, i), 'newId'),
        'duplicate-policy-id',
        `the policy id ${JSON.stringify(link.id)} is used twice`,
        {
          help: 'static policies, templates and links share one space of ids',
          data: { id: link.id },
        },
      );
    }
    linked.add(link.id);
    checkTemplate(reading, link, at(place, i), byId);
    return [link];
  });
}

function readLink(reading: Reading, json: JsonValue, place: Place): TemplateLink | undefined {
  const fields = readFields(reading, json, place, 'a link', { required: ['templateId', 'newId', 'values'] });
  if (fields === undefined) return undefined;
  const templateId = readString(reading, member(fields, 'templateId'), at(place, 'templateId'), 'a template id');
  const id = readString(reading, member(fields, 'newId'), at(place, 'newId'), 'a policy id');
  const values = readValues(reading, member(fields, 'values'), at(place, 'values'));
  return templateId === undefined || id === undefined || values === undefined ? undefined : { id, templateId, values };
}

const SLOTS: readonly Slot[] = ['?principal', '?resource'];

function readValues(
  reading: Reading,
  json: JsonValue | undefined,
  place: Place,
): Partial<Record<Slot, EntityUid>> | undefined {
  const object = readObject(reading, json, place, 'the values of a link');
  if (object === undefined) return undefined;
  const errorsBefore = reading.errors;
  const values: Partial<Record<Slot, EntityUid>> = {};
  for (const key of Object.keys(object)) {
    const slot = SLOTS.find((known) => known === key);
    if (slot === undefined) {
      report(reading, at(place, key), 'policy-json-slot', `${JSON.stringify(key)} is no slot`, {
        help: proposal(key, SLOTS) ?? 'the slots are "?principal" and "?resource"',
      });
      continue;
    }
    const uid = readEntityUid(reading, object[key], at(place, key));
    if (uid !== undefined) values[slot] = uid;
  }
  return reading.errors > errorsBefore ? undefined : values;
}

function checkTemplate(reading: Reading, link: TemplateLink, place: Place, byId: ReadonlyMap<string, Listed>): void {
  const listed = byId.get(link.templateId);
  if (listed === undefined) {
    report(
      reading,
      at(place, 'templateId'),
      'unknown-template',
      `there is no template ${JSON.stringify(link.templateId)}`,
      {
        help: proposal(link.templateId, byId.keys()),
      },
    );
  } else if (listed.policy !== undefined) checkValues(reading, link, place, listed.policy);
}

function checkValues(reading: Reading, link: TemplateLink, place: Place, template: Policy): void {
  if (template.slots.length === 0) {
    report(
      reading,
      at(place, 'templateId'),
      'expected-template',
      `the policy ${JSON.stringify(template.id)} is no template`,
      {
        help: 'only templates can be linked',
      },
    );
    return;
  }
  for (const slot of SLOTS) {
    const wanted = template.slots.includes(slot);
    if (wanted === (link.values[slot] !== undefined)) continue;
    const message = wanted
      ? `this link has no entity for the slot ${slot}`
      : `the template ${JSON.stringify(template.id)} has no slot ${slot}`;
    report(reading, at(place, 'values'), 'link-values', message, { data: { slot, template: template.id } });
  }
}
