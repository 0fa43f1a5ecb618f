import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another running process keeps its data in this folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError';
  readonly dataDir: string;
  /** Id of the process that has it. */
  readonly holder: number;

  constructor(dataDir: string, holder: number, options?: ErrorOptions) {
    super(
      `"${dataDir}" is in use by process ${holder}. Stop it first, or choose another folder with --data.`,
      options,
    );
    this.dataDir = dataDir;
    this.holder = holder;
  }
}

/**
 * Takes a data folder for this process, creating it if need be: two databases on the same files would spoil them.
 *
 * @returns what gives the folder back
 * @throws DataDirInUseError
 */
export async function takeDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'in-use-by');
  for (let attempt = 1; ; attempt += 1) {
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
      if (isRunning(holder) || attempt === 3) {
        throw new DataDirInUseError(dataDir, holder, { cause: error });
      }
      // Left behind by a process that was killed.
      await rm(file, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
