import type { PlainJson } from '../support/mutate-json.js';
import type { Random } from '../support/random.js';

const NAMESPACES = ['', '', 'N', 'N', 'M', 'N::M', 'M::N', 'Long', 'N::Action', 'A'];
const ENTITY_NAMES = [
  ...'A B C D E User Doc Group principal entity type tags namespace'.split(' '),
  ...'Long Bool Boolean Set Record Entity Extension ipaddr decimal ip EntityOrCommon __proto__ constructor'.split(' '),
];
const COMMON_NAMES = 'T U V W X Doc A context ipaddr duration datetime Action toString unknown Email'.split(' ');
const ACTION_IDS = [
  'view',
  'edit',
  'all',
  'Action',
  'in',
  'a b',
  '',
  '__cedar',
  'N::view',
  'é',
  '1',
  'x"y\n',
  '\u0301',
  '\u202e',
  '__proto__',
];
const ATTRIBUTE_NAMES = [
  'a',
  'b',
  'c',
  'name',
  'if',
  'a b',
  '',
  '__cedar',
  'Set',
  'é\0',
  '1',
  'in',
  'principal',
  '__proto__',
];
const ENUM_IDS = ['red', 'green', '', 'a"b', '\n', 'é', '\u{1f600}', '\\'];
const ANNOTATION_KEYS = ['doc', 'id', 'if', '__cedar', 'in', 'a1', 'Z'];
const BUILTINS = ['Long', 'Bool', 'String', 'ipaddr', 'decimal', 'datetime', 'duration'];
/** Names that are mostly wrong where they are put. */
const JUNK = [
  'Nope',
  'Boolean',
  'Set',
  '__cedar',
  '__cedar::Long',
  '__cedar::Nope',
  'Action',
  'N::Action',
  'N::Long',
  'A::B::C',
  'N',
  'ip',
  'if',
  'has',
];

interface Declared {
  readonly namespace: string;
  readonly name: string;
  /** Whether it is a record, if it is a common type. */
  readonly isRecord: boolean;
}

/** What a random schema declares, chosen before anything refers to it. */
class Plan {
  readonly random: Random;
  readonly namespaces: readonly string[];
  readonly entities: Declared[] = [];
  readonly commons: Declared[] = [];
  readonly actions: Declared[] = [];

  constructor(random: Random) {
    this.random = random;
    this.namespaces = [...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(NAMESPACES)))];
    for (const namespace of this.namespaces) {
      this.declare(this.entities, namespace, ENTITY_NAMES, 4);
      this.declare(this.commons, namespace, COMMON_NAMES, 4);
      this.declare(this.actions, namespace, ACTION_IDS, 4);
    }
  }

  /** Names that are new, unless chance wants it otherwise. */
  private declare(into: Declared[], namespace: string, names: readonly string[], limit: number): void {
    for (let left = this.random.below(limit); left > 0; left--) {
      const name = this.random.pick(names);
      const clashes = into.some(
        (other) => other.name === name && (other.namespace === namespace || other.namespace === '' || namespace === ''),
      );
      if (!clashes || this.rarely(30)) into.push({ namespace, name, isRecord: this.rarely(2) });
    }
  }

  rarely(odds: number): boolean {
    return this.random.below(odds) === 0;
  }

  of(all: readonly Declared[], namespace: string): readonly Declared[] {
    return all.filter((declared) => declared.namespace === namespace);
  }

  /** A way to write the name of one of these, seen from a namespace. */
  refer(all: readonly Declared[], from: string): string {
    if (all.length === 0 || this.rarely(200)) return this.random.pick(this.rarely(3) ? JUNK : BUILTINS);
    const { namespace, name } = this.random.pick(all);
    if (namespace === '') return name;
    const bare = namespace === from ? !this.rarely(3) : this.rarely(60);
    return bare ? name : `${namespace}::${name}`;
  }

  /** Common types that stand before one, so that there are few circles. */
  commonsBefore(declared: Declared | undefined): readonly Declared[] {
    const at = declared === undefined ? -1 : this.commons.indexOf(declared);
    return at < 0 || this.rarely(40) ? this.commons : this.commons.slice(0, at);
  }

  /** A way to write the name of a common type that is a record. */
  referToRecord(from: string): string {
    return this.refer(this.rarely(30) ? this.commons : this.commons.filter(({ isRecord }) => isRecord), from);
  }

  /** The type of the actions of some namespace. */
  actionType(): string {
    const declared = this.actions.at(this.random.below(this.actions.length + 1) - 1);
    return declared === undefined || declared.namespace === '' ? 'Action' : `${declared.namespace}::Action`;
  }

  some<T>(limit: number, make: () => T): readonly T[] {
    return Array.from({ length: this.random.below(limit) }, make);
  }

  oneOrMore<T>(limit: number, make: () => T): readonly T[] {
    return Array.from({ length: 1 + this.random.below(limit) }, make);
  }
}

/** A schema in Cedar syntax, mostly a valid one, with names that are worth trying. */
export function randomSchemaText(random: Random): string {
  return new TextWriter(new Plan(random)).write();
}

class TextWriter {
  private readonly plan: Plan;
  private readonly random: Random;

  constructor(plan: Plan) {
    this.plan = plan;
    this.random = plan.random;
  }

  write(): string {
    return this.plan.namespaces.map((namespace) => this.namespace(namespace)).join(this.space());
  }

  private space(): string {
    return this.random.pick(['\n', ' ', ' // c\n', '\n\n', '\r\n', '\u00a0', ' //\r']);
  }

  private namespace(name: string): string {
    const { plan } = this;
    const declarations = [
      ...plan.of(plan.commons, name).map((declared) => this.commonType(declared)),
      ...plan.of(plan.entities, name).map((declared) => this.entityType(declared)),
      ...plan.of(plan.actions, name).map((declared) => this.action(declared)),
    ];
    const content = declarations.map((declaration) => `${declaration}${this.space()}`).join('');
    if (name === '') return content;
    return `${this.annotations()}namespace ${name} {${this.space()}${content}}`;
  }

  private annotations(): string {
    if (!this.plan.rarely(5)) return '';
    const keys = [...new Set(this.plan.some(3, () => this.random.pick(ANNOTATION_KEYS)))];
    return keys
      .map((key) => `@${key}${this.plan.rarely(2) ? `(${this.text(this.random.pick(ENUM_IDS))})` : ''}${this.space()}`)
      .join('');
  }

  private text(content: string): string {
    const escaped = content.replaceAll(/["\\]/g, '\\$&').replaceAll('\0', '\\0');
    return `"${this.plan.rarely(8) ? escaped.replaceAll('e', '\\u{65}') : escaped}"`;
  }

  private name(name: string): string {
    const isWord = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !/^(if|in|has|is|like|true|false|then|else)$/.test(name);
    return isWord && !this.plan.rarely(4) ? name : this.text(name);
  }

  private commonType(declared: Declared): string {
    return `${this.annotations()}type ${declared.name} = ${declared.isRecord ? this.record(declared.namespace, 2, declared) : this.type(declared.namespace, 2, declared)};`;
  }

  private entityType({ namespace, name }: Declared): string {
    const head = `${this.annotations()}entity ${name}`;
    if (this.plan.rarely(5)) {
      return `${head} enum [${this.plan.oneOrMore(3, () => this.text(this.random.pick(ENUM_IDS))).join(', ')}];`;
    }
    const within = this.plan.rarely(3) ? ` in ${this.types(namespace, false)}` : '';
    const shape = this.plan.rarely(3)
      ? ''
      : ` ${this.plan.rarely(2) ? '= ' : ''}${this.record(namespace, 2, undefined)}`;
    const tags = this.plan.rarely(4) ? ` tags ${this.type(namespace, 1, undefined)}` : '';
    return `${head}${within}${shape}${tags};`;
  }

  private types(namespace: string, notEmpty: boolean): string {
    const name = (): string => this.plan.refer(this.plan.entities, namespace);
    if (this.plan.rarely(2)) return name();
    return `[${(notEmpty && !this.plan.rarely(30) ? this.plan.oneOrMore(3, name) : this.plan.some(4, name)).join(', ')}]`;
  }

  private action({ namespace, name }: Declared): string {
    const isFirst = this.plan.actions[0]?.namespace === namespace && this.plan.actions[0].name === name;
    const within =
      this.plan.rarely(3) && (!isFirst || this.plan.rarely(20)) ? ` in ${this.groups(namespace, name)}` : '';
    const applies =
      this.plan.rarely(3) || this.plan.entities.length === 0 ? '' : ` appliesTo {${this.entries(namespace)}}`;
    const attributes = this.plan.rarely(20) ? ' attributes {}' : '';
    return `${this.annotations()}action ${this.name(name)}${within}${applies}${attributes};`;
  }

  private groups(namespace: string, name: string): string {
    // An action is mostly put into actions that stand before it, so that there are few circles.
    const { actions } = this.plan;
    const at = actions.findIndex((declared) => declared.namespace === namespace && declared.name === name);
    const before = this.plan.rarely(30) ? actions : actions.slice(0, at);
    const group = (): string => {
      if (before.length === 0)
        return this.plan.rarely(10) ? 'Nope::Action::"x"' : this.name(actions.at(-1)?.name ?? 'x');
      const other = this.random.pick(before);
      if (other.namespace === namespace && this.plan.rarely(2)) return this.name(other.name);
      return `${other.namespace === '' ? '' : `${other.namespace}::`}Action::${this.text(other.name)}`;
    };
    return this.plan.rarely(2) ? group() : `[${this.plan.oneOrMore(2, group).join(', ')}]`;
  }

  private entries(namespace: string): string {
    const entries = [`principal: ${this.types(namespace, true)}`, `resource: ${this.types(namespace, true)}`];
    if (this.plan.rarely(2)) {
      const isRecord = !this.plan.rarely(3) || !this.plan.commons.some((common) => common.isRecord);
      entries.push(`context: ${isRecord ? this.record(namespace, 2, undefined) : this.plan.referToRecord(namespace)}`);
    }
    if (this.plan.rarely(3)) entries.reverse();
    if (this.plan.rarely(40)) entries.pop();
    return `${entries.join(', ')}${this.plan.rarely(4) ? ',' : ''}`;
  }

  private record(namespace: string, depth: number, inside: Declared | undefined): string {
    const attributes = this.plan.some(4, () => {
      const name = this.name(this.random.pick(ATTRIBUTE_NAMES));
      return `${this.annotations()}${name}${this.plan.rarely(3) ? '?' : ''}: ${this.type(namespace, depth - 1, inside)}`;
    });
    return `{${attributes.join(`,${this.space()}`)}${attributes.length > 0 && this.plan.rarely(4) ? ',' : ''}}`;
  }

  private type(namespace: string, depth: number, inside: Declared | undefined): string {
    switch (this.random.below(depth > 0 ? 8 : 6)) {
      case 0:
      case 1:
        return this.random.pick(BUILTINS);
      case 2:
        return `__cedar::${this.random.pick(BUILTINS)}`;
      case 3:
        return this.plan.refer(this.plan.commonsBefore(inside), namespace);
      case 4:
        return this.plan.refer(this.plan.entities, namespace);
      case 5:
        return this.plan.rarely(6) && this.plan.actions.length > 0
          ? this.plan.actionType()
          : this.random.pick(BUILTINS);
      case 6:
        return `Set<${this.type(namespace, depth - 1, inside)}>`;
      default:
        return this.record(namespace, depth, inside);
    }
  }
}

/** A schema in JSON, mostly a valid one; it uses every form that JSON has and Cedar syntax has not. */
export function randomSchemaJson(random: Random): { [key: string]: PlainJson } {
  return new JsonWriter(new Plan(random)).write();
}

type Json = { [key: string]: PlainJson };

class JsonWriter {
  private readonly plan: Plan;
  private readonly random: Random;

  constructor(plan: Plan) {
    this.plan = plan;
    this.random = plan.random;
  }

  write(): Json {
    return this.object(this.plan.namespaces.map((name) => [name, this.namespace(name)]));
  }

  /** An object with exactly these members, `__proto__` included. */
  private object(members: Iterable<readonly [string, PlainJson | undefined]>): Json {
    const object = Object.create(null) as Json;
    for (const [key, value] of members) if (value !== undefined) object[key] = value;
    return object;
  }

  private maybe<T extends PlainJson>(odds: number, make: () => T): T | undefined {
    return this.plan.rarely(odds) ? make() : undefined;
  }

  private nullOrAbsent(): null | undefined {
    return this.plan.rarely(2) ? null : undefined;
  }

  private namespace(name: string): Json {
    const { plan } = this;
    const commons = plan.of(plan.commons, name);
    return this.object([
      [
        'commonTypes',
        commons.length === 0 && !plan.rarely(4)
          ? undefined
          : this.object(commons.map((one) => [one.name, this.commonType(one)])),
      ],
      ['entityTypes', this.object(plan.of(plan.entities, name).map((one) => [one.name, this.entityType(one)]))],
      ['actions', this.object(plan.of(plan.actions, name).map((one) => [one.name, this.action(one)]))],
      ['annotations', name === '' && !plan.rarely(20) ? undefined : this.maybe(5, () => this.annotations())],
    ]);
  }

  private annotations(): Json {
    return this.object(
      this.plan.some(3, () => [
        this.random.pick(ANNOTATION_KEYS),
        this.plan.rarely(3) ? null : this.random.pick(ENUM_IDS),
      ]),
    );
  }

  private commonType(declared: Declared): Json {
    const { namespace, isRecord } = declared;
    return this.object([
      ...Object.entries(isRecord ? this.record(namespace, 2, declared) : this.type(namespace, 2, declared)),
      ['annotations', this.maybe(5, () => this.annotations())],
    ]);
  }

  private entityType({ namespace }: Declared): Json {
    const annotations = this.maybe(5, () => this.annotations());
    if (this.plan.rarely(5)) {
      return this.object([
        ['enum', [...this.plan.oneOrMore(3, () => this.random.pick(ENUM_IDS))]],
        ['annotations', annotations],
      ]);
    }
    return this.object([
      ['memberOfTypes', this.maybe(3, () => this.types(namespace))],
      ['shape', this.plan.rarely(3) ? undefined : this.shape(namespace)],
      ['tags', this.maybe(4, () => this.type(namespace, 1, undefined))],
      ['annotations', annotations],
    ]);
  }

  /** A record, or a reference that may be one. */
  private shape(namespace: string): Json {
    if (!this.plan.rarely(8) || !this.plan.commons.some(({ isRecord }) => isRecord))
      return this.record(namespace, 2, undefined);
    const name = this.plan.referToRecord(namespace);
    return this.plan.rarely(2) ? { type: name } : { type: 'EntityOrCommon', name };
  }

  private types(namespace: string): PlainJson[] {
    return [...this.plan.some(4, () => this.plan.refer(this.plan.entities, namespace))];
  }

  private action({ namespace, name }: Declared): Json {
    return this.object([
      ['appliesTo', this.plan.rarely(4) ? this.nullOrAbsent() : this.appliesTo(namespace)],
      ['memberOf', this.plan.rarely(3) ? this.groups(namespace, name) : this.nullOrAbsent()],
      ['attributes', this.maybe(30, () => null)],
      ['annotations', this.maybe(5, () => this.annotations())],
    ]);
  }

  private groups(namespace: string, name: string): PlainJson[] {
    const { actions } = this.plan;
    const at = actions.findIndex((declared) => declared.namespace === namespace && declared.name === name);
    const before = this.plan.rarely(30) ? actions : actions.slice(0, at);
    if (before.length === 0) return [];
    return [
      ...this.plan.some(3, () => {
        const other = this.random.pick(before);
        const type = `${other.namespace === '' ? '' : `${other.namespace}::`}Action`;
        return this.object([
          ['id', other.name],
          ['type', other.namespace === namespace && this.plan.rarely(2) ? this.nullOrAbsent() : type],
        ]);
      }),
    ];
  }

  private appliesTo(namespace: string): Json {
    return this.object([
      ['principalTypes', this.types(namespace)],
      ['resourceTypes', this.types(namespace)],
      ['context', this.maybe(2, () => this.shape(namespace))],
    ]);
  }

  private record(namespace: string, depth: number, inside: Declared | undefined): Json {
    const attributes = this.plan.some(4, () => {
      const attribute = this.object([
        ...Object.entries(this.type(namespace, depth - 1, inside)),
        ['required', this.maybe(3, () => this.plan.rarely(2))],
        ['annotations', this.maybe(6, () => this.annotations())],
      ]);
      return [this.random.pick(ATTRIBUTE_NAMES), attribute] as const;
    });
    return this.object([
      ['type', 'Record'],
      ['attributes', this.object(attributes)],
      ['additionalAttributes', this.maybe(8, () => this.plan.rarely(20))],
    ]);
  }

  private type(namespace: string, depth: number, inside: Declared | undefined): Json {
    const { plan, random } = this;
    switch (random.below(depth > 0 ? 10 : 8)) {
      case 0:
        return { type: random.pick(['Boolean', 'Long', 'String']) };
      case 1:
        return { type: random.pick([...BUILTINS, '__cedar::Long', '__cedar::ipaddr', '__cedar::Bool']) };
      case 2:
        return { type: 'Extension', name: random.pick([...BUILTINS.slice(3), plan.rarely(20) ? 'ip' : 'ipaddr']) };
      case 3:
        return { type: plan.refer(plan.commonsBefore(inside), namespace) };
      case 4:
        return {
          type: 'Entity',
          name: plan.rarely(10) && plan.actions.length > 0 ? plan.actionType() : plan.refer(plan.entities, namespace),
        };
      case 5:
        return { type: 'EntityOrCommon', name: plan.refer(plan.commonsBefore(inside), namespace) };
      case 6:
        return { type: 'EntityOrCommon', name: plan.refer(plan.entities, namespace) };
      case 7:
        return { type: 'EntityOrCommon', name: random.pick(BUILTINS) };
      case 8:
        return { type: 'Set', element: this.type(namespace, depth - 1, inside) };
      default:
        return this.record(namespace, depth, inside);
    }
  }
}
