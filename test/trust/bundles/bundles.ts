/**
 * The same sources make the same bundles wherever and whenever they are built: two checkouts in folders of different names and
 * depths, each with packages of its own, bundled one after the other, compared byte by byte.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { billOf, shippedPackages } from '../../../infra/sbom/sbom.ts';
import { type Finding, finding } from '../finding.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = [
  'functions',
  'infra',
  'schema',
  'test',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const BUILD = `import { bundleAll } from './infra/sbom/sbom.ts'; process.stdout.write(bundleAll());`;

/** Bundles in a copy of the sources. @returns the folder of the bundles */
function buildIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const source of SOURCES) cpSync(join(ROOT, source), join(folder, source), { recursive: true });
  // Hard links: as good as an installation of its own, without another gigabyte.
  execFileSync('cp', ['-al', realpathSync(join(ROOT, 'node_modules')), join(folder, 'node_modules')]);
  return execFileSync(process.execPath, ['--input-type=module', '--eval', BUILD], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Digest by file, without the name of the asset's folder: that is made of the content itself. */
const digestsOf = (outdir: string): ReadonlyMap<string, string> =>
  new Map(
    globSync(join(outdir, 'asset.*', '*')).map((file) => [
      relative(outdir, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );

export async function check(): Promise<readonly Finding[]> {
  const home = mkdtempSync(join(tmpdir(), 'kinerja-twice-'));
  try {
    const outdirs = [buildIn(join(home, 'a')), buildIn(join(home, 'somewhere', 'else', 'b'))];
    const [first = new Map<string, string>(), second = new Map<string, string>()] = outdirs.map(digestsOf);
    const names = [...new Set([...first.keys(), ...second.keys()])];
    const differing = names.filter((name) => first.get(name) !== second.get(name));
    const [packages = [], again = []] = outdirs.map(shippedPackages);
    const bills = billOf(packages) === billOf(again) ? [] : ['the bill of materials'];
    return [
      finding(
        'bundles, built in two places',
        { count: names.length, of: 'files' },
        'differences',
        [...differing, ...bills],
        `${packages.length} packages shipped`,
      ),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
