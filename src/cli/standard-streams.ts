import { fstatSync, statSync, writeSync } from 'node:fs';

/** Node itself opens the null device in the place of an output that is closed. */
export function isNullDevice(descriptor: 1): boolean {
  const found = fstatSync(descriptor);
  return found.isCharacterDevice() && found.rdev === statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

/** Writes all of a text before it returns. A reader that goes away early (`| head`) ends the process. */
export function writeText(descriptor: 1 | 2, text: string): void {
  let rest: Uint8Array = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      // With the code that was set for whatever ends it early, if any.
      if (code === 'EPIPE') process.exit(process.exitCode ?? 1);
      // A full pipe that does not block: the reader is slow, not gone.
      if (code !== 'EAGAIN') throw error;
    }
  }
}

/**
 * All of standard input; rejects where there are more than so many bytes. Takes events as they come: a loop over the chunks
 * needs more of Node, which a hook would wait for.
 */
export function readStdin(most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const { stdin } = process;
    stdin.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= most) return;
      stdin.destroy();
      fail(new Error(`there are more than ${most} bytes`));
    });
    stdin.on('end', () => done(Buffer.concat(chunks)));
    stdin.on('error', fail);
    stdin.on('close', () => fail(new Error('standard input was closed')));
  });
}
