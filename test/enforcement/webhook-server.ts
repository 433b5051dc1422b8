import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

/** A request as a server got it. */
export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Handler = (received: Received, response: ServerResponse) => void;

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Starts a server on a free port of this machine, which ends with the test; resolves to its address. */
export async function serve(handle: Handler): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      handle(
        { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') },
        response,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Posts a text; resolves to status and body. */
export async function post(url: string, body: string, headers: object): Promise<readonly [number, string]> {
  const response = await fetch(url, { method: 'POST', body, headers: { ...headers } });
  return [response.status, await response.text()];
}
