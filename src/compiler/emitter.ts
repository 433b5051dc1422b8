import { Code, js } from './code.js';

/** What is known of the value of an expression before it runs. */
export type KnownKind = 'bool' | 'long' | 'string' | 'entity' | 'record' | 'set' | 'any';

/** An expression that was emitted: the statements before it are out, `code` is its value. */
export interface Term {
  readonly code: Code;
  readonly kind: KnownKind;
  /** Whether `code` is a name or a constant, which may stand in several places. */
  readonly isAtom: boolean;
}

export function atom(code: Code, kind: KnownKind): Term {
  return { code, kind, isAtom: true };
}

/** Statements and constants of a function in the making. */
export class Emitter {
  /** The values that the code knows as `k[0]`, `k[1]`...: everything in which policies of one shape differ. */
  readonly constants: unknown[] = [];
  private readonly lines: Code[] = [];
  private names = 0;
  /** Values of paths that are at hand, by block, the innermost last. */
  private readonly known: Map<string, Term>[] = [new Map<string, Term>()];

  emit(line: Code): void {
    this.lines.push(line);
  }

  /** Leaves the case to the closures. */
  giveUp(): void {
    this.emit(js`return undefined;`);
  }

  name(): Code {
    return js`v${this.names++}`;
  }

  constant(value: unknown): Code {
    return js`k[${this.constants.push(value) - 1}]`;
  }

  /** Gives a value a name. */
  keep(code: Code, kind: KnownKind): Term {
    const name = this.name();
    this.emit(js`const ${name} = ${code};`);
    return atom(name, kind);
  }

  /** The term as one that may stand in several places. */
  atom(term: Term): Term {
    return term.isAtom ? term : this.keep(term.code, term.kind);
  }

  /** The value of a call whose answer undefined means that the closures know better. */
  keepKnown(code: Code, kind: KnownKind): Term {
    const term = this.keep(code, kind);
    this.emit(js`if (${term.code} === undefined) return undefined;`);
    return term;
  }

  /** A block that is left by the code that it hands to `fill`. */
  block(fill: (leave: Code) => void): void {
    const label = js`L${this.names++}`;
    this.emit(js`${label}: {`);
    this.known.push(new Map());
    fill(js`break ${label};`);
    this.known.pop();
    this.emit(js`}`);
  }

  /** The value of a path that every way to this place has evaluated. */
  recall(path: string): Term | undefined {
    for (let i = this.known.length - 1; i >= 0; i--) {
      const term = this.known[i]?.get(path);
      if (term !== undefined) return term;
    }
    return undefined;
  }

  remember(path: string, term: Term): void {
    this.known.at(-1)?.set(path, term);
  }

  get body(): Code {
    return Code.join(this.lines, '\n');
  }
}
