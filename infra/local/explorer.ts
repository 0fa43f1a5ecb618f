import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExampleQuery } from './example-query.ts';
import type { StaticFile } from './http-server.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/kinerja-explorer', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
};

/** Somebody that the explorer can ask as. */
export interface ExplorerIdentity {
  readonly label: { readonly id: string; readonly en: string };
  /** `/graphql`, or `/public` without a token. */
  readonly path: '/graphql' | '/public';
  readonly token: string | null;
}

export interface ExplorerOptions {
  /** Asked for at each load of the page, so that its tokens are fresh. */
  readonly identities: () => Promise<readonly ExplorerIdentity[]>;
  readonly examples: readonly ExampleQuery[];
}

const PAGE = `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kinerja – penjelajah GraphQL (demo lokal)</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/explorer/page.css">
</head>
<body>
<div id="root"><p style="padding: 1rem">Memuat… / Loading…</p></div>
<noscript>Halaman ini memerlukan JavaScript. / This page needs JavaScript.</noscript>
<script type="module" src="/explorer/page.js"></script>
</body>
</html>
`;

/**
 * The explorer page (GraphiQL) and its files, all from this machine. They are bundled at the first request, which
 * takes a second or two, and then kept under node_modules/.cache until a package or the page's source changes.
 *
 * @returns what a GET of a path shows; null for a path that is not the explorer's
 */
export function createExplorer(options: ExplorerOptions): (path: string) => Promise<StaticFile | null> {
  let bundled: Promise<string> | undefined;
  const bundleOnce = (): Promise<string> => {
    bundled ??= bundleAssets().catch((error: unknown) => {
      bundled = undefined;
      throw error;
    });
    return bundled;
  };
  return async (path) => {
    if (path === '/') return { contentType: 'text/html; charset=utf-8', body: PAGE };
    if (path === '/explorer/session.json') {
      const session = { identities: await options.identities(), examples: options.examples };
      return { contentType: 'application/json', body: JSON.stringify(session) };
    }
    const name = /^\/explorer\/([\w-]+(?:\.[\w-]+)+)$/.exec(path)?.[1];
    const contentType = CONTENT_TYPES[extname(name ?? '')];
    if (name === undefined || contentType === undefined) return null;
    const file = join(await bundleOnce(), name);
    return existsSync(file) ? { contentType, body: await readFile(file) } : null;
  };
}

/** Bundles what the page loads. @returns the folder of the files */
export async function bundleAssets(): Promise<string> {
  const folder = join(CACHE, await fingerprint());
  if (existsSync(folder)) return folder;
  const { build } = await import('esbuild');
  const scratch = `${folder}.${process.pid}`;
  const common = {
    bundle: true,
    minify: true,
    target: 'es2022',
    outdir: scratch,
    loader: { '.ttf': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  } as const;
  await Promise.all([
    build({
      ...common,
      entryPoints: { page: join(HERE, 'explorer-page.jsx') },
      format: 'esm',
      jsx: 'automatic',
    }),
    build({
      ...common,
      absWorkingDir: HERE,
      entryPoints: {
        'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
        'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
        'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
      },
      format: 'iife',
    }),
  ]);
  await removeOldBundles();
  // In one step, so that a process that stops half-way or a second one never leaves half a bundle to be served.
  await rename(scratch, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(scratch, { recursive: true, force: true });
  });
  return folder;
}

async function removeOldBundles(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  for (const name of await readdir(CACHE)) {
    if (!name.includes('.')) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

/** Changes with the page's source and with the packages that are bundled. */
async function fingerprint(): Promise<string> {
  const require = createRequire(import.meta.url);
  const hash = createHash('sha256');
  for (const name of ['explorer-page.jsx', 'explorer-page.css', 'explorer.ts']) {
    hash.update(await readFile(join(HERE, name)));
  }
  for (const name of ['esbuild', 'graphiql', 'graphql', 'monaco-graphql', 'react-dom']) {
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  }
  return hash.digest('hex').slice(0, 16);
}
