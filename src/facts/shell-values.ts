/** Why a text is not known before the command runs. */
export type Cause = 'variable' | 'substitution';

/** What a command prints, as far as that is known without running it. */
export interface Output {
  /** Undefined when it cannot be known. */
  readonly text: string | undefined;
  /** A text of which some pieces are holes, where it is known but for them. */
  readonly partial?: string | undefined;
  /** Whether a decoder such as `base64 -d` took part. */
  readonly decoded: boolean;
  /** Whether it comes from the network. */
  readonly fetched: boolean;
  /** Whether the text is what the script itself wrote to a file earlier, and so what the file holds if all went well. */
  readonly assumed?: boolean | undefined;
  /** The file that it is read from, when it is all of that. */
  readonly file?: Field | undefined;
  /** Whether it is settings for a shell, from a program that is known to print these. */
  readonly settings?: boolean | undefined;
  /** Whether it is made of numbers that a program of this machine counted, and of names. */
  readonly measured?: boolean | undefined;
  /** When it is a list of paths, as from `find`: patterns that together cover each of them; never empty. */
  readonly paths?: readonly Field[] | undefined;
}

/** One word of a command after all expansions. */
export interface Field {
  /** Quotes removed; a variable that nobody set reads as empty, any other unknown piece is a `hole`. */
  readonly text: string;
  /** The text as a glob with literal characters escaped, when some `*`, `?` or `[…]` in it is active. */
  readonly pattern: string | undefined;
  /** Set when some piece of the text is not known. */
  readonly unknown: Cause | undefined;
  /** Where in the text the first variable stands that nobody set, and that may yet be anything. */
  readonly gap?: number | undefined;
  /** Names of variables that nobody set here and of which the text is made. */
  readonly variables?: readonly string[] | undefined;
  /** For `<(…)`, what a program reads from the file that the text names. */
  readonly stream: Output | undefined;
  /** What the text was made from, when that was decoded or came from the network. */
  readonly origin?: Output | undefined;
}

/** Stands in a field's text for a piece that can be anything; a noncharacter, so that real text does not hold it. */
export const hole = '\uffff';

/** A word of which everything is known. */
export function plainField(text: string): Field {
  return { text, pattern: undefined, unknown: undefined, stream: undefined };
}

/** A field of which nothing is known. */
export function unknownField(cause: Cause): Field {
  return { text: hole, pattern: undefined, unknown: cause, stream: undefined };
}

/** A field without its first characters, as the value in `--file=value`. */
export function sliceField(field: Field, start: number): Field {
  const gap = field.gap === undefined ? undefined : Math.max(0, field.gap - start);
  if (field.pattern === undefined) return { ...field, text: field.text.slice(start), gap };
  let at = 0;
  for (let count = 0; count < start && at < field.pattern.length; count++) at += field.pattern[at] === '\\' ? 2 : 1;
  return { ...field, text: field.text.slice(start), pattern: field.pattern.slice(at), gap };
}

/** Nothing is printed. */
export const silent: Output = { text: '', decoded: false, fetched: false };
/** Something unknown is printed. */
export const unknownOutput: Output = { text: undefined, decoded: false, fetched: false };
/** Something unknown from the network is printed. */
export const fetchedOutput: Output = { text: undefined, decoded: false, fetched: true };

/** A known text is printed. */
export function textOutput(text: string): Output {
  return { text, decoded: false, fetched: false };
}

/** What two commands print one after the other. */
export function joinOutputs(first: Output, second: Output): Output {
  if (first === silent) return second;
  if (second === silent) return first;
  return {
    text: first.text === undefined || second.text === undefined ? undefined : first.text + second.text,
    decoded: first.decoded || second.decoded,
    fetched: first.fetched || second.fetched,
    partial: joinedPartial(first, second),
    assumed: first.assumed === true || second.assumed === true,
  };
}

function joinedPartial(first: Output, second: Output): string | undefined {
  if (first.partial === undefined && second.partial === undefined) return undefined;
  return (first.text ?? first.partial ?? hole) + (second.text ?? second.partial ?? hole);
}

/** What is printed when it is not known which of two commands ran. */
export function eitherOutput(first: Output, second: Output): Output {
  return { text: undefined, decoded: first.decoded || second.decoded, fetched: first.fetched || second.fetched };
}

/** A text as a substitution gives it, without the line ends at its end. */
export function withoutLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 10) end--;
  return text.slice(0, end);
}

/** Escapes the characters that are special in a glob. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}

/** A path below a folder, with patterns of either kept. */
export function below(folder: Field, name: Field): Field {
  const slash = folder.text.endsWith('/') ? '' : '/';
  const pattern =
    folder.pattern === undefined && name.pattern === undefined
      ? undefined
      : `${folder.pattern ?? escapeGlob(folder.text)}${slash}${name.pattern ?? escapeGlob(name.text)}`;
  return { text: folder.text + slash + name.text, pattern, unknown: folder.unknown ?? name.unknown, stream: undefined };
}

/** One field from several, as a shell joins the words of `ssh host a b`. */
export function joinFields(fields: readonly Field[]): Field {
  const text = fields.map((field) => field.text).join(' ');
  const unknown = fields.find((field) => field.unknown !== undefined)?.unknown;
  const origin = fields.find((field) => field.origin !== undefined)?.origin;
  return { text, pattern: undefined, unknown, stream: undefined, origin };
}
