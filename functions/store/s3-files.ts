import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as z from 'zod/mini';
import type { FileKey, FileStore, StoredFile, UploadTerms } from './contract/files.ts';

/** Where uploads wait until they are kept; the bucket expires what stays here. */
const WAITING = 'incoming/';

/** A file that must be there is not. */
export class FileMissingError extends Error {
  override readonly name = 'FileMissingError';
}

export interface S3FilesOptions {
  /** A new client if left out; where S3 is comes from the environment alone. */
  readonly client?: S3Client;
  /** The environment's BUCKET_NAME if left out. */
  readonly bucket?: string;
}

const environment = z.object({ BUCKET_NAME: z.string().check(z.minLength(1)) });

/** Files in one private S3 bucket. */
export function createFiles({
  client = s3Client(),
  bucket = environment.parse(process.env).BUCKET_NAME,
}: S3FilesOptions = {}): FileStore {
  const head = async (Key: string): Promise<StoredFile | null> => {
    const found = await client
      .send(new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }))
      .catch(nullWhenMissing);
    return (
      found && {
        size: found.ContentLength ?? 0,
        contentType: found.ContentType ?? '',
        sha256: found.ChecksumSHA256 === undefined ? null : hexOf(found.ChecksumSHA256),
      }
    );
  };
  return {
    presignUpload: async (key, terms) => {
      checkKey(key);
      const fields = {
        'Content-Type': terms.contentType,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': Buffer.from(terms.sha256, 'hex').toString('base64'),
      };
      const { url, fields: signed } = await createPresignedPost(client, {
        Bucket: bucket,
        Key: WAITING + key,
        Fields: fields,
        Conditions: [['content-length-range', ...sizeRange(terms.size)]],
        Expires: terms.expiresInSeconds,
      });
      return { url, fields: signed, expiresAt: instantIn(terms.expiresInSeconds) };
    },
    headUpload: (key) => head(WAITING + key),
    keepUpload: async (key) => {
      checkKey(key);
      const copied = await client
        .send(
          new CopyObjectCommand({
            Bucket: bucket,
            Key: key,
            CopySource: `${bucket}/${WAITING}${key}`,
            ChecksumAlgorithm: 'SHA256',
          }),
        )
        .catch(nullWhenMissing);
      if (copied === null) throw new FileMissingError('nothing was uploaded under this key');
    },
    presignDownload: async (key, { fileName, expiresInSeconds }) => {
      checkKey(key);
      if (!FILE_NAME.test(fileName)) throw new TypeError('a file name that must not stand in a link');
      const url = await getSignedUrl(
        client,
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ResponseContentDisposition: `attachment; filename="${fileName}"`,
          ResponseCacheControl: 'private, no-store',
        }),
        { expiresIn: expiresInSeconds },
      );
      return { url, expiresAt: instantIn(expiresInSeconds) };
    },
    put: async (key, bytes, contentType) => {
      checkKey(key);
      const ChecksumSHA256 = createHash('sha256').update(bytes).digest('base64');
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: contentType,
          ChecksumSHA256,
        }),
      );
    },
    write: async (key, content, contentType) => {
      checkKey(key);
      const there = await head(key);
      if (there !== null) return there.size;
      const { Upload } = await import('@aws-sdk/lib-storage');
      let size = 0;
      const counted = async function* (): AsyncGenerator<Uint8Array> {
        for await (const bytes of content) {
          size += bytes.byteLength;
          yield bytes;
        }
      };
      const upload = new Upload({
        client,
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
        leavePartsOnError: true,
        params: {
          Bucket: bucket,
          Key: key,
          Body: Readable.from(counted(), { objectMode: false }),
          ContentType: contentType,
          IfNoneMatch: '*',
        },
      });
      try {
        await upload.done();
        return size;
      } catch (error) {
        const { uploadId: UploadId } = upload;
        // What cannot be cleared away now, as when a function dies, the bucket's lifecycle does within a day.
        if (UploadId !== undefined)
          await client
            .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId }))
            .catch(() => undefined);
        const first = isTaken(error) ? await head(key) : null;
        if (first === null) throw error;
        return first.size;
      }
    },
    get: async (key) => {
      checkKey(key);
      const found = await client
        .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        .catch(nullWhenMissing);
      return (await found?.Body?.transformToByteArray()) ?? null;
    },
    head: (key) => head(key),
    delete: async (key) => {
      checkKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
  };
}

/** Made once a process; a request that hangs is given up and sent again while the function still has time. */
const s3Client = (): S3Client =>
  new S3Client({
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
  });

/** What `write` holds in memory is a few parts; 10,000 of them are the longest file. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 2;

/** Somebody else has stored the file, or is about to at this moment. */
const isTaken = (error: unknown): boolean =>
  error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0);

const FILE_NAME = /^[A-Za-z0-9._-]{1,100}$/;
const KEY = /^(?:evidence|exports)(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** A key of another form would be a path, or hold what does not belong in a link. */
function checkKey(key: FileKey): void {
  if (!KEY.test(key) || key.includes('..')) throw new TypeError('not the key of a file');
}

const sizeRange = (size: UploadTerms['size']): [number, number] =>
  'exactly' in size ? [size.exactly, size.exactly] : [1, size.atMost];

const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

const instantIn = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

function nullWhenMissing(error: unknown): null {
  // A HEAD has no body, so its error has a status and no code.
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return null;
  throw error;
}
