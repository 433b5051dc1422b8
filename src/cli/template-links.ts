import type { Policy, PolicySet, Slot, TemplateLink } from '../ast/policy.js';
import { type Diagnostic, diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { parseEntityUid } from '../entities/entity-uid.js';
import { describeJson, isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { locateDiagnostics } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { memberPointer } from '../json/pointer.js';
import type { Source } from '../text/source.js';
import type { EntityUid } from '../values/value.js';

const SLOTS: readonly Slot[] = ['?principal', '?resource'];

type SlotValues = Partial<Record<Slot, EntityUid>>;

/**
 * Reads a file of links as the official command line keeps them, an array of `{ template_id, link_id, args }` whose
 * args are entities as text. An empty file has no links.
 */
export function parseLinks(source: Source): Result<readonly TemplateLink[]> {
  if (source.text.trim() === '') return success([]);
  const json = parseJson(source);
  if (!json.ok) return json;
  const problems: Diagnostic[] = [];
  const links = readLinks(json.value, problems);
  return problems.length === 0 ? success(links) : failure(locateDiagnostics(source, problems));
}

function readLinks(json: JsonValue, problems: Diagnostic[]): readonly TemplateLink[] {
  if (isJsonArray(json)) return json.flatMap((entry, i) => readLink(entry, memberPointer('', i), problems) ?? []);
  problems.push(badLink(`links are an array, not ${describeJson(json)}`, ''));
  return [];
}

function readLink(json: JsonValue, pointer: string, problems: Diagnostic[]): TemplateLink | undefined {
  if (!isJsonObject(json)) {
    problems.push(badLink(`a link is an object, not ${describeJson(json)}`, pointer));
    return undefined;
  }
  const text = (name: string): string | undefined => {
    const value = json[name];
    if (typeof value === 'string') return value;
    const found = value === undefined ? 'missing' : `no text but ${describeJson(value)}`;
    problems.push(badLink(`\`${name}\` is ${found}`, value === undefined ? pointer : memberPointer(pointer, name)));
    return undefined;
  };
  const templateId = text('template_id');
  const id = text('link_id');
  const values = readSlotValues(json['args'] ?? null, memberPointer(pointer, 'args'), problems);
  return templateId === undefined || id === undefined || values === undefined ? undefined : { templateId, id, values };
}

/** Reads what stands for the slots of a template: an object from slots to entities as text. */
export function readSlotValues(json: JsonValue, pointer: string, problems: Diagnostic[]): SlotValues | undefined {
  if (!isJsonObject(json)) {
    problems.push(badLink(`the entities of a link are an object, not ${describeJson(json)}`, pointer));
    return undefined;
  }
  const before = problems.length;
  const values: SlotValues = {};
  for (const [key, value] of Object.entries(json)) {
    const place = memberPointer(pointer, key);
    const slot = SLOTS.find((known) => known === key);
    if (slot === undefined) problems.push(badLink(`${JSON.stringify(key)} is no slot`, place));
    else if (typeof value !== 'string')
      problems.push(badLink(`an entity is a text, not ${describeJson(value)}`, place));
    else {
      const uid = parseEntityUid(value);
      if (uid.ok) values[slot] = uid.value;
      else for (const d of uid.diagnostics) problems.push({ ...d, pointer: place, labels: [] });
    }
  }
  return problems.length === before ? values : undefined;
}

function badLink(message: string, pointer: string): Diagnostic {
  return diagnostic('bad-template-link', message, {
    pointer,
    help: 'a link is { "template_id": "..", "link_id": "..", "args": { "?principal": "User::\\"alice\\"" } }',
  });
}

/** Adds links to a policy set; the place of each problem is the link's place in its list. */
export function addLinks(set: PolicySet, links: readonly TemplateLink[]): Result<PolicySet> {
  const templates = new Map(set.templates.map((template) => [template.id, template]));
  const taken = new Set([...set.policies, ...set.templates, ...set.links].map(({ id }) => id));
  const problems = links.flatMap((link, i) => {
    const found = checkLink(link, templates.get(link.templateId), taken, [...templates.keys()]);
    taken.add(link.id);
    return found.map((d) => ({ ...d, pointer: memberPointer('', i) }));
  });
  return problems.length > 0 ? failure(problems) : success({ ...set, links: [...set.links, ...links] });
}

function checkLink(
  link: TemplateLink,
  template: Policy | undefined,
  taken: ReadonlySet<string>,
  known: readonly string[],
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  if (taken.has(link.id)) {
    const help = 'static policies, templates and links share one space of ids';
    const message = `the policy id ${JSON.stringify(link.id)} is used twice`;
    problems.push(diagnostic('duplicate-policy-id', message, { help, data: { id: link.id } }));
  }
  if (template === undefined) {
    const near = didYouMean(link.templateId, known);
    const help =
      near === undefined
        ? 'the id of a template is its `@id`, else `policy` and its position'
        : `did you mean ${JSON.stringify(near)}?`;
    problems.push(diagnostic('unknown-template', `there is no template ${JSON.stringify(link.templateId)}`, { help }));
    return problems;
  }
  for (const slot of SLOTS) {
    const isWanted = template.slots.includes(slot);
    if (isWanted === (link.values[slot] !== undefined)) continue;
    const message = isWanted
      ? `the link has no entity for the slot ${slot}`
      : `the template ${JSON.stringify(template.id)} has no slot ${slot}`;
    problems.push(diagnostic('link-values', message, { data: { slot, template: template.id } }));
  }
  return problems;
}
