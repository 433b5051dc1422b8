import fc from 'fast-check';

/** Tokens of a piece of policy text, without what stands between them. */
type Tokens = readonly string[];
type Piece = fc.Arbitrary<Tokens>;

const word = fc.constantFrom('a', 'name', 'permit', 'when', 'context', 'departmentOfTheOwner', 'x'.repeat(45), '__tag');
const string = fc.constantFrom(
  '""',
  '"b"',
  String.raw`"quoted \" // no comment"`,
  '"two\n\n  lines"',
  '"line\u2028separator"',
  '"日本語 👍🏽 é"',
  `"${'long '.repeat(16)}"`,
  '"  "',
);
const integer = fc.constantFrom('0', '007', '1', '9223372036854775807', '000');

const typeName: Piece = fc
  .array(fc.constantFrom('User', 'Group', 'action', 'NamespaceOfSomeLength'), { minLength: 1, maxLength: 3 })
  .map((parts) => separated(parts.map(single), '::'));
const entity: Piece = fc.tuple(typeName, string).map(([type, id]) => [...type, '::', id]);
const actionEntity: Piece = string.map((id) => ['Action', '::', id]);

function single(token: string): Tokens {
  return [token];
}

function separated(items: readonly Tokens[], separator: string): Tokens {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]));
}

function joined(operators: readonly string[], operand: Piece, most: number): Piece {
  const steps = fc.array(fc.tuple(fc.constantFrom(...operators), operand), { maxLength: most });
  return fc.tuple(operand, steps).map(([first, rest]) => [...first, ...rest.flatMap(([op, next]) => [op, ...next])]);
}

/** Grammar of policies; `trailing` says whether a list ends with a comma. */
class Grammar {
  private readonly trailing: fc.Arbitrary<boolean>;

  constructor(trailing: fc.Arbitrary<boolean>) {
    this.trailing = trailing;
  }

  private list(open: string, items: fc.Arbitrary<readonly Tokens[]>, close: string): Piece {
    return fc
      .tuple(items, this.trailing)
      .map(([each, comma]) => [open, ...separated(each, ','), ...(comma && each.length > 0 ? [','] : []), close]);
  }

  private readonly expression: fc.Memo<Tokens> = fc.memo((depth) => {
    const relation = this.relation(depth);
    if (depth <= 1) return fc.oneof(relation, joined(['&&', '||'], relation, 2));
    const inner = this.expression(depth - 1);
    const choice: Piece = fc
      .tuple(inner, inner, inner)
      .map(([test, yes, no]) => ['if', ...test, 'then', ...yes, 'else', ...no]);
    return fc.oneof(
      { arbitrary: relation, weight: 2 },
      { arbitrary: joined(['&&', '||'], relation, 3), weight: 3 },
      { arbitrary: choice, weight: 1 },
    );
  });

  private relation(depth: number): Piece {
    const sum = this.sum(depth);
    const path = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => separated(parts.map(single), '.'));
    const test: Piece = fc.oneof(
      fc.tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'), sum).map(([op, right]) => [op, ...right]),
      fc.oneof(path, string.map(single)).map((attribute) => ['has', ...attribute]),
      string.map((pattern) => ['like', pattern]),
      typeName.map((type) => ['is', ...type]),
      fc.tuple(typeName, sum).map(([type, group]) => ['is', ...type, 'in', ...group]),
    );
    return fc.oneof(
      { arbitrary: sum, weight: 1 },
      { arbitrary: fc.tuple(sum, test).map(([left, rest]) => [...left, ...rest]), weight: 2 },
    );
  }

  private sum(depth: number): Piece {
    const operand = this.operand(depth);
    const product = fc.oneof({ arbitrary: operand, weight: 4 }, { arbitrary: joined(['*'], operand, 3), weight: 1 });
    return fc.oneof({ arbitrary: product, weight: 4 }, { arbitrary: joined(['+', '-'], product, 3), weight: 1 });
  }

  private operand(depth: number): Piece {
    const accessed = this.accessed(depth);
    const operators: Piece = fc
      .tuple(fc.constantFrom('!', '-'), fc.integer({ min: 1, max: 4 }))
      .map(([op, times]) => Array.from({ length: times }, () => op));
    return fc.oneof(
      { arbitrary: accessed, weight: 4 },
      { arbitrary: fc.tuple(operators, accessed).map(([ops, value]) => [...ops, ...value]), weight: 1 },
    );
  }

  private accessed(depth: number): Piece {
    const plain: Piece[] = [
      word.map((attribute) => ['.', attribute]),
      string.map((attribute) => ['[', attribute, ']']),
      fc.constant(['.', 'isEmpty', '(', ')']),
    ];
    const calls: Piece[] = [];
    if (depth > 1) {
      const inner = this.expression(depth - 1);
      const one = this.list(
        '(',
        inner.map((argument) => [argument]),
        ')',
      );
      const some = this.list('(', fc.array(inner, { maxLength: 3, size: 'xsmall' }), ')');
      const builtin = fc.constantFrom('contains', 'containsAny', 'getTag');
      calls.push(
        fc.tuple(builtin, one).map(([method, args]) => ['.', method, ...args]),
        some.map((args) => ['.', 'offset', ...args]),
      );
    }
    const accesses = fc.array(fc.oneof(...plain, ...calls), { maxLength: 4, size: 'xsmall' });
    return fc.tuple(this.value(depth), accesses).map(([value, steps]) => [...value, ...steps.flat()]);
  }

  private value(depth: number): Piece {
    const leaf: Piece = fc.oneof(
      fc.constantFrom('principal', 'action', 'resource', 'context', 'true', 'false').map(single),
      string.map(single),
      integer.map(single),
      entity,
    );
    if (depth <= 1) return leaf;
    const inner = this.expression(depth - 1);
    const pair = fc.tuple(fc.oneof(word, string), inner);
    const entries = fc.uniqueArray(pair, { maxLength: 4, selector: ([key]) => key, size: 'xsmall' });
    const call = fc.tuple(
      fc.constantFrom('ip', 'decimal', 'datetime'),
      this.list('(', fc.array(inner, { maxLength: 2 }), ')'),
    );
    return fc.oneof(
      { arbitrary: leaf, weight: 6 },
      { arbitrary: call.map(([name, args]) => [name, ...args]), weight: 1 },
      { arbitrary: inner.map((nested) => ['(', ...nested, ')']), weight: 1 },
      { arbitrary: this.list('[', fc.array(inner, { maxLength: 4, size: 'xsmall' }), ']'), weight: 1 },
      {
        arbitrary: this.list(
          '{',
          entries.map((each) => each.map(([key, value]) => [key, ':', ...value])),
          '}',
        ),
        weight: 1,
      },
    );
  }

  private variable(name: 'principal' | 'resource'): Piece {
    const parenthesized: Piece = entity.map((uid) => ['(', ...uid, ')']);
    const reference = fc.oneof(entity, fc.constant([`?${name}`]), parenthesized);
    return fc.oneof(
      fc.constant([name]),
      fc.tuple(fc.constantFrom('==', 'in'), reference).map(([op, uid]) => [name, op, ...uid]),
      typeName.map((type) => [name, 'is', ...type]),
      fc.tuple(typeName, reference).map(([type, uid]) => [name, 'is', ...type, 'in', ...uid]),
    );
  }

  private scope(): Piece {
    const action: Piece = fc.oneof(
      fc.constant(['action']),
      fc.tuple(fc.constantFrom('==', 'in'), actionEntity).map(([op, uid]) => ['action', op, ...uid]),
      this.list('[', fc.array(actionEntity, { maxLength: 4 }), ']').map((uids) => ['action', 'in', ...uids]),
    );
    const open = fc.constant<readonly Tokens[]>([['principal'], ['action'], ['resource']]);
    return this.list('(', fc.oneof(open, fc.tuple(this.variable('principal'), action, this.variable('resource'))), ')');
  }

  policy(): Piece {
    const annotation: Piece = fc
      .tuple(fc.constantFrom('id', 'if', 'permit', 'note', 'in'), fc.option(string))
      .map(([key, value]) => ['@', key, ...(value === null ? [] : ['(', value, ')'])]);
    const body = fc.oneof(this.expression(1), this.expression(2), this.expression(3));
    const condition: Piece = fc
      .tuple(fc.constantFrom('when', 'unless'), body)
      .map(([keyword, tokens]) => [keyword, '{', ...tokens, '}']);
    return fc
      .tuple(
        fc.uniqueArray(annotation, { maxLength: 3, selector: (tokens) => tokens[1] }),
        fc.constantFrom('permit', 'forbid'),
        this.scope(),
        fc.array(condition, { maxLength: 2 }),
      )
      .map(([annotations, effect, scope, conditions]) => [
        ...annotations.flat(),
        effect,
        ...scope,
        ...conditions.flat(),
        ';',
      ]);
  }
}

const comment = fc.constantFrom(
  '// one',
  '// two "',
  '//',
  '// three // four',
  '// 五 👍  ',
  `// ${'long '.repeat(15)}`,
  '//\u00a0\u0085',
  '// ends with a byte order mark \ufeff',
);
const spaces = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '\r\n', '\t', '\u2028');
const comments = fc.oneof(
  comment.map((one) => ` ${one}\n`),
  comment.map((one) => `\n${one}\n`),
  comment.map((one) => ` ${one}\r\n`),
  fc.tuple(comment, comment).map(([one, two]) => `\n\n  ${one}\n\n  ${two}\n\n`),
  fc.tuple(comment, comment).map(([one, two]) => ` ${one}\n\n  ${two}\n`),
  fc.tuple(comment, comment).map(([one, two]) => ` ${one}\r  ${two}\r`),
);

/** What stands between tokens: mostly spaces in most texts, mostly comments in some. */
const gaps = fc.constantFrom(0, 0, 1, 5, 30).chain((weight) =>
  fc.array(fc.oneof({ arbitrary: spaces, weight: 30 }, { arbitrary: comments, weight }), {
    minLength: 1,
    maxLength: 60,
    size: 'max',
  }),
);

function textsOf(grammar: Grammar): fc.Arbitrary<string> {
  const policies = fc.array(grammar.policy(), { minLength: 1, maxLength: 3 });
  return fc.tuple(policies, gaps).map(([each, between]) => {
    const pieces = each.flat().map((token, index) => `${between[index % between.length]}${token}`);
    return `${pieces.join('')}${between[0]}`;
  });
}

/** Policy sets with white space and comments between any two tokens, no list ending with a comma. */
export const policyText: fc.Arbitrary<string> = textsOf(new Grammar(fc.constant(false)));

/** The same with commas after the last element of lists here and there. */
export const policyTextWithTrailingCommas: fc.Arbitrary<string> = textsOf(
  new Grammar(fc.integer({ min: 0, max: 2 }).map((chance) => chance === 0)),
);

export const widths = fc.record({
  lineWidth: fc.constantFrom(80, 80, 20, 40, 120, 0, 2 ** 32 - 1),
  indentWidth: fc.constantFrom(2, 2, 4, 0, 1, -1),
});
