/**
 * `npm run sbom`: the software bill of materials of what is deployed, in CycloneDX 1.6. It lists the packages of which code is in
 * a bundle, read from the bundles' source maps, with version, licence and digest from the lock file. Written to `.build/sbom.cdx.json`.
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { addStacks } from '../app-stacks.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const lockSchema = z.object({
  name: z.string(),
  version: z.string(),
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.optional(z.string()),
      license: z.optional(z.string()),
      integrity: z.optional(z.string()),
    }),
  ),
});
const mapSchema = z.looseObject({ sources: z.array(z.string()) });

/** A package of which code is in a bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As the package states it, in SPDX's terms: in the lock file, or in a file of its own. Null when it does in neither. */
  readonly licence: string | null;
  /** SHA-512 of the package's archive, hex. */
  readonly sha512: string | null;
}

/** Bundles every function, as a deployment with mails does, and returns the folder, which the caller deletes. */
export function bundleAll(): string {
  const outdir = mkdtempSync(join(tmpdir(), 'kinerja-bundles-'));
  const app = new App({ outdir, analyticsReporting: false });
  const mail = { from: 'Kinerja <kinerja@daerah.go.id>', identity: 'daerah.go.id' };
  addStacks(app, 'bill', { ...DEFAULT_SETTINGS, mail });
  app.synth();
  return outdir;
}

/** Packages of which code is in one of the bundles of a folder, by name and version. */
export function shippedPackages(outdir: string): readonly ShippedPackage[] {
  const { packages } = readLock();
  const places = new Set(
    globSync(join(outdir, 'asset.*', '*.map')).flatMap((map) =>
      mapSchema.parse(JSON.parse(readFileSync(map, 'utf8'))).sources.flatMap((source) => {
        const from = source.indexOf('node_modules/');
        if (from === -1) return [];
        // The innermost package that was installed: some carry others in their own files.
        const place = placesOn(source.slice(from)).findLast((each) => Object.hasOwn(packages, each));
        if (place === undefined) throw new Error(`${source} is in a bundle and not in the lock file`);
        return [place];
      }),
    ),
  );
  return [...places]
    .map((place) => {
      const found = packages[place];
      if (found?.version === undefined) throw new Error(`the lock file has no version of ${place}`);
      const digest = found.integrity?.replace(/^sha512-/, '');
      return {
        name: place.replace(/^.*node_modules\//, ''),
        version: found.version,
        licence: found.license ?? licenceInFile(place),
        sha512: digest === undefined ? null : Buffer.from(digest, 'base64').toString('hex'),
      };
    })
    .toSorted((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}

/** Some packages state their licence in its text alone, which is told by its heading. */
const HEADINGS: Readonly<Record<string, string>> = { 'MIT License': 'MIT' };

function licenceInFile(place: string): string | null {
  const [file] = globSync(join(ROOT, place, 'LICENSE*'));
  const heading = file === undefined ? '' : (readFileSync(file, 'utf8').split('\n')[0] ?? '').trim();
  return HEADINGS[heading] ?? null;
}

/** Folders of packages on the way to a file, from the outside in. */
const placesOn = (path: string): readonly string[] =>
  [...path.matchAll(/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/g)].map(({ 0: found, index }) =>
    path.slice(0, index + found.length),
  );

/** The bill in CycloneDX: the same packages give the same text. https://cyclonedx.org/docs/1.6/json/ */
export function billOf(packages: readonly ShippedPackage[]): string {
  const { name, version } = readLock();
  const components = packages.map((each) => {
    const purl = `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`;
    return {
      type: 'library',
      'bom-ref': purl,
      name: each.name,
      version: each.version,
      purl,
      ...(each.licence !== null && {
        licenses: [
          / (OR|AND) /.test(each.licence) ? { expression: each.licence } : { license: { id: each.licence } },
        ],
      }),
      ...(each.sha512 !== null && { hashes: [{ alg: 'SHA-512', content: each.sha512 }] }),
    };
  });
  const digest = createHash('sha256').update(JSON.stringify(components)).digest('hex');
  const serial = [8, 4, 4, 4, 12].reduce<{ readonly at: number; readonly parts: readonly string[] }>(
    ({ at, parts }, length) => ({ at: at + length, parts: [...parts, digest.slice(at, at + length)] }),
    { at: 0, parts: [] },
  );
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial.parts.join('-')}`,
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': name, name, version } },
    components,
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const readLock = () => lockSchema.parse(JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outdir = bundleAll();
  try {
    const packages = shippedPackages(outdir);
    mkdirSync(`${ROOT}.build`, { recursive: true });
    writeFileSync(`${ROOT}.build/sbom.cdx.json`, billOf(packages));
    console.log(`.build/sbom.cdx.json: ${packages.length} packages have code in a bundle.`);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
