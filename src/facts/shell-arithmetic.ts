import type { ArithmeticExpression } from 'unbash';

/** Gives the value of a variable as text, or undefined when it is not known. */
type VariableText = (name: string) => string | undefined;

/** The value of an arithmetic expression over known numbers; undefined when any part of it is not known. */
export function evaluateArithmetic(expression: ArithmeticExpression, variable: VariableText): number | undefined {
  return evaluate(expression, variable, 0);
}

/** Deeper expressions are not worked out; a sum of many terms is as deep as it is long. */
const deepest = 100;

function evaluate(expression: ArithmeticExpression, variable: VariableText, depth: number): number | undefined {
  if (depth > deepest) return undefined;
  switch (expression.type) {
    case 'ArithmeticWord':
      return wordValue(expression.value, variable);
    case 'ArithmeticGroup':
      return evaluate(expression.expression, variable, depth + 1);
    case 'ArithmeticUnary':
      return unary(expression.operator, evaluate(expression.operand, variable, depth + 1));
    case 'ArithmeticBinary': {
      const left = evaluate(expression.left, variable, depth + 1);
      const right = evaluate(expression.right, variable, depth + 1);
      return left === undefined || right === undefined ? undefined : binary(expression.operator, left, right);
    }
    case 'ArithmeticTernary': {
      const test = evaluate(expression.test, variable, depth + 1);
      if (test === undefined) return undefined;
      return evaluate(test === 0 ? expression.alternate : expression.consequent, variable, depth + 1);
    }
    case 'ArithmeticCommandExpansion':
      return undefined;
  }
}

function wordValue(text: string, variable: VariableText): number | undefined {
  const number = numberOf(text);
  if (number !== undefined) return number;
  const name = /^\$?\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1];
  const value = name === undefined ? undefined : variable(name);
  return value === undefined ? undefined : value === '' ? 0 : numberOf(value);
}

function numberOf(text: string): number | undefined {
  const based = /^(\d{1,2})#([0-9a-zA-Z]{1,10})$/.exec(text);
  const value =
    based !== null
      ? Number.parseInt(based[2] ?? '', Number(based[1]))
      : /^0\d{1,12}$/.test(text)
        ? Number.parseInt(text, 8)
        : /^(\d{1,12}|0[xX][0-9a-fA-F]{1,10})$/.test(text)
          ? Number(text)
          : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function unary(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  switch (operator) {
    case '-':
      return -value;
    case '+':
      return value;
    case '!':
      return value === 0 ? 1 : 0;
    case '~':
      return -value - 1;
    default:
      return undefined;
  }
}

function binary(operator: string, a: number, b: number): number | undefined {
  const result = compute(operator, a, b);
  return result === undefined || !Number.isSafeInteger(result) ? undefined : result;
}

function compute(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : Math.trunc(a / b);
    case '%':
      return b === 0 ? undefined : a % b;
    case '**':
      return a ** b;
    case '<<':
      return a * 2 ** b;
    case '>>':
      return Math.floor(a / 2 ** b);
    case '|':
      return Number(BigInt(a) | BigInt(b));
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a === b ? 0 : 1;
    case '<':
      return a < b ? 1 : 0;
    case '>':
      return a > b ? 1 : 0;
    case ',':
      return b;
    default:
      return undefined;
  }
}
