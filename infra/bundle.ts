import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** The repository's root, which entries are named from. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a Lambda entry into a folder: `index.mjs`, chunks that it loads when they are needed (what the program imports with
 * `import()`), and a source map of each.
 * @param entry below the repository's root, for example 'functions/close/begin.ts'
 * @throws where the entry cannot be bundled
 */
export function bundle(entry: string, outdir: string): void {
  const apollo = join(ROOT, 'node_modules/@apollo/server/dist/esm');
  buildSync({
    entryPoints: [join(ROOT, entry)],
    absWorkingDir: ROOT,
    outdir,
    entryNames: 'index',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
    // CommonJS packages inside an ESM bundle still call require.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: {
      // Apollo's CommonJS parts must not bring a second Apollo Server.
      '@apollo/server/plugin/disabled': join(apollo, 'plugin/disabled/index.js'),
      '@apollo/server': apollo,
      // 200 kB that Apollo loads only to report usage to its own cloud, which takes a key that is never set.
      '@apollo/usage-reporting-protobuf': join(ROOT, 'infra/empty-module.cjs'),
    },
  });
}
