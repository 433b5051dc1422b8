import type { ParameterOperation, Word } from 'unbash';

/** Gives the text of an operand of a parameter expansion, or undefined when it is not known. */
type OperandText = (word: Word) => string | undefined;

/** What `${name<operation>}` makes of a known value; undefined when the result is not known. */
export function applyOperation(value: string, operation: ParameterOperation, textOf: OperandText): string | undefined {
  switch (operation.type) {
    case 'Default':
      return applyDefault(value, operation.operator, textOf(operation.operand));
    case 'Remove':
      return removePart(value, operation.operator, textOf(operation.operand));
    case 'Replace':
      return replacePart(value, operation.operator, textOf(operation.pattern), textOf(operation.replacement));
    case 'Slice':
      return slice(value, textOf(operation.offset), operation.length === undefined ? '' : textOf(operation.length));
    case 'CaseModification':
      return changeCase(value, operation.operator, operation.operand === undefined ? '?' : textOf(operation.operand));
    case 'Transform':
      return transform(value, operation.operand.text);
    case 'Names':
    case 'Unknown':
      return undefined;
  }
}

function applyDefault(value: string, operator: string, operand: string | undefined): string | undefined {
  const set = value !== '';
  switch (operator) {
    case '+':
    case ':+':
      return set ? operand : '';
    case '?':
    case ':?':
      // The shell stops here when there is no value, so what goes on has one.
      return set ? value : undefined;
    default:
      return set ? value : operand;
  }
}

function removePart(value: string, operator: string, glob: string | undefined): string | undefined {
  if (glob === undefined) return undefined;
  const body = globSource(glob);
  if (body === undefined || value.length > longestMatched(glob)) return undefined;
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  const whole = new RegExp(`^(?:${body})$`, 's');
  // The shortest or the longest piece that matches: tried in that order.
  if (operator === '##' || operator === '%%') lengths.reverse();
  const atStart = operator.startsWith('#');
  for (const n of lengths) {
    const piece = atStart ? value.slice(0, n) : value.slice(value.length - n);
    if (whole.test(piece)) return atStart ? value.slice(n) : value.slice(0, value.length - n);
  }
  return value;
}

function replacePart(
  value: string,
  operator: string,
  glob: string | undefined,
  replacement: string | undefined,
): string | undefined {
  if (glob === undefined || replacement === undefined) return undefined;
  if (glob === '') return value;
  const body = globSource(glob);
  if (body === undefined || value.length > longestMatched(glob)) return undefined;
  const source = operator === '/#' ? `^(?:${body})` : operator === '/%' ? `(?:${body})$` : body;
  return value.replace(new RegExp(source, operator === '//' ? 'gs' : 's'), () => replacement);
}

/** How long a value may be to be matched: each star multiplies the time. */
function longestMatched(glob: string): number {
  const stars = glob.split('*').length - 1;
  return stars === 0 ? 2048 : stars === 1 ? 512 : 64;
}

/** A shell pattern as the source of a regular expression; undefined for patterns that could match slowly. */
function globSource(glob: string): string | undefined {
  if (glob.length > 256 || (glob.match(/\*/g)?.length ?? 0) > 2) return undefined;
  let source = '';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i] ?? '';
    if (c === '*') source += '.*';
    else if (c === '?') source += '.';
    else if (c === '\\' && i + 1 < glob.length) source += escapeRegExp(glob[++i] ?? '');
    else if (c === '[') {
      const end = glob.indexOf(']', i + 2);
      const inside = end < 0 ? '' : glob.slice(i + 1, end);
      // Classes such as [:alpha:] and odd brackets are left unknown.
      if (!/^[!^]?[\w .,;:+/-]+$/.test(inside) || inside.includes('[')) return undefined;
      source += `[${inside.replace(/^!/, '^').replaceAll('/', '\\/')}]`;
      i = end;
    } else source += escapeRegExp(c);
  }
  return isValid(source) ? source : undefined;
}

function isValid(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function slice(value: string, offset: string | undefined, length: string | undefined): string | undefined {
  if (offset === undefined || length === undefined) return undefined;
  const start = integerOf(offset);
  if (start === undefined) return undefined;
  const from = start < 0 ? value.length + start : start;
  if (from < 0 || from > value.length) return '';
  if (length === '') return value.slice(from);
  const count = integerOf(length);
  if (count === undefined) return undefined;
  return count < 0 ? value.slice(from, value.length + count) : value.slice(from, from + count);
}

function integerOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  return /^\(?-?\d{1,9}\)?$/.test(trimmed) ? Number(trimmed.replace(/[()]/g, '')) : undefined;
}

function changeCase(value: string, operator: string, pattern: string | undefined): string | undefined {
  if (pattern !== '?' && pattern !== '*') return undefined;
  switch (operator) {
    case '^^':
      return value.toUpperCase();
    case ',,':
      return value.toLowerCase();
    case '^':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    default:
      return value.slice(0, 1).toLowerCase() + value.slice(1);
  }
}

function transform(value: string, operator: string): string | undefined {
  switch (operator) {
    case 'U':
      return value.toUpperCase();
    case 'L':
      return value.toLowerCase();
    case 'u':
      return value.slice(0, 1).toUpperCase() + value.slice(1);
    case 'E':
    case 'P':
      return /[\\$`!]/.test(value) ? undefined : value;
    default:
      return undefined;
  }
}
