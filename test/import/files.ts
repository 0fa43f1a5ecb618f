import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of files that is removed with `remove`. */
export const createFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-import-'));
  let number = 0;
  return {
    folder,
    write: async (content: string | Uint8Array): Promise<string> => {
      const file = join(folder, `${++number}.csv`);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export type Folder = Awaited<ReturnType<typeof createFolder>>;
