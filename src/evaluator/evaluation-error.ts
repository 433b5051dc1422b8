import type { Entity } from '../entities/entity.js';
import { compareCodePoints } from '../text/code-point-order.js';
import type { Span } from '../text/source.js';
import { printEntityUid, quoteText } from '../values/print.js';
import { type EntityUid, kindOf, type Long, type RecordValue, type Value, type ValueKind } from '../values/value.js';

/** What went wrong while a policy was evaluated; the kinds are Cedar's. */
export type EvaluationProblem =
  | {
      readonly kind: 'TypeError';
      readonly expected: readonly ValueKind[];
      readonly actual: Value;
      readonly help?: string;
    }
  | { readonly kind: 'EntityDoesNotExist'; readonly uid: EntityUid }
  | {
      readonly kind: 'EntityAttrDoesNotExist';
      readonly entity: Entity;
      readonly attribute: string;
      readonly tag: boolean;
    }
  | { readonly kind: 'RecordAttrDoesNotExist'; readonly record: RecordValue; readonly attribute: string }
  | { readonly kind: 'IntegerOverflow'; readonly op: '+' | '-' | '*' | 'neg'; readonly operands: readonly Long[] }
  | {
      readonly kind: 'FailedExtensionFunctionExecution';
      readonly extension: string;
      readonly reason: string;
      readonly help: string | undefined;
    }
  | { readonly kind: 'FailedExtensionFunctionLookup'; readonly function: string }
  | {
      readonly kind: 'WrongNumArguments';
      readonly function: string;
      readonly expected: number;
      readonly actual: number;
    };

export type EvaluationErrorKind = EvaluationProblem['kind'];

/**
 * Why one policy could not be evaluated. It is thrown inside the evaluator only, carries no stack, and makes its text
 * when somebody reads it, so that a policy that errs on every request costs little more than one that does not.
 */
export class EvaluationError {
  readonly problem: EvaluationProblem;
  /** The expression at fault, as offsets into the policy's source. */
  readonly span: Span | undefined;

  constructor(problem: EvaluationProblem, span: Span | undefined) {
    this.problem = problem;
    this.span = span;
  }

  get kind(): EvaluationErrorKind {
    return this.problem.kind;
  }

  /** One sentence in the official engine's words, without the policy's id. */
  get message(): string {
    return messageOf(this.problem);
  }

  get help(): string | undefined {
    return helpOf(this.problem);
  }

  toJSON(): { kind: EvaluationErrorKind; message: string; help?: string; span?: Span } {
    const { kind, message, help, span } = this;
    return { kind, message, ...(help === undefined ? {} : { help }), ...(span === undefined ? {} : { span }) };
  }
}

function messageOf(problem: EvaluationProblem): string {
  switch (problem.kind) {
    case 'TypeError': {
      const names = problem.expected.map(kindName);
      const expected = names.length === 1 ? names[0] : `one of [${names.join(', ')}]`;
      const actual =
        typeof problem.actual === 'object' && problem.actual.kind === 'entity'
          ? `(entity of type \`${problem.actual.type}\`)`
          : kindName(kindOf(problem.actual));
      return `type error: expected ${expected}, got ${actual}`;
    }
    case 'EntityDoesNotExist':
      return `entity \`${printEntityUid(problem.uid)}\` does not exist`;
    case 'EntityAttrDoesNotExist':
      return `\`${printEntityUid(problem.entity.uid)}\` does not have the ${problem.tag ? 'tag' : 'attribute'} \`${problem.attribute}\``;
    case 'RecordAttrDoesNotExist':
      return `record does not have the attribute \`${problem.attribute}\``;
    case 'IntegerOverflow':
      return overflowMessage(problem.op, problem.operands);
    case 'FailedExtensionFunctionExecution':
      return `error while evaluating \`${problem.extension}\` extension function: ${problem.reason}`;
    case 'FailedExtensionFunctionLookup':
      return `extension function \`${problem.function}\` does not exist`;
    case 'WrongNumArguments':
      return `wrong number of arguments provided to extension function \`${problem.function}\`: expected ${problem.expected}, got ${problem.actual}`;
  }
}

function helpOf(problem: EvaluationProblem): string | undefined {
  switch (problem.kind) {
    case 'TypeError':
    case 'FailedExtensionFunctionExecution':
      return problem.help;
    case 'EntityAttrDoesNotExist':
      return missingAttributeHelp(problem.entity, problem.attribute, problem.tag);
    case 'RecordAttrDoesNotExist': {
      const names = [...problem.record.fields.keys()].sort(compareCodePoints);
      if (names.length === 0) return 'record does not have any attributes';
      return `available attributes: ${shortened(names, (shown) => shown.map(quoteText).join(', '))}`;
    }
    default:
      return undefined;
  }
}

function missingAttributeHelp(entity: Entity, attribute: string, tag: boolean): string {
  const noun = tag ? 'tags' : 'attributes';
  const names = [...(tag ? entity.tags : entity.attributes).keys()].sort(compareCodePoints);
  const available =
    names.length === 0
      ? `\`${printEntityUid(entity.uid)}\` does not have any ${noun}`
      : `available ${noun}: ${shortened(names, (shown) => shown.join(','))}`;
  if (!(tag ? entity.attributes : entity.tags).has(attribute)) return available;
  const other = tag ? 'an attribute (not a tag)' : 'a tag (not an attribute)';
  return `${available}; note that ${other} named \`${attribute}\` does exist`;
}

/** How many names a message lists before it counts the rest. */
const LISTED_NAMES = 5;

function shortened(names: readonly string[], join: (names: readonly string[]) => string): string {
  if (names.length <= LISTED_NAMES) return `[${join(names)}]`;
  return `[${names.slice(0, LISTED_NAMES).join(',')}, ... (${names.length - LISTED_NAMES} more attributes) ]`;
}

function overflowMessage(op: '+' | '-' | '*' | 'neg', operands: readonly Long[]): string {
  const values = operands.map((o) => `\`${o}\``);
  switch (op) {
    case '+':
      return `integer overflow while attempting to add the values ${values.join(' and ')}`;
    case '-':
      return `integer overflow while attempting to subtract the values ${values.join(' and ')}`;
    case '*':
      return `integer overflow while attempting to multiply the values ${values.join(' and ')}`;
    case 'neg':
      return `integer overflow while attempting to negate the value ${values.join()}`;
  }
}

function kindName(kind: ValueKind): string {
  return kind === 'entity' ? '(entity of type `any_entity_type`)' : kind;
}
