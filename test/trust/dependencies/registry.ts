/** What the registry knows of the packages that ship: what is known against them, and newer releases. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { inParallel } from '../../../functions/domain/in-parallel.ts';
import type { ShippedPackage } from '../../../infra/sbom/sbom.ts';
import { type Finding, finding } from '../finding.ts';

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

/** An audit that finds something exits with 1, and prints all the same. @param cwd where the lock file lies */
export const askForAdvisories = (cwd: string): Promise<Advisories> =>
  new Promise((settle) => {
    execFile(
      'npm',
      ['audit', '--omit=dev', '--json', '--fetch-retries=0'],
      { cwd, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
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

/** The releases of each package, as the registry of npm's configuration lists them. */
export async function askForReleases(
  cwd: string,
  packages: readonly ShippedPackage[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], { cwd });
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
