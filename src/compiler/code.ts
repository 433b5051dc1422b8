/**
 * Text of a program that is being generated. The tag `js` and `Code.literal` are the only ways to make it, so a text of a
 * policy can get into a program as a literal, and in no other way.
 */
export class Code {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(strings: TemplateStringsArray, parts: readonly (Code | number)[]): Code {
    let text = strings[0] ?? '';
    for (const [i, part] of parts.entries())
      text += (part instanceof Code ? part.#text : integer(part)) + (strings[i + 1] ?? '');
    return new Code(text);
  }

  /** A text as a JavaScript literal, which can also stand in a script of a page. */
  static literal(text: string): Code {
    return new Code(JSON.stringify(text).replace(SPECIAL, escaped));
  }

  static join(list: readonly Code[], separator: '\n' | ', '): Code {
    return new Code(list.map((code) => code.#text).join(separator));
  }

  /** The text, to be compared and to be run. */
  toString(): string {
    return this.#text;
  }
}

/** Code as it stands in this program, with other code and small integers in its gaps. */
export function js(strings: TemplateStringsArray, ...parts: readonly (Code | number)[]): Code {
  return Code.of(strings, parts);
}

function integer(number: number): string {
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${number} is no index`);
  return String(number);
}

/** What a page or an older reader of JavaScript takes for something else than a part of a text. */
const SPECIAL = /[<\u2028\u2029]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

let allowed: boolean | undefined;

/** Whether this process may make code from text at all; found out by trying, once. */
export function mayGenerate(): boolean {
  if (allowed === undefined) {
    try {
      allowed = Reflect.apply(new Function('return true'), undefined, []) === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/**
 * Makes a function of code; the names of `scope` can be used in it. Undefined where the host cannot read the code, as
 * when it nests too deep for its stack. The one place where text becomes a program.
 */
export function makeFunction(parameters: Code, body: Code, scope: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(scope).join(', ');
  const text = `'use strict';\nconst { ${names} } = scope;\nreturn (${parameters.toString()}) => {\n${body.toString()}\n};`;
  try {
    return Reflect.apply(new Function('scope', text), undefined, [scope]);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
