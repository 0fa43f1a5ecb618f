import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectFolder, PartFolder, StoredPart } from './object-folder.ts';
import { type Answer, checkCrc32, S3Error, xml } from './s3-answer.ts';

/** A signed request on one object. */
export interface ObjectRequest {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Limits of S3: every part but the last, and how many. */
const LEAST_PART = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** Whether a request is one of the four that upload an object in parts. */
export const isMultipart = (method: string, query: URLSearchParams): boolean =>
  (method === 'POST' && query.has('uploads')) ||
  (['PUT', 'POST', 'DELETE'].includes(method) && query.has('uploadId'));

/**
 * Begins, feeds, completes or aborts an upload in parts; the object is there once it is complete.
 * @throws S3Error as S3 refuses: NoSuchUpload, InvalidArgument, BadDigest, MalformedXML, InvalidPart, InvalidPartOrder,
 * EntityTooSmall, PreconditionFailed
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export async function answerMultipart(
  { method, key, query, headers, body }: ObjectRequest,
  objects: Pick<ObjectFolder, 'ifAbsent'> & { readonly multipart: PartFolder },
): Promise<Answer> {
  const { multipart } = objects;
  const uploadId = query.get('uploadId');
  if (uploadId === null) {
    const begun = await multipart.begin(key, headers['content-type'] ?? 'application/octet-stream');
    return xml(
      200,
      `<InitiateMultipartUploadResult><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  const parts = await multipart.parts(key, uploadId);
  if (parts === null) throw new S3Error(404, 'NoSuchUpload');
  if (method === 'DELETE') {
    await multipart.remove(uploadId);
    return { status: 204 };
  }
  if (method === 'PUT') {
    const number = Number(query.get('partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
      throw new S3Error(400, 'InvalidArgument');
    const checksum = checkCrc32(headers, body);
    const part: StoredPart = { number, md5: md5(body).toString('hex'), size: body.length };
    await multipart.writePart(uploadId, part, body);
    return {
      status: 200,
      headers: { etag: `"${part.md5}"`, ...(checksum !== null && { 'x-amz-checksum-crc32': checksum }) },
    };
  }
  const wanted = wantedParts(body.toString('utf8'), parts);
  await writeAs(headers, objects, key, () => multipart.complete(key, uploadId, wanted));
  await multipart.remove(uploadId);
  const digest = md5(Buffer.concat(wanted.map((part) => Buffer.from(part.md5, 'hex')))).toString('hex');
  const etag = `<ETag>&quot;${digest}-${wanted.length}&quot;</ETag>`;
  return xml(200, `<CompleteMultipartUploadResult><Key>${key}</Key>${etag}</CompleteMultipartUploadResult>`);
}

/** Writes an object as the request's condition has it. @throws S3Error PreconditionFailed */
export async function writeAs(
  headers: IncomingHttpHeaders,
  objects: Pick<ObjectFolder, 'ifAbsent'>,
  key: string,
  write: () => Promise<void>,
): Promise<void> {
  if (headers['if-none-match'] !== '*') await write();
  else if (!(await objects.ifAbsent(key, write))) throw new S3Error(412, 'PreconditionFailed');
}

/** The parts that a request to complete names, as they are there. */
function wantedParts(text: string, parts: ReadonlyMap<number, StoredPart>): readonly StoredPart[] {
  const named = [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    md5: /<ETag>(?:"|&quot;|&#34;)?([0-9a-f]{32})/.exec(part)?.[1],
  }));
  if (named.length === 0) throw new S3Error(400, 'MalformedXML');
  const wanted = named.map(({ number, md5: tag }) => {
    const part = parts.get(number);
    if (part === undefined || part.md5 !== tag) throw new S3Error(400, 'InvalidPart');
    return part;
  });
  if (wanted.some(({ number }, at) => at > 0 && number <= (wanted[at - 1]?.number ?? 0)))
    throw new S3Error(400, 'InvalidPartOrder');
  if (wanted.slice(0, -1).some(({ size }) => size < LEAST_PART)) throw new S3Error(400, 'EntityTooSmall');
  return wanted;
}

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();
