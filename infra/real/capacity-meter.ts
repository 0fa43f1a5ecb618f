/**
 * Counts what DynamoDB is asked and what AWS would bill for it: a proxy in front of DynamoDB Local that adds
 * `ReturnConsumedCapacity` to every request and sums the answers; what transactions write is computed instead (see
 * write-units.ts). The functions do not know of it. It works only because DynamoDB Local does not check signatures.
 */
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DatabaseConnection } from '../local/table.ts';
import { transactionUnits } from './write-units.ts';

/** Spent so far: requests, and capacity units of on-demand tables, those of the indexes included. */
export interface Spent {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface CapacityMeter {
  /** The database through the meter. */
  readonly database: DatabaseConnection;
  spent(): Spent;
  close(): Promise<void>;
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'TransactGetItems', 'Scan']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const ASK = Buffer.from('{"ReturnConsumedCapacity":"TOTAL",');
/** In an item the name would be in escaped quotes, or followed by an attribute value instead of a number. */
const UNITS = /"CapacityUnits":([\d.]+)/g;

/** Starts the meter on a free port of the loopback interface. */
export const startCapacityMeter = async (database: DatabaseConnection): Promise<CapacityMeter> => {
  let requests = 0;
  let readUnits = 0;
  let writeUnits = 0;
  const target = new URL(database.endpoint);
  const agent = new Agent({ keepAlive: true });

  const server = createServer(async (incoming, outgoing) => {
    try {
      const operation = String(incoming.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
      const reads = READS.has(operation);
      const metered = reads || WRITES.has(operation);
      const sent = await bodyOf(incoming);
      const body =
        metered && !sent.includes('"ReturnConsumedCapacity"') ? Buffer.concat([ASK, sent.subarray(1)]) : sent;
      const { 'content-length': _length, host: _host, ...headers } = incoming.headers;
      const forwarded = request({
        agent,
        hostname: target.hostname,
        port: target.port,
        path: incoming.url,
        method: incoming.method,
        headers: { ...headers, 'content-length': body.length },
      });
      const answered = new Promise<IncomingMessage>((settle, fail) => {
        forwarded.on('response', settle).on('error', fail);
      });
      forwarded.end(body);
      const answer = await answered;
      const answerBody = await bodyOf(answer);
      if (metered) {
        requests++;
        const units =
          operation === 'TransactWriteItems'
            ? Number(answer.statusCode === 200) * transactionUnits(sent)
            : unitsIn(answerBody);
        if (reads) readUnits += units;
        else writeUnits += units;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      outgoing.end(answerBody);
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((settle) => {
    server.listen(0, '127.0.0.1', settle);
  });
  const { port } = server.address() as AddressInfo;
  return {
    database: { ...database, endpoint: `http://127.0.0.1:${port}` },
    spent: () => ({ requests, readUnits, writeUnits }),
    close: () =>
      new Promise((settle) => {
        agent.destroy();
        server.closeAllConnections();
        server.close(() => settle());
      }),
  };
};

const unitsIn = (answer: Buffer): number =>
  [...answer.toString('latin1').matchAll(UNITS)].reduce((sum, [, units]) => sum + Number(units), 0);

const bodyOf = async (message: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
};
