import { textWidth } from './text-width.js';

/**
 * A text with choices: every `line` is either its flat text or a line break, and all lines of a group decide together.
 * The printer of this folder takes the flat form of a group wherever it fits.
 */
export type Layout =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string; readonly width: number }
  /** `flat` on one line, otherwise a line break. */
  | { readonly kind: 'line'; readonly flat: '' | ' ' }
  /** Always a line break; no group around it can be flat. */
  | { readonly kind: 'break' }
  | { readonly kind: 'sequence'; readonly parts: readonly Layout[] }
  /** Line breaks inside are indented by so many columns more. */
  | { readonly kind: 'nest'; readonly columns: number; readonly inside: Layout }
  | { readonly kind: 'group'; readonly inside: Layout };

export const NOTHING: Layout = { kind: 'nothing' };
export const SPACE: Layout = { kind: 'text', text: ' ', width: 1 };
/** A space or a line break. */
export const LINE: Layout = { kind: 'line', flat: ' ' };
/** Nothing or a line break. */
export const SOFT_LINE: Layout = { kind: 'line', flat: '' };
export const BREAK: Layout = { kind: 'break' };

/** The text as it is; line breaks in it are neither indented nor counted as line breaks. */
export function text(content: string): Layout {
  return { kind: 'text', text: content, width: textWidth(content) };
}

/**
 * One after the other. Nothing is left of parts that are nothing: a line break takes the indentation of what follows
 * it, so that an empty part in between would be seen in the result.
 */
export function sequence(...parts: readonly Layout[]): Layout {
  return sequenceOf(parts);
}

/** Like `sequence`, for any number of parts. */
export function sequenceOf(parts: readonly Layout[]): Layout {
  const present = parts.filter((part) => part.kind !== 'nothing');
  const [first] = present;
  if (first === undefined) return NOTHING;
  return present.length === 1 ? first : { kind: 'sequence', parts: present };
}

export function nest(columns: number, inside: Layout): Layout {
  return inside.kind === 'nothing' ? inside : { kind: 'nest', columns, inside };
}

export function group(inside: Layout): Layout {
  const alone = inside.kind === 'nothing' || inside.kind === 'text' || inside.kind === 'group';
  return alone ? inside : { kind: 'group', inside };
}
