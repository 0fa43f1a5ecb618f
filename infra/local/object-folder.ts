import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** An object as S3 keeps it. */
export interface StoredObject {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Base64, as S3 gives it; null when it was stored without one. */
  readonly sha256: string | null;
}

/** Objects as files below a folder, each beside a small file with what S3 knows of it. */
export interface ObjectFolder {
  read(key: string): Promise<StoredObject | null>;
  write(key: string, object: StoredObject): Promise<void>;
  remove(key: string): Promise<void>;
  /** Deletes what was written under a prefix before a time, as the bucket's lifecycle does. */
  expire(prefix: string, before: Date): Promise<void>;
}

const ABOUT = '.about.json';
const KEY = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;

/** Whether a text can be the key of an object here: the names of folders and a file, and never a way out of the folder. */
export const isObjectKey = (key: string): boolean =>
  KEY.test(key) && !key.split('/').some((part) => part === '.' || part === '..') && !key.endsWith(ABOUT);

export function objectFolder(folder: string): ObjectFolder {
  const fileOf = (key: string): string => {
    if (!isObjectKey(key)) throw new TypeError('not the key of an object');
    return join(folder, key);
  };
  const remove = async (key: string): Promise<void> => {
    const file = fileOf(key);
    await Promise.all([rm(file, { force: true }), rm(file + ABOUT, { force: true })]);
  };
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
    remove,
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

const isAbsence = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
