import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import type { Refusal } from './upload-form.ts';

/** What the stand-in of S3 answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer;
}

/** A request that S3 refuses, with its code. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly refusal: Refusal;

  constructor(status: number, code: string) {
    super(code);
    this.refusal = { status, code };
  }
}

export const xml = (status: number, content: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
});

/**
 * Checks the CRC-32 that the SDK sends along, if it does. @returns it, in Base64, for the answer; null without one
 * @throws S3Error BadDigest
 */
export function checkCrc32(headers: IncomingHttpHeaders, body: Buffer): string | null {
  const claimed = headers['x-amz-checksum-crc32'];
  if (typeof claimed !== 'string') return null;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  if (claimed !== bytes.toString('base64')) throw new S3Error(400, 'BadDigest');
  return claimed;
}
