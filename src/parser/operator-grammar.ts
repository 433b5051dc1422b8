import type { IOrAlt, IToken, ParserMethod } from 'chevrotain';
import type { Pattern } from '../ast/expression.js';
import { foreignInfix, refuseHas, refuseLike } from './expression-problems.js';
import { readPattern, readString } from './literals.js';
import { NameGrammar, NO_RESYNC } from './name-grammar.js';
import { checkName } from './names.js';
import { Operation } from './operation.js';
import {
  AnyWord,
  Dot,
  DoubleColon,
  Has,
  In,
  InfixOperator,
  Is,
  isAnyWord,
  isPostfix,
  Like,
  Text,
  Word,
} from './tokens.js';

/** What may stand behind an operand: operators, with their right sides where these are no operands themselves. */
export abstract class OperatorGrammar extends NameGrammar {
  /** The operation whose operand was read last. */
  protected operation = new Operation(this.problems);
  private operatorAlternatives: IOrAlt<boolean>[] | undefined;

  /** The right side of `has`. */
  private readonly hasPath: ParserMethod<[], readonly [string, ...string[]]> = this.RULE(
    'hasPath',
    (): readonly [string, ...string[]] => {
      const next = this.LA(1);
      if (!this.RECORDING_PHASE && !isAnyWord(next) && next.tokenType !== Text) {
        refuseHas(this.problems, next, this.here(), undefined);
        this.skipOperand();
        return [''];
      }
      const first = this.OR(this.pathParts());
      const isText = first.tokenType === Text;
      const path: [string, ...string[]] = [isText ? readString(this.problems, first) : first.image];
      if (!isText) checkName(this.problems, first, 'key');
      this.MANY({
        GATE: () => !isText && isAnyWord(this.LA(2)),
        DEF: () => {
          this.CONSUME(Dot);
          const part = this.CONSUME(AnyWord);
          checkName(this.problems, part, 'key');
          path.push(part.image);
        },
      });
      const after = this.LA(1);
      if (isPostfix(after) || after.tokenType === DoubleColon) {
        refuseHas(this.problems, after, this.here(), first);
        this.skipOperand();
      }
      return path;
    },
    NO_RESYNC,
  );

  /** Reads the operators behind an operand, with their right sides unless that is an operand; says whether one follows. */
  protected operatorFollows(): boolean {
    this.operatorAlternatives ??= [
      { ALT: () => this.infix(this.CONSUME(InfixOperator)) },
      { ALT: () => this.has(this.CONSUME(Has)) },
      { ALT: () => this.like(this.CONSUME(Like)) },
      { ALT: () => this.is(this.CONSUME(Is)) },
    ];
    const alternatives = this.operatorAlternatives;
    let follows = false;
    this.MANY3({
      GATE: () => !follows,
      DEF: () => {
        follows = this.OR3(alternatives);
      },
    });
    if (follows) return true;
    const next = this.LA(1);
    const operator = next.tokenType === Word ? foreignInfix(this.problems, next) : undefined;
    if (operator === undefined) return false;
    this.SKIP_TOKEN();
    return this.infix(operator);
  }

  private infix(operator: IToken): boolean {
    this.operation.infix(operator);
    return true;
  }

  private has(token: IToken): boolean {
    this.operation.has(token, this.SUBRULE(this.hasPath), this.previousEnd());
    return false;
  }

  private like(token: IToken): boolean {
    this.operation.like(token, this.likePattern(), this.previousEnd());
    return false;
  }

  private likePattern(): Pattern {
    const next = this.LA(1);
    if (next.tokenType !== Text && !this.RECORDING_PHASE) {
      refuseLike(this.problems, next, this.here());
      this.skipOperand();
      return [''];
    }
    const pattern = this.CONSUME2(Text);
    return this.ACTION(() => readPattern(this.problems, pattern));
  }

  private is(token: IToken): boolean {
    const type = this.SUBRULE(this.typeName, { ARGS: ['invalid-is'] });
    const end = this.previousEnd();
    const within = this.OPTION2(() => this.CONSUME(In)) !== undefined;
    this.operation.is(token, type.name, end, within);
    return within;
  }
}
