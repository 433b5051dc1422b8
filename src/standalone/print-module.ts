import type { Expr } from '../ast/expression.js';
import type { Policy, PolicySet } from '../ast/policy.js';
import { childrenOf } from '../ast/walk.js';
import { compilePolicySet } from '../authorizer/compile-policy-set.js';
import { emitConditions, type SharedConstants } from '../compiler/emit-conditions.js';
import { RUNTIME } from '../compiler/runtime.js';
import { SoughtNames } from '../compiler/sought-names.js';
import { type Result, success } from '../diagnostics/diagnostic.js';
import type { Conditions } from '../evaluator/conditions.js';
import type { Schema } from '../schema/schema.js';
import { packData } from './pack-data.js';
import type { StandaloneBody, StandaloneData, StandalonePolicy } from './standalone-data.js';
import { WrittenLike } from './written-like.js';

export interface ModuleOptions {
  /** The command that makes the same text again, for the first line. */
  readonly command: string;
  /** Text of the run-time part: that for modules with a schema when there is one. */
  readonly runtime: string;
  readonly schema: Schema | undefined;
}

/** Conditions that nest deeper than this stay with the closures: not every host can read such code. */
const MOST_LEVELS = 100;

/**
 * Writes policies and their links as an ES module that imports nothing and answers as `createAuthorizer` does. The same
 * set and options give the same text. Ids used twice and links that do not fit are reported.
 */
export function printModule(set: PolicySet, options: ModuleOptions): Result<string> {
  const compiled = compilePolicySet(set);
  if (!compiled.ok) return compiled;
  const bodies = new Bodies();
  const policies = compiled.value.map(
    ({ id, policy, conditions, values }): StandalonePolicy => ({
      id,
      body: bodies.numberOf(policy, conditions),
      values,
    }),
  );
  const data: StandaloneData = { bodies: bodies.list, policies, schema: options.schema };
  return success(`// Written by \`${inComment(options.command)}\`: change the policies, not this file.
/* eslint-disable */
${options.runtime.trim()}
const { ${Object.keys(RUNTIME).join(', ')} } = deodar.RUNTIME;
const codes = [
${bodies.codes.map((body) => `(f, k) => {\n${body}\n},`).join('\n')}
];
const data = ${jsonLiteral(packData(data))};
export const { isAuthorized, parseEntities } = deodar.create(JSON.parse(data), codes);
`);
}

/** Policies and templates with the functions of their conditions: one for each shape. */
class Bodies {
  readonly list: StandaloneBody[] = [];
  readonly codes: string[] = [];
  private readonly shared: SharedConstants = { patterns: WRITTEN_PATTERNS, names: new SoughtNames() };
  private readonly numbers = new Map<Policy, number>();
  private readonly codeNumbers = new Map<string, number>();

  numberOf(policy: Policy, conditions: Conditions): number {
    const known = this.numbers.get(policy);
    if (known !== undefined) return known;
    this.numbers.set(policy, this.list.length);
    return this.list.push(this.bodyOf(policy, conditions)) - 1;
  }

  private bodyOf(policy: Policy, { written }: Conditions): StandaloneBody {
    const bare: Policy = {
      ...policy,
      span: undefined,
      conditions: written.map((each) => ({ ...each, span: undefined })),
    };
    const isDeep = written.some(({ body }) => levelsOf(body) > MOST_LEVELS);
    const emitted = isDeep || written.length === 0 ? undefined : emitConditions(written, this.shared);
    if (emitted === undefined) return { policy: bare, code: undefined, constants: [] };
    return { policy: bare, code: this.codeNumber(emitted.body.toString()), constants: emitted.constants };
  }

  private codeNumber(body: string): number {
    const known = this.codeNumbers.get(body);
    if (known !== undefined) return known;
    this.codeNumbers.set(body, this.codes.length);
    return this.codes.push(body) - 1;
  }
}

const WRITTEN_PATTERNS = {
  add: (pattern: WrittenLike['pattern'], path: string | undefined) => new WrittenLike(pattern, path),
};

function levelsOf(root: Expr): number {
  let most = 0;
  const pending = [{ expr: root, level: 1 }];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { expr, level } = item;
    most = Math.max(most, level);
    for (const child of childrenOf(expr)) pending.push({ expr: child, level: level + 1 });
  }
  return most;
}

/** Data as a JavaScript text of its JSON, which can also stand in a script of a page. */
function jsonLiteral(data: object): string {
  const json = JSON.stringify(data).replace(/[\\'<\u2028\u2029]/g, (character) => {
    if (character === '\\' || character === "'") return `\\${character}`;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${json}'`;
}

/** A command as one line, in which a page sees no end of a script. */
function inComment(command: string): string {
  return command.replace(/[\p{Cc}\u2028\u2029<]/gu, '?');
}
