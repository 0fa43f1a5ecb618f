import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly language: string;
  readonly authorization: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Closes the connection instead. */
  readonly cut?: boolean;
}

export interface FakeEndpoint {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

/** What the service answers to an import in which every row is written. */
export const written = (field: string, imported: number, unchanged = 0): Answer => ({
  body: { data: { [field]: { imported, unchanged, userErrors: [] } } },
});

/** An endpoint for what the real one cannot be made to do: fail in transport. It knows rows only by their number. */
export const startFakeEndpoint = async (
  answer: (request: SeenRequest, number: number) => Answer | Promise<Answer>,
): Promise<FakeEndpoint> => {
  const requests: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      readonly variables: { readonly input: { readonly rows: SeenRequest['rows'] } };
    };
    const request = {
      language: incoming.headers['accept-language'] ?? '',
      authorization: incoming.headers.authorization ?? '',
      rows: body.variables.input.rows,
    };
    requests.push(request);
    const { status = 200, headers = {}, body: sent, cut } = await answer(request, requests.length);
    if (cut === true) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
    outgoing.end(JSON.stringify(sent ?? {}));
  });
  await new Promise<void>((settle) => {
    server.listen(0, '127.0.0.1', settle);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    requests,
    close: () =>
      new Promise((settle) => {
        server.closeAllConnections();
        server.close(() => settle());
      }),
  };
};
