import type { Layout } from './layout.js';

/** What is still to be printed; `at` counts the parts of a sequence that are done. */
interface Pending {
  readonly layout: Layout;
  readonly indentation: number;
  readonly flat: boolean;
}

/**
 * Prints a layout for lines of `lineWidth` columns. A group is flat when its flat form and what follows it up to the
 * next place for a line break fit in the rest of the line. Written with lists in place of recursion: neither the depth
 * nor the length of a layout is limited by the stack.
 */
export function printLayout(layout: Layout, lineWidth: number): string {
  const printer = new Printer(lineWidth);
  printer.print(layout);
  return printer.pieces.join('');
}

class Printer {
  readonly pieces: string[] = [];
  private readonly lineWidth: number;
  private readonly pending: Pending[] = [];
  private column = 0;

  constructor(lineWidth: number) {
    this.lineWidth = lineWidth;
  }

  print(root: Layout): void {
    this.pending.push({ layout: root, indentation: 0, flat: false });
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.printOne(next);
  }

  private printOne({ layout, indentation, flat }: Pending): void {
    switch (layout.kind) {
      case 'nothing':
        return;
      case 'text':
        this.write(layout.text, layout.width);
        return;
      case 'line':
        if (flat) this.write(layout.flat, layout.flat.length);
        else this.breakLine(indentation);
        return;
      case 'break':
        this.breakLine(indentation);
        return;
      case 'sequence':
        for (let i = layout.parts.length - 1; i >= 0; i--) {
          const part = layout.parts[i];
          if (part !== undefined) this.pending.push({ layout: part, indentation, flat });
        }
        return;
      case 'nest':
        this.pending.push({ layout: layout.inside, indentation: Math.max(0, indentation + layout.columns), flat });
        return;
      case 'group':
        this.pending.push({ layout: layout.inside, indentation, flat: flat || this.fits(layout.inside) });
    }
  }

  private write(piece: string, width: number): void {
    this.pieces.push(piece);
    this.column += width;
  }

  /** The line is indented for what comes next, wherever the break itself stands. */
  private breakLine(own: number): void {
    const indentation = this.pending.at(-1)?.indentation ?? own;
    this.pieces.push('\n', ' '.repeat(indentation));
    this.column = indentation;
  }

  /** Whether the flat form of a layout and the rest of its line fit. */
  private fits(layout: Layout): boolean {
    let room = this.lineWidth - this.column;
    let flat = true;
    let later = this.pending.length;
    const ahead = new Ahead(layout);
    for (;;) {
      const next = ahead.next();
      if (next === undefined) {
        flat = false;
        later--;
        const rest = this.pending[later];
        if (rest === undefined) return true;
        ahead.push(rest.layout);
        continue;
      }
      if (next.kind === 'break' || (next.kind === 'line' && !flat)) return !flat;
      room -= next.kind === 'text' ? next.width : next.flat.length;
      if (room < 0) return false;
    }
  }
}

type Leaf = Extract<Layout, { readonly kind: 'text' | 'line' | 'break' }>;

/** Goes through the leaves of layouts; looking at the start of a long sequence does not cost its length. */
class Ahead {
  private readonly layouts: Layout[] = [];
  /** For every layout, how many of its parts are done. */
  private readonly done: number[] = [];

  constructor(layout: Layout) {
    this.push(layout);
  }

  push(layout: Layout): void {
    this.layouts.push(layout);
    this.done.push(0);
  }

  next(): Leaf | undefined {
    for (let layout = this.layouts.pop(); layout !== undefined; layout = this.layouts.pop()) {
      const done = this.done.pop() ?? 0;
      switch (layout.kind) {
        case 'nothing':
          break;
        case 'text':
        case 'line':
        case 'break':
          return layout;
        case 'nest':
        case 'group':
          this.push(layout.inside);
          break;
        case 'sequence': {
          const part = layout.parts[done];
          if (part === undefined) break;
          this.layouts.push(layout);
          this.done.push(done + 1);
          this.push(part);
        }
      }
    }
    return undefined;
  }
}
