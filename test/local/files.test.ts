import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileKey, UploadTerms, UploadTicket } from '../../functions/store/contract/files.ts';
import { createFiles } from '../../functions/store/s3-files.ts';
import { setClock } from '../../infra/local/clock.ts';
import { PARTS } from '../../infra/local/object-folder.ts';
import { startTestFiles, type TestFiles, upload } from '../support/files.ts';

let files: TestFiles;

beforeAll(async () => {
  files = await startTestFiles();
});
afterAll(() => files.close());

const CONTENT = Buffer.from('%PDF-1.7 laporan kunjungan');
const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const termsFor = (content: Buffer, terms: Partial<UploadTerms> = {}): UploadTerms => ({
  contentType: 'application/pdf',
  size: { exactly: content.length },
  sha256: hashOf(content),
  expiresInSeconds: 600,
  ...terms,
});

let number = 0;
const newKey = (): FileKey => {
  number += 1;
  return `evidence/e-${number}`;
};

const codeOf = async (response: Response): Promise<string> =>
  `${response.status} ${/<Code>(\w+)/.exec(await response.text())?.[1]}`;

/** Some hours pass for everybody while something is done. */
async function later<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
  const reset = setClock(new Date(Date.now() + milliseconds));
  try {
    return await act();
  } finally {
    reset();
  }
}

describe('an upload', () => {
  test('that keeps the terms waits until it is kept, and is then there under its key', async () => {
    const key = newKey();
    const ticket = await files.store.presignUpload(key, termsFor(CONTENT));

    expect((await upload(ticket, CONTENT)).status).toBe(204);
    const expected = { size: CONTENT.length, contentType: 'application/pdf', sha256: hashOf(CONTENT) };
    expect(await files.store.headUpload(key)).toEqual(expected);
    expect(await files.store.head(key)).toBeNull();

    await files.store.keepUpload(key);
    await files.store.keepUpload(key);
    expect(await files.store.head(key)).toEqual(expected);
  });

  test.each([
    ['longer than agreed', Buffer.from(`${CONTENT} and more`), {}, '400 EntityTooLarge'],
    ['shorter than agreed', CONTENT.subarray(0, 3), {}, '400 EntityTooSmall'],
    ['over a greatest size', CONTENT, { size: { atMost: CONTENT.length - 1 } }, '400 EntityTooLarge'],
    ['with another content', Buffer.from(CONTENT.toString().toUpperCase()), {}, '400 BadDigest'],
  ] as const)('%s is refused', async (_, sent, terms, refusal) => {
    const key = newKey();
    const ticket = await files.store.presignUpload(key, termsFor(CONTENT, terms));

    expect(await codeOf(await upload(ticket, sent))).toBe(refusal);
    expect(await files.store.headUpload(key)).toBeNull();
  });

  test('of at most a size may be smaller', async () => {
    const ticket = await files.store.presignUpload(newKey(), termsFor(CONTENT, { size: { atMost: 1000 } }));

    expect((await upload(ticket, CONTENT)).status).toBe(204);
  });

  test.each([
    ['as another type', { 'Content-Type': 'text/html' }],
    ['under another key', { key: 'evidence/e-other' }],
    ['with a field that nobody signed', { acl: 'public-read' }],
    ['without its checksum', { 'x-amz-checksum-sha256': undefined }],
    ['with a policy of its own', { Policy: Buffer.from('{}').toString('base64') }],
    ['in the name of another account', { 'X-Amz-Credential': 'x/20260101/ap-southeast-3/s3/aws4_request' }],
  ] as const)('%s is refused', async (_, change) => {
    const ticket = await files.store.presignUpload(newKey(), termsFor(CONTENT));
    const fields = Object.fromEntries(
      Object.entries<string | undefined>({ ...ticket.fields, ...change }).filter(
        (field): field is [string, string] => field[1] !== undefined,
      ),
    );

    expect((await upload({ ...ticket, fields }, CONTENT)).status).toBe(403);
  });

  test('after the ticket has expired is refused', async () => {
    const ticket = await files.store.presignUpload(newKey(), termsFor(CONTENT));

    expect(await later(601_000, async () => codeOf(await upload(ticket, CONTENT)))).toBe('403 AccessDenied');
  });

  test('that never came cannot be kept', async () => {
    await expect(files.store.keepUpload('evidence/e-never')).rejects.toThrow('nothing was uploaded');
  });
});

describe('a download', () => {
  const stored = async (): Promise<FileKey> => {
    const key: FileKey = `exports/d-${++number}`;
    await files.store.put(key, CONTENT, 'application/pdf');
    return key;
  };

  test('gives the file as an attachment, under the name asked for', async () => {
    const { url } = await files.store.presignDownload(await stored(), {
      fileName: 'skp-2026.pdf',
      expiresInSeconds: 60,
    });
    const response = await fetch(url);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="skp-2026.pdf"');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(CONTENT);
  });

  test('is refused after its time, for another key, and without a signature', async () => {
    const key = await stored();
    const other = await stored();
    const { url } = await files.store.presignDownload(key, { fileName: 'a.pdf', expiresInSeconds: 60 });

    expect(await later(61_000, async () => codeOf(await fetch(url)))).toBe('403 AccessDenied');
    expect(await codeOf(await fetch(url.replace(key, other)))).toBe('403 SignatureDoesNotMatch');
    expect(await codeOf(await fetch(url.replace('a.pdf', 'b.pdf')))).toBe('403 SignatureDoesNotMatch');
    expect(await codeOf(await fetch(url.split('?')[0] ?? ''))).toBe('403 AccessDenied');
  });

  test('of a deleted file finds nothing', async () => {
    const key = await stored();
    const { url } = await files.store.presignDownload(key, { fileName: 'a.pdf', expiresInSeconds: 60 });

    await files.store.delete(key);
    await files.store.delete(key);

    expect(await files.store.head(key)).toBeNull();
    expect(await codeOf(await fetch(url))).toBe('404 NoSuchKey');
  });

  test.each(['Siti Nurhaliza.pdf', 'a"; x=".pdf', '../x', ''])(
    'never carries a name like "%s" in its link',
    async (fileName) => {
      const terms = { fileName, expiresInSeconds: 60 };
      if (fileName === '../x')
        await expect(files.store.presignDownload('exports/..', terms)).rejects.toThrow();
      else await expect(files.store.presignDownload('exports/x', terms)).rejects.toThrow('file name');
    },
  );
});

describe('a file that is stored as it is made', () => {
  const MEGABYTE = 1024 * 1024;
  let folder = '';
  let large: TestFiles;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinerja-'));
    large = await startTestFiles(folder);
  });
  afterAll(async () => {
    await large.close();
    await rm(folder, { recursive: true, force: true });
  });
  const newFile = (): FileKey => `exports/j-${++number}`;
  /** So many megabytes, each full of one letter; then what is done at the end. */
  async function* megabytes(
    count: number,
    letter = 'a',
    end: () => void = () => undefined,
  ): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < count; at += 1) yield Buffer.alloc(MEGABYTE, letter);
    end();
  }
  const partsLeft = () => readdir(join(folder, PARTS)).catch(() => []);

  test.each([
    ['in one piece', 1],
    ['in parts', 9],
  ])('%s is there as a whole, with its size and type', async (_, count) => {
    const key = newFile();
    expect(await large.store.write(key, megabytes(count), 'text/csv')).toBe(count * MEGABYTE);
    expect(await large.store.head(key)).toMatchObject({ size: count * MEGABYTE, contentType: 'text/csv' });
    const { url } = await large.store.presignDownload(key, { fileName: 'a.csv', expiresInSeconds: 60 });
    const content = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(content.equals(Buffer.alloc(count * MEGABYTE, 'a'))).toBe(true);
    expect(await partsLeft()).toEqual([]);
  });

  test('is made no faster than it is stored: a few parts are in memory', async () => {
    const sent = { bytes: 0 };
    large.client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if ('PartNumber' in args.input) sent.bytes += 8 * MEGABYTE;
        return answer;
      },
      { step: 'initialize', name: 'count' },
    );
    let ahead = 0;
    const content = (async function* () {
      for (let at = 0; at < 48; at += 1) {
        ahead = Math.max(ahead, at * MEGABYTE - sent.bytes);
        yield Buffer.alloc(MEGABYTE);
      }
    })();
    await large.store.write(newFile(), content, 'text/csv');
    large.client.middlewareStack.remove('count');
    expect(ahead).toBeLessThanOrEqual(40 * MEGABYTE);
  });

  test('leaves nothing behind when its making fails, and says why', async () => {
    const key = newFile();
    const broken = megabytes(9, 'a', () => {
      throw new Error('no such unit');
    });
    await expect(large.store.write(key, broken, 'text/csv')).rejects.toThrow('no such unit');
    expect(await large.store.head(key)).toBeNull();
    expect(await partsLeft()).toEqual([]);
  });

  test('is not made again, and never replaced', async () => {
    const key = newFile();
    await large.store.write(key, megabytes(2, 'a'), 'text/csv');
    let made = false;
    const second = (async function* () {
      made = true;
      yield Buffer.from('other');
    })();
    expect(await large.store.write(key, second, 'text/csv')).toBe(2 * MEGABYTE);
    expect(made).toBe(false);
  });

  test.each([
    ['in one piece', 1, 2],
    ['in parts', 9, 10],
  ])(
    'by two at the same time, %s, is the file of one of them, and both know its size',
    async (_, one, other) => {
      const key = newFile();
      const sizes = await Promise.all([
        large.store.write(key, megabytes(one, 'a'), 'text/csv'),
        large.store.write(key, megabytes(other, 'b'), 'text/csv'),
      ]);
      const { size } = (await large.store.head(key)) ?? { size: 0 };
      expect(sizes).toEqual([size, size]);
      const content = Buffer.from((await large.store.get(key)) ?? []);
      expect(content.equals(Buffer.alloc(size, size === one * MEGABYTE ? 'a' : 'b'))).toBe(true);
      expect(await partsLeft()).toEqual([]);
    },
  );

  describe('in parts that S3 would refuse', () => {
    const part = Buffer.alloc(5 * MEGABYTE);
    const begin = async (Key: string) => {
      const of = { Bucket: large.bucket, Key };
      const { UploadId = '' } = await large.client.send(new CreateMultipartUploadCommand(of));
      const send = async (PartNumber: number, Body: Buffer, more = {}) => {
        const { ETag } = await large.client.send(
          new UploadPartCommand({ ...of, UploadId, PartNumber, Body, ...more }),
        );
        return { PartNumber, ETag };
      };
      const complete = (Parts: object[], more = {}) =>
        large.client.send(
          new CompleteMultipartUploadCommand({ ...of, UploadId, MultipartUpload: { Parts }, ...more }),
        );
      const abort = () => large.client.send(new AbortMultipartUploadCommand({ ...of, UploadId }));
      return { send, complete, abort };
    };
    type Begun = Awaited<ReturnType<typeof begin>>;

    test.each<[what: string, code: string, act: (upload: Begun) => Promise<unknown>]>([
      [
        'a part that was never sent',
        'InvalidPart',
        async ({ send, complete }) => complete([{ ...(await send(1, part)), PartNumber: 2 }]),
      ],
      [
        'a part that was sent anew',
        'InvalidPart',
        async ({ send, complete }) => {
          const first = await send(1, part);
          await send(1, Buffer.from('other'));
          return complete([first]);
        },
      ],
      [
        'parts out of order',
        'InvalidPartOrder',
        async ({ send, complete }) => {
          const [first, second] = [await send(1, part), await send(2, part)];
          return complete([second, first]);
        },
      ],
      [
        'a small part before the last',
        'EntityTooSmall',
        async ({ send, complete }) => complete([await send(1, CONTENT), await send(2, part)]),
      ],
      ['no part', 'MalformedXML', ({ complete }) => complete([])],
      ['a part of a number beyond the last', 'InvalidArgument', ({ send }) => send(10_001, part)],
      ['a part without a number', 'InvalidArgument', ({ send }) => send(0, part)],
      ['another content', 'BadDigest', ({ send }) => send(1, part, { ChecksumCRC32: 'AAAAAA==' })],
      [
        'a part after the upload was aborted',
        'NoSuchUpload',
        async ({ send, abort }) => {
          await abort();
          return send(1, part);
        },
      ],
      [
        'an upload that is complete',
        'NoSuchUpload',
        async ({ send, complete }) => {
          const parts = [await send(1, CONTENT)];
          await complete(parts);
          return complete(parts);
        },
      ],
    ])('%s', async (_, code, act) => {
      const upload = await begin(newFile());
      await expect(act(upload)).rejects.toThrow(expect.objectContaining({ name: code }));
      await upload.abort().catch(() => undefined);
    });

    test('an upload of another key', async () => {
      const of = { Bucket: large.bucket, Key: newFile() };
      const { UploadId } = await large.client.send(new CreateMultipartUploadCommand(of));
      const other = { ...of, Key: newFile(), UploadId, PartNumber: 1, Body: CONTENT };
      await expect(large.client.send(new UploadPartCommand(other))).rejects.toThrow(
        expect.objectContaining({ name: 'NoSuchUpload' }),
      );
    });

    test('in the place of a file that must not be there', async () => {
      const key = newFile();
      const upload = await begin(key);
      const parts = [await upload.send(1, CONTENT)];
      await large.store.put(key, CONTENT, 'text/csv');
      const never = { IfNoneMatch: '*' };
      await expect(upload.complete(parts, never)).rejects.toThrow(
        expect.objectContaining({ name: 'PreconditionFailed' }),
      );
      await upload.complete(parts);
    });
  });

  test('and was left half-way is cleared away after a day', async () => {
    const of = { Bucket: large.bucket, Key: newFile() };
    const { UploadId } = await large.client.send(new CreateMultipartUploadCommand(of));
    const part = { ...of, UploadId, PartNumber: 1, Body: CONTENT };
    await large.client.send(new UploadPartCommand(part));
    await (await startTestFiles(folder)).close();
    await large.client.send(new UploadPartCommand(part));
    await (await later(25 * 3600 * 1000, () => startTestFiles(folder))).close();
    await expect(large.client.send(new UploadPartCommand(part))).rejects.toThrow(
      expect.objectContaining({ name: 'NoSuchUpload' }),
    );
  });
});

describe('the stand-in of S3', () => {
  const strangers = (change: object) =>
    new S3Client({
      endpoint: files.endpoint,
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'test', secretAccessKey: 'another secret', ...change },
      maxAttempts: 1,
    });

  test.each([
    ['with another secret', {}, 'SignatureDoesNotMatch'],
    ['with another key', { accessKeyId: 'other' }, 'InvalidAccessKeyId'],
  ])('refuses a client %s', async (_, change, code) => {
    const put = strangers(change).send(
      new PutObjectCommand({ Bucket: files.bucket, Key: 'evidence/x', Body: 'x' }),
    );

    await expect(put).rejects.toThrow(expect.objectContaining({ name: code }));
  });

  test('lists nothing', async () => {
    await expect(files.client.send(new ListObjectsV2Command({ Bucket: files.bucket }))).rejects.toThrow();
  });

  test('never leaves its folder', async () => {
    const ticket: UploadTicket = await files.store.presignUpload('evidence/x', termsFor(CONTENT));
    expect((await fetch(`${ticket.url}/../../etc/passwd`)).status).toBeGreaterThanOrEqual(403);
    await expect(files.store.put('evidence/../../x', CONTENT, 'text/plain')).rejects.toThrow(TypeError);
  });

  test('keeps files in a data folder over a restart, but no upload that nobody kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kinerja-'));
    const first = await startTestFiles(folder);
    await first.store.put('exports/x', CONTENT, 'text/csv');
    await upload(await first.store.presignUpload('evidence/e', termsFor(CONTENT)), CONTENT);
    await first.close();

    const soon = await startTestFiles(folder);
    expect(await soon.store.headUpload('evidence/e')).not.toBeNull();
    await soon.close();
    const nextWeek = await later(7 * 24 * 3600 * 1000, () => startTestFiles(folder));
    expect(await nextWeek.store.headUpload('evidence/e')).toBeNull();
    expect(await nextWeek.store.head('exports/x')).toEqual({
      size: CONTENT.length,
      contentType: 'text/csv',
      sha256: hashOf(CONTENT),
    });
    await nextWeek.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('is found by the environment alone, as S3 is', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: files.endpoint,
      BUCKET_NAME: files.bucket,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'a secret',
      AWS_REGION: 'ap-southeast-3',
    });
    try {
      await createFiles().put('exports/by-environment', CONTENT, 'text/csv');
      expect(await files.store.head('exports/by-environment')).not.toBeNull();
    } finally {
      process.env = before;
    }
  });
});
