import { describe, expect, it } from 'vitest';
import {
  BREAK,
  group,
  type Layout,
  LINE,
  NOTHING,
  nest,
  SOFT_LINE,
  SPACE,
  sequence,
  sequenceOf,
  text,
} from '../../src/formatter/layout.js';
import { printLayout } from '../../src/formatter/print-layout.js';

const call = (name: string, ...args: readonly string[]): Layout => {
  const parts = args.flatMap((arg, index) => (index === 0 ? [text(arg)] : [text(','), LINE, text(arg)]));
  return group(sequence(text(`${name}(`), nest(2, sequence(SOFT_LINE, ...parts)), SOFT_LINE, text(')')));
};

describe('printLayout', () => {
  it.each<[what: string, layout: Layout, width: number, expected: string]>([
    ['keeps a group that fits on one line', call('f', 'a', 'b'), 7, 'f(a, b)'],
    ['breaks every line of a group that does not fit', call('f', 'a', 'b'), 6, 'f(\n  a,\n  b\n)'],
    ['breaks lines outside of groups', sequence(text('a'), LINE, text('b')), 80, 'a\nb'],
    ['counts what follows a group on its line', sequence(call('f', 'a'), text(';')), 4, 'f(\n  a\n);'],
    ['does not count what can go to the next line', sequence(call('f', 'a'), LINE, text('long')), 4, 'f(a)\nlong'],
    [
      'takes any line behind a group for a place to break, even one in a group that will be flat',
      sequence(group(sequence(text('a'), LINE, text('b'))), group(sequence(text('cc'), LINE, text('dd')))),
      5,
      'a bcc\ndd',
    ],
    ['breaks a group with a hard break in it', group(sequence(text('a'), LINE, text('b'), BREAK)), 80, 'a\nb\n'],
    [
      'keeps an inner group flat in a broken outer one',
      group(sequence(text('outer'), LINE, call('inner', 'a', 'b'))),
      12,
      'outer\ninner(a, b)',
    ],
    [
      'indents a line for what follows the break, not for what it stands in',
      sequence(nest(4, sequence(text('a'), BREAK)), text('b')),
      80,
      'a\nb',
    ],
    ['indents a last break for what it stands in', nest(4, sequence(text('a'), BREAK)), 80, 'a\n    '],
    ['never indents less than nothing', nest(-3, sequence(text('a'), BREAK, nest(1, text('b')))), 80, 'a\nb'],
    ['counts nothing for nothing', group(sequence(text('a'), NOTHING, SOFT_LINE, text('b'))), 2, 'ab'],
    ['counts columns, not characters', group(sequence(text('日本'), LINE, text('x'))), 5, '日本\nx'],
    [
      'counts a text of several lines as if it were one',
      sequence(text('a\nb'), group(sequence(LINE, text('c')))),
      4,
      'a\nb\nc',
    ],
  ])('%s', (_, layout, width, expected) => {
    expect(printLayout(layout, width)).toBe(expected);
  });

  it('needs no stack for depth', () => {
    let layout: Layout = text('x');
    for (let depth = 0; depth < 200_000; depth++)
      layout = { kind: 'group', inside: nest(0, sequence(text('('), layout)) };
    expect(printLayout(layout, 80)).toBe(`${'('.repeat(200_000)}x`);
  });

  it('does not look at all of a long sequence for every group before it', () => {
    const long = sequenceOf(Array.from({ length: 200_000 }, () => sequence(group(sequence(text('a'), LINE)), SPACE)));
    expect(printLayout(long, 80)).toHaveLength(600_000);
  });
});
