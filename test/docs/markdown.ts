/** A fenced block of a Markdown text. */
export interface Block {
  /** The word behind the fence. */
  readonly language: string;
  readonly code: string;
  /** Text of the nearest heading above. */
  readonly heading: string;
  /** Line of the fence, from 1. */
  readonly line: number;
  /** The file that the first line names in a comment: `// name.mjs`. */
  readonly file: string | undefined;
}

/** The fenced blocks of a text, in their order. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open === undefined && line.startsWith('#')) heading = line.replace(/^#+ /, '');
    const fence = /^```(\w*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === undefined) open = { language: fence[1] ?? '', line: index + 1, lines: [] };
    else {
      const file = /^\/\/ ([\w./-]+\.\w+)$/.exec(open.lines[0] ?? '')?.[1];
      blocks.push({ language: open.language, code: `${open.lines.join('\n')}\n`, heading, line: open.line, file });
      open = undefined;
    }
  }
  return blocks;
}

/** Lines of a script: comments left out, continued lines joined. */
export function commandsOf(script: string): readonly string[] {
  const commands: string[] = [];
  let quotes = 0;
  for (const line of script.split('\n')) {
    if (quotes % 2 === 1) commands.push(`${commands.pop()}\n${line}`);
    else if (line.trim() !== '' && !line.startsWith('#')) commands.push(line);
    quotes += line.split("'").length - 1;
  }
  return commands;
}

/** What the comments behind `console.log(..)` say that it prints, in their order. */
export function printedBy(code: string): readonly string[] {
  return [...code.matchAll(/console\.log\(.*?\);? ?\)?;? \/\/ (.+)$/gm)].map((match) => match[1] ?? '');
}
