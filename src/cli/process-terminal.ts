import { writeSync } from 'node:fs';
import { type Terminal, UsageError } from './command.js';

/** The terminal of this process. A reader that goes away early (`| head`) ends the process quietly. */
export function processTerminal(): Terminal {
  const { env } = process;
  const noColor = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0';
  return {
    cwd: process.cwd(),
    env,
    color: !noColor && (forced || process.stdout.isTTY === true),
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    stdin: readStdin,
  };
}

function write(descriptor: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE') process.exit();
      // A full pipe that does not block: the reader is slow, not gone.
      if (code !== 'EAGAIN') throw error;
    }
  }
}

async function readStdin(most = Number.POSITIVE_INFINITY): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) throw new UsageError(`standard input has more than ${most} bytes`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('standard input is not UTF-8 text');
  }
}
