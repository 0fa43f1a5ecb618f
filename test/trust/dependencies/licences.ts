/** Whose licence each package of which code ships has. */
import type { ShippedPackage } from '../../../infra/sbom/sbom.ts';
import { type Finding, finding } from '../finding.ts';

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
