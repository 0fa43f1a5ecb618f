import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what the test files of a run make once for all of them; what they call temporary lies in it, too. */
    runFolder: string;
  }
}

/** Vitest loads this file once a project, so what projects share must hang on the process. */
const process_ = globalThis as {
  kinerjaRunFolder?:
    | { readonly path: string; readonly before: string | undefined; users: number }
    | undefined;
};

/** Vitest's global set-up of every project: the first makes the folder, the last removes it. */
export default function setup(project: TestProject): () => void {
  process_.kinerjaRunFolder ??= makeFolder();
  const folder = process_.kinerjaRunFolder;
  folder.users += 1;
  project.provide('runFolder', folder.path);
  return () => {
    folder.users -= 1;
    if (folder.users > 0) return;
    process_.kinerjaRunFolder = undefined;
    if (folder.before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = folder.before;
    rmSync(folder.path, { recursive: true, force: true });
  };
}

/** Processes of tests are ended without being asked, and leave what they would have removed: it goes with the folder. */
function makeFolder() {
  const before = process.env['TMPDIR'];
  const path = mkdtempSync(join(tmpdir(), 'kinerja-run-'));
  process.env['TMPDIR'] = path;
  return { path, before, users: 0 };
}
