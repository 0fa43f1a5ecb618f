/**
 * Stands where S3 stands in the cloud, for what the file store asks of it: objects put, whole or in parts, copied, read and
 * deleted with signed requests, presigned downloads, and uploads by a form whose signed policy it enforces. One bucket, path
 * style, on the loopback interface only.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BodyTooLongError, readBody, serveOnLoopback } from './loopback-server.ts';
import { answerMultipart, isMultipart, writeAs } from './multipart-upload.ts';
import { isObjectKey, type ObjectFolder, objectFolder, PARTS, type StoredObject } from './object-folder.ts';
import { type Answer, checkCrc32, S3Error, xml } from './s3-answer.ts';
import { checkSignature, type SigningKey, sha256 } from './sigv4.ts';
import { checkForm } from './upload-form.ts';

const REQUEST_BYTES = 100 * 1024 * 1024;
const DAY_MILLISECONDS = 24 * 3600 * 1000;

export interface ObjectStoreOptions extends SigningKey {
  readonly bucket: string;
  /** Keeps the objects; without it they are in a folder that is gone at the end. */
  readonly folder?: string | undefined;
}

export interface ObjectStore {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts the stand-in on a free port, and clears away uploads that nobody kept. */
export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'kinerja-files-')));
  const objects = objectFolder(folder);
  const yesterday = new Date(Date.now() - DAY_MILLISECONDS);
  await Promise.all(['incoming', PARTS].map((below) => objects.expire(below, yesterday)));
  const server = await serveOnLoopback((request, response) => {
    answer(request, options, objects)
      .catch((error: unknown): Answer => refusalAnswer(error))
      .then(({ status, headers = {}, body }) => {
        response.writeHead(status, { ...CORS, ...headers });
        // Node writes no body after a HEAD, but counts its length.
        endWith(response, request.method === 'HEAD' ? undefined : body);
      });
  });
  return {
    endpoint: server.url,
    close: async () => {
      await server.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Pages of any origin may try: what they need is a signature, as in the bucket of a stage. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': '*',
};

function endWith(response: ServerResponse, body: string | Buffer | undefined): void {
  if (body === undefined) response.end();
  else response.end(body);
}

async function answer(
  request: IncomingMessage,
  options: ObjectStoreOptions,
  objects: ReturnType<typeof objectFolder>,
): Promise<Answer> {
  const { method = 'GET', headers } = request;
  if (method === 'OPTIONS') return { status: 204 };
  const url = new URL(request.url ?? '/', 'http://localhost');
  const body = await readBody(request, REQUEST_BYTES);
  const [, bucket, ...rest] = url.pathname.split('/');
  if (bucket !== options.bucket) throw new S3Error(404, 'NoSuchBucket');
  const key = rest.join('/');
  if (method === 'POST' && key === '') return upload(headers['content-type'] ?? '', body, options, objects);

  const signed = { method, path: url.pathname, query: url.searchParams, headers };
  const refused = checkSignature(signed, options, Date.now());
  if (refused !== null) throw new S3Error(403, refused);
  const claimed = headers['x-amz-content-sha256'];
  if (typeof claimed === 'string' && /^[0-9a-f]{64}$/.test(claimed) && claimed !== sha256(body))
    throw new S3Error(400, 'XAmzContentSHA256Mismatch');
  if (!isObjectKey(key)) throw new S3Error(404, 'NoSuchKey');
  if (isMultipart(method, url.searchParams))
    return answerMultipart({ method, key, query: url.searchParams, headers, body }, objects);
  switch (method) {
    case 'GET':
    case 'HEAD':
      return read(await existing(objects, key), url.searchParams, headers['x-amz-checksum-mode']);
    case 'PUT':
      return put(key, body, headers, options, objects);
    case 'DELETE':
      await objects.remove(key);
      return { status: 204 };
    default:
      throw new S3Error(405, 'MethodNotAllowed');
  }
}

async function existing(objects: ObjectFolder, key: string): Promise<StoredObject> {
  const found = isObjectKey(key) ? await objects.read(key) : null;
  if (found === null) throw new S3Error(404, 'NoSuchKey');
  return found;
}

function read(object: StoredObject, query: URLSearchParams, checksumMode: unknown): Answer {
  const disposition = query.get('response-content-disposition');
  const caching = query.get('response-cache-control');
  const asksChecksum = checksumMode === 'ENABLED' || query.get('x-amz-checksum-mode') === 'ENABLED';
  return {
    status: 200,
    headers: {
      'content-type': object.contentType,
      'content-length': object.bytes.length,
      etag: etagOf(object),
      ...(disposition !== null && { 'content-disposition': disposition }),
      ...(caching !== null && { 'cache-control': caching }),
      ...(asksChecksum && object.sha256 !== null && { 'x-amz-checksum-sha256': object.sha256 }),
    },
    body: object.bytes,
  };
}

async function put(
  key: string,
  body: Buffer,
  headers: IncomingMessage['headers'],
  { bucket }: ObjectStoreOptions,
  objects: ObjectFolder,
): Promise<Answer> {
  const source = headers['x-amz-copy-source'];
  if (typeof source === 'string') {
    const from = decodeURIComponent(source).replace(/^\//, '');
    if (!from.startsWith(`${bucket}/`)) throw new S3Error(404, 'NoSuchBucket');
    const object = await existing(objects, from.slice(bucket.length + 1));
    await objects.write(key, object);
    const etag = `<ETag>${etagOf(object)}</ETag>`;
    return xml(200, `<CopyObjectResult>${etag}<LastModified>${now()}</LastModified></CopyObjectResult>`);
  }
  checkCrc32(headers, body);
  const checksum = headers['x-amz-checksum-sha256'];
  const object: StoredObject = {
    bytes: body,
    contentType: headers['content-type'] ?? 'application/octet-stream',
    sha256: typeof checksum === 'string' ? checksum : null,
  };
  if (object.sha256 !== null && object.sha256 !== checksumOf(body)) throw new S3Error(400, 'BadDigest');
  await writeAs(headers, objects, key, () => objects.write(key, object));
  return { status: 200, headers: { etag: etagOf(object) } };
}

async function upload(
  contentType: string,
  body: Buffer,
  options: ObjectStoreOptions,
  objects: ObjectFolder,
): Promise<Answer> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => null);
  const file = form?.get('file');
  if (form === null || !(file instanceof File)) throw new S3Error(400, 'MalformedPOSTRequest');
  const fields = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === 'string') fields.set(name.toLowerCase(), value);
  const refused = checkForm(fields, file.size, options, Date.now());
  if (refused !== null) throw new S3Error(refused.status, refused.code);

  const bytes = Buffer.from(await file.arrayBuffer());
  const checksum = fields.get('x-amz-checksum-sha256') ?? null;
  if (checksum !== null && checksum !== checksumOf(bytes)) throw new S3Error(400, 'BadDigest');
  const key = fields.get('key') ?? '';
  if (!isObjectKey(key)) throw new S3Error(400, 'InvalidArgument');
  const object = {
    bytes,
    contentType: fields.get('content-type') ?? 'application/octet-stream',
    sha256: checksum,
  };
  await objects.write(key, object);
  return { status: 204, headers: { etag: etagOf(object) } };
}

function refusalAnswer(error: unknown): Answer {
  const { status, code } =
    error instanceof S3Error
      ? error.refusal
      : error instanceof BodyTooLongError
        ? { status: 400, code: 'EntityTooLarge' }
        : { status: 500, code: 'InternalError' };
  return xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

const now = (): string => new Date().toISOString();

const checksumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

const etagOf = ({ bytes }: Pick<StoredObject, 'bytes'>): string =>
  `"${createHash('md5').update(bytes).digest('hex')}"`;
