import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** An export of a built entry, as its declaration file has it. */
export interface Declared {
  /** The name that it is imported by. */
  readonly name: string;
  /** Path of its declaration file below `dist`. */
  readonly file: string;
  /** Its doc comment without the stars; empty where it has none. */
  readonly doc: string;
  /** Its declarations without `export declare`; several where a function has overloads. */
  readonly code: string;
}

/** Every export of a declaration file below `dist`, in the order of the file; what it re-exports is followed. */
export function declaredIn(dist: string, file: string): readonly Declared[] {
  const text = readFileSync(join(dist, file), 'utf8');
  const found: Declared[] = [];
  for (const [, names = '', path = ''] of text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm)) {
    const target = join(dirname(file), path.replace(/\.js$/, '.d.ts'));
    for (const each of names.split(',').map((part) => part.trim().replace(/^type /, ''))) {
      const [inside = '', outside = inside] = each.split(' as ');
      if (inside !== '') found.push(declaration(dist, target, inside, outside));
    }
  }
  for (const [, name = ''] of text.matchAll(/^export (?:declare )?(?:function|class|interface|type|const) (\w+)/gm))
    if (!found.some((each) => each.name === name)) found.push(declaration(dist, file, name, name));
  return found;
}

function declaration(dist: string, file: string, inside: string, name: string): Declared {
  const text = readFileSync(join(dist, file), 'utf8');
  const starts = [
    ...text.matchAll(new RegExp(`^export (?:declare )?(?:function|class|interface|type|const) ${inside}\\b`, 'gm')),
  ].map((match) => match.index);
  const [first] = starts;
  if (first !== undefined) {
    const code = starts.map((start) => text.slice(start, endOf(text, start)).replace(/^export (?:declare )?/, ''));
    return { name, file, doc: docBefore(text, first), code: code.join('\n') };
  }
  // What a file passes on from another.
  for (const [, names = '', path = ''] of text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';$/gm))
    if (new RegExp(`\\b${inside}\\b`).test(names))
      return declaration(dist, join(dirname(file), path.replace(/\.js$/, '.d.ts')), inside, name);
  throw new Error(`${file} declares no ${inside}`);
}

/** Where a declaration ends: at its semicolon, or at the brace that closes it where it has a body. */
function endOf(text: string, start: number): number {
  const body = /^export (?:declare )?(?:abstract )?(?:class|interface)\b/.test(text.slice(start, start + 40));
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    // Comments may hold brackets that close nothing.
    if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 1;
    else if (text.startsWith('//', at)) at = text.indexOf('\n', at);
    else if ('({['.includes(text.charAt(at))) depth++;
    else if (')}]'.includes(text.charAt(at))) {
      depth--;
      if (body && depth === 0 && text.charAt(at) === '}') return at + 1;
    } else if (!body && depth === 0 && text.charAt(at) === ';') return at + 1;
  }
  throw new Error(`a declaration at ${start} does not end`);
}

/** The doc comment that ends right before a place. */
function docBefore(text: string, place: number): string {
  const before = text.slice(0, place).trimEnd();
  if (!before.endsWith('*/')) return '';
  return before
    .slice(before.lastIndexOf('/**') + 3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();
}
