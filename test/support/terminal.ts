import { main } from '../../src/cli/main.js';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder, with a terminal that keeps what is written. */
export async function runCli(cwd: string, args: readonly string[], stdin: string | Uint8Array = ''): Promise<Run> {
  let out = '';
  let err = '';
  const code = await main(args, {
    cwd,
    env: {},
    color: false,
    errorColor: false,
    isScreen: false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: () => Promise.resolve(Buffer.from(stdin)),
  });
  return { code, out, err };
}
