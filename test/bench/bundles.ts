import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle as bundleEntry } from '../../infra/bundle.ts';

/** A bundle as a deployment makes it. */
export interface Bundle {
  readonly file: string;
  /** Of the files that it loads at once. */
  readonly bytes: number;
}

/** Bundles entries exactly as they are deployed, into a temporary folder. @param entries below the repository's root */
export function bundle<Name extends string>(
  entries: Readonly<Record<Name, string>>,
): { readonly of: (name: Name) => Bundle } & Disposable {
  const home = mkdtempSync(join(tmpdir(), 'kinerja-bench-bundles-'));
  for (const [name, entry] of Object.entries<string>(entries)) bundleEntry(entry, join(home, name));
  return {
    of: (name) => {
      const file = join(home, name, 'index.mjs');
      const bytes = [...loadedAtOnce(file)].reduce((sum, each) => sum + readFileSync(each).length, 0);
      return { file, bytes };
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** The files of a bundle that its entry loads before it answers anything, itself included. */
export function loadedAtOnce(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*["']\.\/([^"']+\.mjs)["']/g);
  for (const [, chunk = ''] of imports) loadedAtOnce(join(dirname(file), chunk), seen);
  return seen;
}
