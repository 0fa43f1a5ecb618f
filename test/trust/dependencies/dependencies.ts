/** What is deployed is made of: whose licence each package has, that the lock file alone decides which, and what is known against them. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { inParallel } from '../../../functions/domain/in-parallel.ts';
import { bundleAll, type ShippedPackage, shippedPackages } from '../../../infra/sbom/sbom.ts';
import { type Finding, finding } from '../finding.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Licences that ask for no more than that they and the authors are named. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Zlib',
]);

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
      advisoryFinding(await askForAdvisories()),
      newestFinding(shipped, await askForReleases(shipped)),
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

/** Whether a choice of an SPDX expression is one that we may take: of OR one side, of AND both. AND binds closer. */
export function isAllowed(licence: string): boolean {
  const words = licence.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = (): boolean => {
    const word = words[at];
    at += 1;
    if (word !== '(') return word !== undefined && ALLOWED.has(word);
    const inner = either();
    const closed = words[at] === ')';
    at += 1;
    return inner && closed;
  };
  const both = (): boolean => {
    let all = one();
    for (; words[at] === 'AND'; all = one() && all) at += 1;
    return all;
  };
  const either = (): boolean => {
    let any = both();
    for (; words[at] === 'OR'; any = both() || any) at += 1;
    return any;
  };
  return either() && at === words.length;
}

/** Packages of which code ships. @param stated what an installed package says itself; the lock file must not say otherwise */
export function licenceFinding(
  packages: readonly ShippedPackage[],
  stated: (of: ShippedPackage) => string | null,
): Finding {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  for (const each of packages) {
    const licence = each.licence ?? 'none stated';
    counts.set(licence, (counts.get(licence) ?? 0) + 1);
    const itself = stated(each);
    if (!isAllowed(licence)) wrong.push(`${each.name} ${each.version}: ${licence}`);
    if (itself !== null && itself !== each.licence)
      wrong.push(`${each.name} ${each.version}: ${licence} in the lock file, ${itself} in the package`);
  }
  const listed = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${licence} ${count}`);
  return finding(
    'licences of what ships',
    { count: packages.length, of: 'packages' },
    'licences not allowed',
    wrong,
    listed.join(', '),
  );
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

/** What the registry knows against what ships; null with its answer when it has no such list. */
export type Advisories =
  | { readonly asked: number; readonly known: readonly string[] }
  | { readonly asked: null; readonly why: string };

const reportSchema = z.looseObject({
  metadata: z.looseObject({ dependencies: z.looseObject({ prod: z.number() }) }),
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({ severity: z.string(), range: z.optional(z.string()) }),
  ),
});

/** Reads what `npm audit --json` printed. */
export function readAdvisories(printed: string): Advisories {
  let answer: unknown;
  try {
    answer = JSON.parse(printed);
  } catch {
    return { asked: null, why: 'npm audit did not answer' };
  }
  const report = reportSchema.safeParse(answer);
  if (!report.success) {
    const { message } = z.looseObject({ message: z.catch(z.string(), '') }).parse(answer);
    return { asked: null, why: /^\d{3} [\w ]+/.exec(message)?.[0].trim() ?? 'no list of advisories' };
  }
  const { metadata, vulnerabilities } = report.data;
  return {
    asked: metadata.dependencies.prod,
    known: Object.entries(vulnerabilities).map(
      ([name, { severity, range }]) => `${name} ${range ?? ''}: ${severity}`,
    ),
  };
}

/** An audit that finds something exits with 1, and prints all the same. */
const askForAdvisories = (): Promise<Advisories> =>
  new Promise((settle) => {
    execFile(
      'npm',
      ['audit', '--omit=dev', '--json', '--fetch-retries=0'],
      { cwd: ROOT, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
      (_, printed) => settle(readAdvisories(printed)),
    );
  });

export function advisoryFinding(advisories: Advisories): Finding {
  const [subject, wrongOf] = ['known vulnerabilities of what is installed to run', 'known'];
  return advisories.asked === null
    ? finding(
        subject,
        { count: 0, of: 'packages' },
        wrongOf,
        [],
        `NOT CHECKED: the registry has no audit here (${advisories.why})`,
      )
    : finding(subject, { count: advisories.asked, of: 'packages' }, wrongOf, advisories.known);
}

/** Numbers of a release; null for what is none, as `1.0.0-beta`. */
const numbersOf = (version: string): readonly [number, number, number] | null => {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  return major === undefined ? null : [Number(major), Number(minor), Number(patch)];
};

/** The newest release that promises to break nothing: of the same major version, below 1 of the same minor one. */
function newestLike(version: string, releases: readonly string[]): string {
  const own = numbersOf(version);
  if (own === null) return version;
  let newest = { version, numbers: own };
  for (const release of releases) {
    const numbers = numbersOf(release);
    if (numbers === null || numbers[0] !== own[0] || (own[0] === 0 && numbers[1] !== own[1])) continue;
    const [, minor, patch] = newest.numbers;
    if (numbers[1] > minor || (numbers[1] === minor && numbers[2] > patch))
      newest = { version: release, numbers };
  }
  return newest.version;
}

/**
 * What ships in the newest release that breaks nothing. What the others lack is named and not counted as wrong; but where nobody
 * can be asked for advisories, a weakness that was mended that way can be in these alone.
 * @param releases of each package; none for one of which the registry tells nothing
 */
export function newestFinding(
  packages: readonly ShippedPackage[],
  releases: ReadonlyMap<string, readonly string[]>,
): Finding {
  const told = packages.filter(({ name }) => releases.has(name));
  const behind = told.flatMap(({ name, version }) => {
    const newest = newestLike(version, releases.get(name) ?? []);
    return newest === version ? [] : [`${name} ${version} (${newest})`];
  });
  return finding(
    'newest releases that break nothing, of what ships',
    { count: told.length, of: 'packages' },
    'wrong',
    [],
    told.length === 0
      ? 'NOT CHECKED: the registry does not answer'
      : [
          `${told.length - behind.length} are the newest`,
          ...(behind.length === 0 ? [] : [`behind: ${behind.join(', ')}`]),
          ...(told.length === packages.length ? [] : [`nothing told of ${packages.length - told.length}`]),
        ].join('; '),
  );
}

const AT_ONCE = 8;

async function askForReleases(
  packages: readonly ShippedPackage[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd: ROOT });
  const registry = stdout.trim().replace(/\/*$/, '/');
  const releases = new Map<string, readonly string[]>();
  await inParallel(new Set(packages.map(({ name }) => name)), AT_ONCE, async (name) => {
    try {
      const response = await fetch(`${registry}${name.replace('/', '%2f')}`, {
        headers: { accept: 'application/vnd.npm.install-v1+json' },
        signal: AbortSignal.timeout(30_000),
      });
      const { versions: listed } = releasesSchema.parse(await response.json());
      releases.set(name, Object.keys(listed));
    } catch {
      // The finding says of how many nothing is told.
    }
  });
  return releases;
}

const releasesSchema = z.looseObject({ versions: z.record(z.string(), z.unknown()) });
