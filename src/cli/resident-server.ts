import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { isJsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';
import { isJudging, type ResidentReply, type ResidentRequest, STOP_REQUEST } from './ask-resident.js';
import { runChecks } from './check-later.js';
import type { Terminal } from './command.js';
import { rememberHarnesses } from './hook-cache.js';
import { MOST_INPUT } from './hook-limits.js';
import { mayColor } from './process-terminal.js';
import { trustOf } from './resident-place.js';

/** Milliseconds without an event after which a resident process ends. */
const IDLE = 15 * 60_000;

/** Milliseconds without an event after which it does what was put off. */
const QUIET = 1000;

/** Milliseconds between two looks at whether its socket is still its own. */
const LOOK = 10_000;

/** Bytes of memory from which on it ends after an answer. */
const MOST_MEMORY = 512 * 1024 * 1024;

/** Harnesses that it keeps. */
const HARNESSES = 8;

/** Most bytes of the line before the input. */
const MOST_HEAD = 1024 * 1024;

type Run = (args: readonly string[], given: Partial<Terminal>) => Promise<number>;

/**
 * Answers at a socket what other processes are asked, as they would: with the same function, and with their arguments,
 * folder, environment and input. Texts are read anew for each; what is known of them from an event before is not worked out
 * again. Resolves when it is told to end, nothing came for long, another process took the socket's name, the program is
 * not what it was, or memory ran high: whoever asks then judges without it.
 */
export async function serveResident(path: string, run: Run, isCurrent: () => boolean): Promise<number> {
  const folder = dirname(path);
  // Whoever asked has made the folder above: where that is gone by now, nobody will ask again.
  if (trustOf(folder) === 'missing') mkdirSync(folder, { mode: 0o700 });
  if (trustOf(folder) !== 'trusted') return 1;
  // What it is told to do has its own environment; without one here nothing of that of the first process is used.
  rememberHarnesses(HARNESSES);
  const server = createServer({ allowHalfOpen: true });
  const own = await listen(server, path);
  await new Promise<void>((end) => {
    const idle = setTimeout(end, IDLE);
    let answers = 0;
    const quiet = setTimeout(() => {
      if (answers === 0) void runChecks().then((isWhole) => isWhole || end());
    }, QUIET);
    const isOwn = (): boolean => lstatSync(path, { throwIfNoEntry: false })?.ino === own;
    setInterval(() => isOwn() || end(), LOOK);
    server.on('error', () => end());
    server.on('connection', (socket) => {
      idle.refresh();
      answers++;
      void answer(socket, run, isCurrent).then((next) => {
        answers--;
        quiet.refresh();
        if (next === 'end' || process.memoryUsage.rss() > MOST_MEMORY) end();
      });
    });
  });
  if (lstatSync(path, { throwIfNoEntry: false })?.ino === own) rmSync(path, { force: true });
  server.close();
  return 0;
}

/** Listens under a name of its own and takes the other when it does; the answer is the number of the socket's file. */
async function listen(server: Server, path: string): Promise<number> {
  const draft = `${path}${process.pid}`;
  rmSync(draft, { force: true });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(draft, () => {
      server.off('error', fail);
      done();
    });
  });
  const { ino } = lstatSync(draft);
  renameSync(draft, path);
  return ino;
}

async function answer(socket: Socket, run: Run, isCurrent: () => boolean): Promise<'go on' | 'end'> {
  socket.on('error', () => socket.destroy());
  // Says that somebody is here: whoever waits for that any longer judges without this process.
  socket.write(' ');
  const message = await readMessage(socket);
  if (message === 'stop' || !isCurrent()) {
    socket.destroy();
    return 'end';
  }
  if (message === undefined || socket.destroyed) {
    socket.destroy();
    return 'go on';
  }
  const reply = await replyTo(message, run);
  await new Promise<void>((done) => {
    socket.once('close', done);
    socket.end(JSON.stringify(reply), done);
  });
  // Work that was broken off may have left something half done.
  return reply.code === 0 ? 'go on' : 'end';
}

interface Message extends ResidentRequest {
  readonly input: Uint8Array;
}

async function replyTo({ args, cwd, env, input }: Message, run: Run): Promise<ResidentReply> {
  let out = '';
  let err = '';
  const color = mayColor(env, false);
  const code = await run(args, {
    cwd,
    env,
    color,
    errorColor: color,
    isUnread: () => false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stdin: async () => input,
  });
  return { code, out, err };
}

/** Undefined where it is none, or more than there may be. */
function readMessage(socket: Socket): Promise<Message | 'stop' | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_HEAD + MOST_INPUT) resolve(undefined);
    });
    socket.on('end', () => resolve(messageOf(Buffer.concat(chunks))));
    socket.on('close', () => resolve(undefined));
  });
}

function messageOf(bytes: Buffer): Message | 'stop' | undefined {
  const end = bytes.indexOf('\n');
  if (end < 0) return undefined;
  const head = bytes.toString('utf8', 0, end);
  if (`${head}\n` === STOP_REQUEST) return 'stop';
  const request = readRequest(head);
  return request === undefined ? undefined : { ...request, input: bytes.subarray(end + 1) };
}

function readRequest(head: string): ResidentRequest | undefined {
  const json = parseJson(createSource(head, 'request'));
  if (!json.ok || !isJsonObject(json.value)) return undefined;
  const { args, cwd, env } = json.value;
  if (!Array.isArray(args) || !args.every(isText) || typeof cwd !== 'string' || !isJsonObject(env)) return undefined;
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== 'string') return undefined;
    texts[name] = value;
  }
  return isJudging(args) ? { args, cwd, env: texts } : undefined;
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}
