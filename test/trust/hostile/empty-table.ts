import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const ANSWERS: Readonly<Record<string, object>> = {
  BatchGetItem: { Responses: {}, UnprocessedKeys: {} },
  BatchWriteItem: { UnprocessedItems: {} },
  Query: { Items: [], Count: 0, ScannedCount: 0 },
};
/** DynamoDB's limit of a partition key; that of a sort key is half of it. */
const KEY_BYTES = 2048;

/** A table that holds nothing and takes everything, and that refuses keys as DynamoDB does. @returns its address */
export async function startEmptyTable(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const { Key, ExpressionAttributeValues } = JSON.parse(Buffer.concat(parts).toString() || '{}');
    const longest = Math.max(
      0,
      ...[Key, ExpressionAttributeValues].flatMap((each) =>
        Object.values(each ?? {}).map((value) => Buffer.byteLength(Object(value).S ?? '')),
      ),
    );
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    const answer =
      longest > KEY_BYTES
        ? { __type: 'com.amazon.coral.validate#ValidationException', message: 'size of key' }
        : (ANSWERS[operation] ?? {});
    response.writeHead(longest > KEY_BYTES ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
