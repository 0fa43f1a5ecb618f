/** What is deployed is made of: whose licence each package has, that the lock file alone decides which, and what is known against them. */
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { bundleAll, type ShippedPackage, shippedPackages } from '../../../infra/sbom/sbom.ts';
import { type Finding, finding } from '../finding.ts';
import { licenceFinding } from './licences.ts';
import { advisoryFinding, askForAdvisories, askForReleases, newestFinding } from './registry.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Where people are told how to install. */
const INSTRUCTIONS = ['.ci/run', 'README.md', 'docs/operations.md'] as const;

const versions = z.record(z.string(), z.string());
const manifestSchema = z.looseObject({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});
/** A package may name one platform without a list. */
const names = z.optional(
  z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((given) => [given].flat()),
  ),
);
const lockSchema = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.optional(z.string()),
      license: z.optional(z.string()),
      integrity: z.optional(z.string()),
      inBundle: z.optional(z.boolean()),
      link: z.optional(z.boolean()),
      dev: z.optional(z.boolean()),
      optional: z.optional(z.boolean()),
      os: names,
      cpu: names,
      libc: names,
      dependencies: z.optional(versions),
      devDependencies: z.optional(versions),
      optionalDependencies: z.optional(versions),
    }),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Lock = z.infer<typeof lockSchema>;

/** As npm names them: `linux`, `x64`, `glibc`. */
export interface Platform {
  readonly os: string;
  readonly cpu: string;
  readonly libc: string;
}

export async function check(): Promise<readonly Finding[]> {
  const outdir = bundleAll();
  try {
    const { manifest, lock, installed } = readLocked();
    const shipped = shippedPackages(outdir);
    return [
      licenceFinding(shipped, statedBy),
      lockFinding(manifest, lock, THIS_PLATFORM),
      installedFinding(lock, installed),
      instructionFinding(INSTRUCTIONS.map((name) => ({ name, text: read(name) }))),
      advisoryFinding(await askForAdvisories(ROOT)),
      newestFinding(shipped, await askForReleases(ROOT, shipped)),
    ];
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** What is asked for, what is locked, and what npm has installed of it. */
export const readLocked = () => ({
  manifest: manifestSchema.parse(JSON.parse(read('package.json'))),
  lock: lockSchema.parse(JSON.parse(read('package-lock.json'))),
  installed: lockSchema.parse(JSON.parse(read('node_modules/.package-lock.json'))),
});

const read = (name: string): string => readFileSync(`${ROOT}${name}`, 'utf8');

/** The licence that an installed package states itself; null where another version lies there. */
function statedBy({ name, version }: ShippedPackage): string | null {
  const stated = z
    .looseObject({ version: z.string(), license: z.optional(z.string()) })
    .parse(JSON.parse(read(`node_modules/${name}/package.json`)));
  return stated.version === version ? (stated.license ?? null) : null;
}

export const THIS_PLATFORM: Platform = {
  os: process.platform,
  cpu: process.arch,
  libc: z
    .looseObject({ header: z.looseObject({ glibcVersionRuntime: z.optional(z.string()) }) })
    .safeParse(process.report.getReport()).data?.header.glibcVersionRuntime
    ? 'glibc'
    : 'musl',
};

/** Whether a list of what a package runs on leaves it out: not named, or named with `!`. */
const isForAnother = (listed: readonly string[] | undefined, here: string): boolean =>
  listed !== undefined &&
  (listed.includes(`!${here}`) || (listed.some((name) => !name.startsWith('!')) && !listed.includes(here)));

/** Whether `npm ci` never installs an entry here, and no code that ships can come from it. */
const isOfOtherDevelopers = (
  { dev, optional, os, cpu, libc }: Lock['packages'][string],
  here: Platform,
): boolean =>
  dev === true &&
  optional === true &&
  (isForAnother(os, here.os) || isForAnother(cpu, here.cpu) || isForAnother(libc, here.libc));

/**
 * Every package in the version that is asked for, and with the digest of its archive. What is for development alone, and for
 * machines of another kind, is named where it has none.
 */
export function lockFinding(manifest: Manifest, { packages }: Lock, here: Platform): Finding {
  const { '': root, ...installed } = packages;
  const wrong: string[] = [];
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
    for (const name of new Set([...Object.keys(manifest[kind]), ...Object.keys(root?.[kind] ?? {})])) {
      const version = manifest[kind][name];
      if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version))
        wrong.push(`${name}: ${version ?? 'nothing'} is no exact version`);
      if (version !== root?.[kind]?.[name] || version !== installed[`node_modules/${name}`]?.version)
        wrong.push(`${name}: ${version ?? 'nothing'} is asked for, another version locked`);
    }
  let carried = 0;
  const others: string[] = [];
  for (const [place, entry] of Object.entries(installed)) {
    if (entry.link === true || entry.version === undefined) wrong.push(`${place}: no version`);
    if (isDigest(entry.integrity)) continue;
    // What comes in another package's archive is covered by the digest of that.
    if (entry.inBundle === true && isDigest(carrierOf(place, installed)?.integrity)) carried += 1;
    else if (isOfOtherDevelopers(entry, here)) others.push(place.replace(/^node_modules\//, ''));
    else wrong.push(`${place}: no digest`);
  }
  return finding(
    'lock file: exact versions, each with its digest',
    { count: Object.keys(installed).length, of: 'packages' },
    'exceptions',
    wrong,
    [
      `${carried} in the archive of another package`,
      ...(others.length === 0
        ? []
        : [
            `${others.length} without a digest that are for development on other machines: ${others.join(', ')}`,
          ]),
    ].join('; '),
  );
}

/** What lies in node_modules is what is locked: nothing else, nothing otherwise, and nothing missing that has to be there. */
export function installedFinding({ packages: locked }: Lock, { packages: installed }: Lock): Finding {
  const wrong = Object.entries(installed).flatMap(([place, { version, integrity }]) => {
    const entry = locked[place];
    if (entry === undefined) return [`${place}: installed, not locked`];
    return entry.version === version && entry.integrity === integrity
      ? []
      : [`${place}: ${version} is installed, ${entry.version} locked, or another archive`];
  });
  for (const [place, { optional }] of Object.entries(locked))
    if (place !== '' && optional !== true && installed[place] === undefined)
      wrong.push(`${place}: locked, not installed`);
  return finding(
    'what is installed here: what is locked',
    { count: Object.keys(installed).length, of: 'packages' },
    'exceptions',
    wrong,
  );
}

/** 512 bits in base64. */
const isDigest = (text: string | undefined): boolean => /^sha512-[A-Za-z0-9+/]{86}==$/.test(text ?? '');

/** The package in whose archive a place lies. */
function carrierOf(place: string, installed: Lock['packages']): Lock['packages'][string] | undefined {
  const outer = place.slice(0, place.lastIndexOf('/node_modules/'));
  const found = installed[outer];
  return found?.inBundle === true ? carrierOf(outer, installed) : found;
}

/** Who installs as they are told takes what is locked, or fails. */
export function instructionFinding(
  texts: readonly { readonly name: string; readonly text: string }[],
): Finding {
  const commands = texts.flatMap(({ name, text }) =>
    [...text.matchAll(/\b(?:npm (?:ci|i|install|add|update)|yarn|pnpm)\b/g)].map(([command]) => ({
      name,
      command,
    })),
  );
  return finding(
    'installs that are told, CI among them',
    { count: commands.length, of: 'commands' },
    'not by the lock file alone',
    [
      ...commands
        .filter(({ command }) => command !== 'npm ci')
        .map(({ name, command }) => `${name}: ${command}`),
      ...['.ci/run', 'README.md']
        .filter((name) => !commands.some((each) => each.name === name && each.command === 'npm ci'))
        .map((name) => `${name}: no npm ci`),
    ],
  );
}
