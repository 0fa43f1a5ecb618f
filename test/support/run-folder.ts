import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what the test files of a run make once for all of them. */
    runFolder: string;
  }
}

/** Vitest loads this file once a project, so what projects share must hang on the process. */
const process_ = globalThis as { kinerjaRunFolder?: { readonly path: string; users: number } | undefined };

/** Vitest's global set-up of every project: the first makes the folder, the last removes it. */
export default function setup(project: TestProject): () => void {
  process_.kinerjaRunFolder ??= { path: mkdtempSync(join(tmpdir(), 'kinerja-run-')), users: 0 };
  const folder = process_.kinerjaRunFolder;
  folder.users += 1;
  project.provide('runFolder', folder.path);
  return () => {
    folder.users -= 1;
    if (folder.users > 0) return;
    process_.kinerjaRunFolder = undefined;
    rmSync(folder.path, { recursive: true, force: true });
  };
}
