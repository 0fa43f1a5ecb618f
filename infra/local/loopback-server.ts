import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** The only address that anything of the local runtime listens on. */
export const LOOPBACK = '127.0.0.1';

const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

export interface LoopbackServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** The port asked for is taken, or the process may not use it. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError';
  readonly port: number;
  /** The system's code, `EADDRINUSE` when another program has the port. */
  readonly code: string;

  constructor(port: number, code: string, options?: ErrorOptions) {
    const reason = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${code})`;
    super(`Port ${port} ${reason}; choose another.`, options);
    this.port = port;
    this.code = code;
  }
}

/**
 * Serves HTTP on the loopback interface only, whatever the environment says; port 0 takes a free one.
 *
 * A request whose Host is not a loopback name is refused with 421: a web page whose name was pointed at this machine
 * (DNS rebinding) must not reach it.
 *
 * @throws PortUnavailableError
 */
export async function serveOnLoopback(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    if (isLoopbackHost(request.headers.host)) {
      answer(request, response);
    } else {
      response
        .writeHead(421, { 'content-type': 'application/json' })
        .end('{"message":"Misdirected Request"}');
    }
  });
  await listen(server, port);
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    port: bound,
    url: `http://${LOOPBACK}:${bound}`,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
}

/** Told before anything else is started, which takes seconds. @throws PortUnavailableError */
export async function checkPort(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port);
  await new Promise((settle) => server.close(settle));
}

/** Whether the value of a Host header, or a host with its port, names this machine's loopback. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_NAMES.includes(host.replace(/:\d+$/, '').toLowerCase());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((settle, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new PortUnavailableError(port, error.code ?? error.name, { cause: error }));
    });
    server.listen(port, LOOPBACK, () => settle());
  });
}

/** The body of a request was longer than its limit. */
export class BodyTooLongError extends Error {
  override readonly name = 'BodyTooLongError';
}

/**
 * Reads the body of a request, at most `limit` bytes.
 *
 * @throws BodyTooLongError; the rest of the body is then still to be drained
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new BodyTooLongError();
  return new Promise((settle, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        chunks.length = 0;
        reject(new BodyTooLongError());
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => settle(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}
