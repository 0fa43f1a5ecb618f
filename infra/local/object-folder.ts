import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An object as S3 keeps it. */
export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Base64, as S3 gives it; null when it was stored without one. */
  readonly sha256: string | null;
}

/** Uploads in parts that are under way, each a folder of its own that no key can name. */
export interface PartFolder {
  /** @returns the upload's id */
  begin(key: string, contentType: string): Promise<string>;
  /** The parts that are there by number, with MD5 (hexadecimal) and size; null: no such upload of the key. */
  parts(key: string, uploadId: string): Promise<ReadonlyMap<number, StoredPart> | null>;
  writePart(uploadId: string, part: StoredPart, bytes: Buffer): Promise<void>;
  /** Puts parts together, in their order, under the key. */
  complete(key: string, uploadId: string, parts: readonly StoredPart[]): Promise<void>;
  remove(uploadId: string): Promise<void>;
}

export interface StoredPart {
  readonly number: number;
  readonly md5: string;
  readonly size: number;
}

/** Objects as files below a folder, each beside a small file with what S3 knows of it. */
export interface ObjectFolder {
  read(key: string): Promise<StoredObject | null>;
  write(key: string, object: StoredObject): Promise<void>;
  /** Writes unless there is one by then: of several, one after the other, the first. @returns whether it did */
  ifAbsent(key: string, write: () => Promise<void>): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Deletes what was written under a prefix before a time, as the bucket's lifecycle does. */
  expire(prefix: string, before: Date): Promise<void>;
}

const ABOUT = '.about.json';
const KEY = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** Whether a text can be the key of an object here: the names of folders and a file, and never a way out of the folder. */
export const isObjectKey = (key: string): boolean =>
  KEY.test(key) && !key.split('/').some((part) => part === '.' || part === '..') && !key.endsWith(ABOUT);

/** Where uploads in parts wait: `~` stands in no key. */
export const PARTS = 'parts~';

export function objectFolder(folder: string): ObjectFolder & { readonly multipart: PartFolder } {
  const fileOf = (key: string): string => {
    if (!isObjectKey(key)) throw new TypeError('not the key of an object');
    return join(folder, key);
  };
  const remove = async (key: string): Promise<void> => {
    const file = fileOf(key);
    await Promise.all([rm(file, { force: true }), rm(file + ABOUT, { force: true })]);
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async (key) => {
      const file = fileOf(key);
      try {
        const [bytes, about] = await Promise.all([readFile(file), readFile(file + ABOUT, 'utf8')]);
        return { bytes, ...JSON.parse(about) };
      } catch (error) {
        if (isAbsence(error)) return null;
        throw error;
      }
    },
    write: async (key, { bytes, ...about }) => {
      const file = fileOf(key);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file + ABOUT, JSON.stringify(about));
      // Whoever reads meanwhile sees the object before or after, never half of it.
      await writeFile(`${file}.part`, bytes);
      await rename(`${file}.part`, file);
    },
    ifAbsent: (key, write) => {
      const turn = last.then(async () => {
        const taken = await stat(fileOf(key)).catch(() => null);
        if (taken === null) await write();
        return taken === null;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    remove,
    multipart: partFolder(join(folder, PARTS), fileOf),
    expire: async (prefix, before) => {
      const below = join(folder, prefix);
      const entries = await readdir(below, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        if ((await stat(file)).mtime < before) await rm(file, { force: true });
      }
    },
  };
}

function partFolder(folder: string, fileOf: (key: string) => string): PartFolder {
  const UPLOAD_ID = /^[0-9a-f-]{36}$/;
  const about = (uploadId: string): string => join(folder, uploadId, 'about.json');
  const fileOfPart = (uploadId: string, { number, md5, size }: StoredPart): string =>
    join(folder, uploadId, `${number}-${md5}-${size}`);
  const keyOf = async (uploadId: string): Promise<string | null> => {
    if (!UPLOAD_ID.test(uploadId)) return null;
    const text = await readFile(about(uploadId), 'utf8').catch(() => null);
    return text === null ? null : JSON.parse(text).key;
  };
  const parts = async (uploadId: string): Promise<readonly StoredPart[]> =>
    (await readdir(join(folder, uploadId))).flatMap((name) => {
      const [, number, md5 = '', size] = /^(\d+)-([0-9a-f]{32})-(\d+)$/.exec(name) ?? [];
      return number === undefined ? [] : [{ number: Number(number), md5, size: Number(size) }];
    });
  return {
    begin: async (key, contentType) => {
      const uploadId = randomUUID();
      await mkdir(join(folder, uploadId), { recursive: true, mode: 0o700 });
      await writeFile(about(uploadId), JSON.stringify({ key, contentType }));
      return uploadId;
    },
    parts: async (key, uploadId) =>
      (await keyOf(uploadId)) === key
        ? new Map((await parts(uploadId)).map((part) => [part.number, part]))
        : null,
    writePart: async (uploadId, part, bytes) => {
      const before = (await parts(uploadId)).filter(({ number }) => number === part.number);
      await Promise.all(before.map((each) => rm(fileOfPart(uploadId, each), { force: true })));
      await writeFile(fileOfPart(uploadId, part), bytes);
    },
    complete: async (key, uploadId, wanted) => {
      const file = fileOf(key);
      const { contentType } = JSON.parse(await readFile(about(uploadId), 'utf8'));
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const whole = async function* (): AsyncGenerator<Buffer> {
        for (const part of wanted) yield* createReadStream(fileOfPart(uploadId, part));
      };
      const joined = join(folder, uploadId, 'whole');
      await pipeline(Readable.from(whole(), { objectMode: false }), createWriteStream(joined));
      await writeFile(file + ABOUT, JSON.stringify({ contentType, sha256: null }));
      await rename(joined, file);
    },
    remove: (uploadId) => rm(join(folder, uploadId), { recursive: true, force: true }),
  };
}

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
