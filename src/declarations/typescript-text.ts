/** Columns that a line of declarations may have. */
export const LINE_WIDTH = 100;

const NAMED_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** What would end a line, cannot be seen or turns the direction of writing. The list is fixed, whatever the version of Unicode. */
const ESCAPED =
  /[\\\p{Cc}\p{Cs}\u{AD}\u{61C}\u{180E}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2060}-\u{206F}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E007F}]/gu;

/** A string literal, in the quotes that need fewer escapes. */
export function literal(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll(ESCAPED, (character) => NAMED_ESCAPES[character] ?? unicodeEscape(character));
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

function unicodeEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The name of a member, quoted where it has to be. */
function memberName(text: string): string {
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text) ? text : literal(text);
}

/** Text inside a comment, which it cannot end. */
export function commentText(text: string): string {
  return text
    .replaceAll('*/', '*\\/')
    .replaceAll(/\r\n|\r|\u{2028}|\u{2029}/gu, '\n')
    .replaceAll(ESCAPED, (character) => (/[\\\n]/.test(character) ? character : unicodeEscape(character)));
}

/** A comment of one or several lines. */
export function docComment(text: string, indent = ''): string {
  const lines = commentText(text)
    .split('\n')
    .map((line) => line.trimEnd());
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

/** `head` followed by the union of some types and `;`, broken into one line for each where it is long. */
function withUnion(head: string, members: readonly string[], indent = ''): string {
  const line = `${head} ${members.length === 0 ? 'never' : members.join(' | ')};\n`;
  if (line.length <= LINE_WIDTH || members.length < 2) return line;
  return `${head}\n${members.map((member) => `${indent}  | ${member}`).join('\n')};\n`;
}

export interface Member {
  readonly name: string;
  readonly required: boolean;
  /** The types of which the member has one. */
  readonly types: readonly string[];
  readonly comment?: string | undefined;
}

/** An exported interface with members that cannot be written to. */
export function interfaceText(name: string, comment: string, members: readonly Member[]): string {
  const head = `${docComment(comment)}export interface ${name} {`;
  if (members.length === 0) return `${head}}\n`;
  const lines = members.map((member) => {
    const described = member.comment === undefined ? '' : docComment(member.comment, '  ');
    const start = `  readonly ${memberName(member.name)}${member.required ? '' : '?'}:`;
    return described + withUnion(start, member.types, '  ');
  });
  return `${head}\n${lines.join('')}}\n`;
}

/** An exported name for a union of types. */
export function aliasText(name: string, comment: string, types: readonly string[]): string {
  return docComment(comment) + withUnion(`export type ${name} =`, types);
}
