/**
 * `npm run trust`: what a head of IT asks before trusting the system with 20,000 people's results, tried out and printed as one
 * table. `--only name,name` runs some of the checks, `--seed N` repeats a run's random choices. Exit code 1 when anything went
 * wrong. The figures of the last full run, and what fell short, are in docs/trust.md.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CHECKS } from './checks.ts';
import { type Finding, finding, type TrustCheck } from './finding.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string', default: '20261122' } },
});
const seed = Number(values.seed);
const names = CHECKS.map(({ name }) => name);
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
  console.error(
    unknown.length > 0
      ? `No check is called ${unknown.join(', ')}. Allowed: ${names.join(', ')}.`
      : `--seed must be a whole number, not ${values.seed}.`,
  );
  process.exit(2);
}

const figure = (value: number): string => value.toLocaleString('en');

const print = (check: TrustCheck, row: Finding): void => {
  const columns = [
    row.wrong.count === 0 ? 'ok   ' : 'WRONG',
    check.section.padEnd(11),
    row.subject.padEnd(58),
    `${figure(row.tried.count)} ${row.tried.of}`.padEnd(30),
    `${figure(row.wrong.count)} ${row.wrong.of}`.padEnd(24),
    row.figures ?? '',
  ];
  console.log(columns.join('  ').trimEnd());
  for (const example of row.examples) console.log(`         ${example}`);
};

/** Runs a check in a process of its own; one that breaks is a finding too, and what it said is on stderr. */
const findingsOf = ({ name }: TrustCheck): Promise<readonly Finding[]> =>
  new Promise((settle) => {
    const child = fork(fileURLToPath(new URL('./run-check.ts', import.meta.url)), [name, String(seed)]);
    const broke = (how: string): void => settle([finding(name, { count: 1, of: 'check' }, 'broke', [how])]);
    child.once('message', (findings) => settle(findings as readonly Finding[]));
    child.once('error', ({ message }) => broke(message));
    child.once('exit', (code) => broke(`ended with ${code} before it said anything`));
  });

let wrong = 0;
const begin = performance.now();
for (const check of CHECKS.filter(({ name }) => only.includes(name))) {
  const from = performance.now();
  for (const row of await findingsOf(check)) {
    print(check, row);
    wrong += row.wrong.count;
  }
  console.log(`         ${check.name}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
console.log(
  `\nSeed ${seed}, ${((performance.now() - begin) / 60_000).toFixed(1)} minutes. ${wrong === 0 ? 'Nothing went wrong.' : `${figure(wrong)} went wrong.`}`,
);
process.exitCode = wrong === 0 ? 0 : 1;
