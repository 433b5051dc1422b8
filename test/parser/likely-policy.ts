import type { Random } from '../support/random.js';

// Policies by the grammar that are mostly right: a place in eighty has something that looks right and is not. Mutations
// of examples seldom put two constructs beside each other that no example has side by side, such as `if` and `like`.

const SPACES = [' ', ' ', ' ', '\n', '\r\n', '\r', '\t', '\v', '\f', ' // c\n', '//\r', '// \u{1f600} "\r\n'];
const ODD_SPACES = ['', '\u0085', '\u00a0', '\u2028', '\ufeff', '\u200b', '/**/', '//'];
const NAMES = ['a', 'b', '_', 'A1', 'Action', 'U', 'x', 'principal', 'when', 'constructor', '__proto__', 'datetime'];
const ODD_NAMES = ['is', 'in', 'if', 'true', 'like', 'has', '__cedar', 'é', 'aé', 'contains'];
const KEYS = ['a', 'id', 'if', 'in', 'principal', '__cedar', 'constructor', '__proto__'];
const LETTERS = [
  'a',
  '*',
  '\\n',
  '\\u{1F600}',
  '\\u{0_1}',
  '\\x41',
  '\\0',
  "\\'",
  '\\"',
  '\u{1f600}',
  '\n',
  '//',
  '\\\\',
];
const ODD_LETTERS = ['\\*', '\\u{d800}', '\\u{110000}', '\\x80', '\r', '\\q', '\\u0041'];
const INTEGERS = ['0', '1', '007', '9223372036854775807', '00000000000000000000000001'];
const ODD_INTEGERS = [
  '9223372036854775808',
  '18446744073709551616',
  '1_0',
  '1e3',
  '0x1',
  '1.5',
  '000009223372036854775808',
];
const SIMPLE = [
  'principal',
  'context',
  'true',
  'false',
  '[]',
  '{}',
  'resource',
  '-9223372036854775808',
  '-1',
  'A::B::""',
];

/** A policy, or two, that the grammar mostly takes. */
export function likelyPolicy(random: Random): string {
  const maker = new Maker(random);
  return random.below(4) === 0 ? maker.policy() + maker.policy() : maker.policy();
}

class Maker {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  policy(): string {
    const annotations = this.some(3, () => this.annotation(), ' ');
    const effect = this.likely(['permit', 'forbid'], ['Permit']);
    const scope = [this.element('principal'), ',', this.action(), ',', this.element('resource'), this.maybe(',')];
    const conditions = this.some(3, () => this.condition(), ' ');
    return this.row(annotations, effect, '(', ...scope, ')', conditions, this.likely([';'], ['', ';;']));
  }

  private likely(good: readonly string[], odd: readonly string[]): string {
    return this.random.pick(this.random.below(80) === 0 ? odd : good);
  }

  private maybe(text: string): string {
    return this.random.below(4) === 0 ? text : '';
  }

  private some(most: number, make: () => string, separator: string): string {
    return Array.from({ length: this.random.below(most) }, make).join(separator);
  }

  /** Pieces with space of some kind behind each. */
  private row(...pieces: readonly string[]): string {
    const space = (): string => (this.random.below(5) === 0 ? this.likely(SPACES, ODD_SPACES) : ' ');
    return pieces.map((piece) => piece + space()).join('');
  }

  /** In parentheses or not. */
  private grouped(text: string, most = 3): string {
    const count = this.random.below(3) === 0 ? 1 + this.random.below(most) : 0;
    return '('.repeat(count) + text + ')'.repeat(count);
  }

  private name(): string {
    return this.likely(NAMES, ODD_NAMES);
  }

  private text(): string {
    return `"${this.some(4, () => this.likely(LETTERS, ODD_LETTERS), '')}"`;
  }

  private typeName(): string {
    return Array.from({ length: 1 + this.random.below(3) }, () => this.name()).join('::');
  }

  private entity(): string {
    return `${this.typeName()}${this.maybe(' ')}::${this.text()}`;
  }

  private annotation(): string {
    const value = this.likely(['', `(${this.text()})`, `( ${this.text()} )`], [`(${this.text()},)`, '()', '(1)']);
    return this.row('@', this.likely([...KEYS, `k${this.random.below(99)}`], ['1', 'é', '"a"']), value);
  }

  private element(variable: string): string {
    const entity = (): string => this.likely([this.entity(), `(${this.entity()})`], ['?x', `?${variable}é`, '[]', '1']);
    const constraint = this.random.pick(['', '==', 'in', 'is', 'is in']);
    if (constraint === '') return this.row(variable);
    if (constraint === 'is') return this.row(variable, 'is', this.typeName());
    if (constraint === 'is in') return this.row(variable, 'is', this.typeName(), 'in', entity());
    return this.row(variable, this.likely([constraint], ['=', 'has']), entity());
  }

  private action(): string {
    const uid = (): string =>
      this.likely(['Action::"a"', 'N::Action::"b"', 'Action ::""'], [this.entity(), '?action', '(Action::"a")']);
    const list = (): string => this.row('[', this.some(4, uid, ','), this.likely([''], [',']), ']');
    return this.row('action', this.random.pick(['', `== ${uid()}`, `in ${uid()}`, `in ${list()}`]));
  }

  private condition(): string {
    return this.row(this.likely(['when', 'unless'], ['if']), '{', this.expression(3), '}');
  }

  private expression(depth: number): string {
    if (depth <= 0) return this.grouped(this.leaf());
    const inner = (): string => this.expression(depth - 1 - this.random.below(2));
    const list = (closer: string, make: () => string): string =>
      this.row(this.some(4, make, ','), this.likely(['', ''], [',']), closer);
    const operator = (...good: readonly string[]): string => this.likely(good, ['=', '=>', '/', '%', '**', '&', '===']);
    const arithmetic = (): string => operator('+', '-', '*');
    const key = (): string => this.random.pick([this.name(), this.text(), `k${this.random.below(99)}`]);
    const forms: readonly (() => string)[] = [
      () => this.row(inner(), operator('&&', '||'), inner()),
      () => this.row(inner(), operator('&&', '||'), inner(), operator('&&', '||'), inner()),
      () => this.row(this.likely(['!', '!!', '-', '--', '----'], ['!!!!!', '!-', '-!']), inner()),
      () => this.row(inner(), operator('==', '!=', '<', '<=', '>', '>=', 'in'), inner()),
      () => this.row(inner(), arithmetic(), inner()),
      () => this.row(inner(), arithmetic(), inner(), arithmetic(), inner()),
      () => this.row(inner(), 'has', this.likely([this.name(), this.text(), 'a.b . c'], ['(a)', 'a."b"', 'a::b'])),
      () => this.row(inner(), 'like', this.likely([this.text()], [this.name(), `(${this.text()})`])),
      () => this.row(inner(), 'is', this.typeName()),
      () => this.row(inner(), 'is', this.typeName(), 'in', inner()),
      () => this.row('if', inner(), 'then', inner(), 'else', inner()),
      () => this.row('if', inner(), 'then', inner(), 'else', inner(), 'like', this.text()),
      () => this.row('[', list(']', inner)),
      () =>
        this.row(
          '{',
          list('}', () => this.row(key(), ':', inner())),
        ),
      () => this.row(inner(), '.', this.name()),
      () => this.row(inner(), '[', this.likely([this.text()], ['a', '1']), ']'),
      () => this.row(inner(), '.', this.random.pick(['contains', 'containsAll', 'getTag']), '(', inner(), ')'),
      () => this.row(inner(), '.', this.likely(['isEmpty', 'isIpv4'], ['ip', 'foo']), '(', ')'),
      () => this.row(this.likely(['ip', 'decimal', 'unknown'], ['A::ip', 'foo', 'isIpv4']), '(', inner(), ')'),
    ];
    const form = this.random.pick(forms);
    return this.grouped(form());
  }

  private leaf(): string {
    const good = [...SIMPLE, this.text(), this.entity(), this.likely(INTEGERS, ODD_INTEGERS)];
    return this.likely(good, [this.name(), '?principal', this.typeName()]);
  }
}
