import { describe, expect, test } from 'vitest';
import {
  installedFinding,
  instructionFinding,
  type Lock,
  lockFinding,
  readLocked,
  THIS_PLATFORM,
} from './dependencies/dependencies.ts';
import { isAllowed, licenceFinding } from './dependencies/licences.ts';
import { advisoryFinding, newestFinding, readAdvisories } from './dependencies/registry.ts';

const DIGEST = `sha512-${'a'.repeat(86)}==`;

test.each([
  ['MIT', true],
  ['GPL-3.0-or-later', false],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['MIT AND GPL-3.0-or-later', false],
  ['(MIT AND Zlib)', true],
  ['GPL-3.0-only OR MIT AND ISC', true],
  ['(GPL-3.0-only OR MIT) AND LGPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE', false],
  ['MIT WITH Something', false],
  ['(MIT', false],
  ['', false],
])('licence %s: %s', (licence, allowed) => expect(isAllowed(licence)).toBe(allowed));

test('a licence that is missing, not allowed or stated otherwise by the package is found', () => {
  const of = (name: string, licence: string | null) => ({ name, version: '1.0.0', licence, sha512: null });
  const { wrong, examples, figures } = licenceFinding(
    [of('a', 'MIT'), of('b', null), of('c', 'SSPL-1.0'), of('d', 'MIT'), of('e', 'MIT')],
    ({ name }) => (name === 'd' ? 'GPL-2.0-only' : null),
  );
  expect(wrong.count).toBe(3);
  expect(examples).toEqual([
    'b 1.0.0: none stated',
    'c 1.0.0: SSPL-1.0',
    'd 1.0.0: MIT in the lock file, GPL-2.0-only in the package',
  ]);
  expect(figures).toContain('MIT 3');
});

describe('the lock file', () => {
  const manifest = { dependencies: { a: '1.0.0' }, devDependencies: {}, optionalDependencies: {} };
  const here = { os: 'linux', cpu: 'x64', libc: 'glibc' };
  const find = (packages: Lock['packages'], root: object = {}) =>
    lockFinding(manifest, { packages: { '': { ...manifest, ...root }, ...packages } }, here);
  const locked = (packages: Lock['packages'], root: object = {}): readonly string[] =>
    find(packages, root).examples;
  const a = { version: '1.0.0', integrity: DIGEST };

  test('whole', () => {
    const carried = { version: '2.0.0', inBundle: true };
    expect(
      locked({
        'node_modules/a': a,
        'node_modules/a/node_modules/b': carried,
        'node_modules/a/node_modules/b/node_modules/c': carried,
      }),
    ).toEqual([]);
  });

  const tool = { version: '1.0.0', dev: true, optional: true };
  test.each<Lock['packages'][string]>([
    { ...tool, os: ['darwin'], cpu: ['x64'] },
    { ...tool, os: ['linux'], cpu: ['arm64'] },
    { ...tool, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    { ...tool, os: ['!linux'] },
  ])('a tool for other machines is named, not counted: %o', (entry) => {
    const { wrong, figures } = find({ 'node_modules/a': a, 'node_modules/@b/c': entry });
    expect(wrong.count).toBe(0);
    expect(figures).toMatch(/1 without a digest .*: @b\/c$/);
  });

  test.each<Lock['packages'][string]>([
    { ...tool, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
    { ...tool, os: ['!darwin'] },
    tool,
    { ...tool, dev: false, os: ['darwin'] },
    { ...tool, optional: false, os: ['darwin'] },
  ])('what ships, or is installed here, needs a digest: %o', (entry) =>
    expect(locked({ 'node_modules/a': a, 'node_modules/b': entry })).toEqual(['node_modules/b: no digest']),
  );

  test.each<[string, Lock['packages'], object?]>([
    ['a: 1.0.0 is asked for, another version locked', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    [
      'a: 1.0.0 is asked for, another version locked',
      { 'node_modules/a': a },
      { dependencies: { a: '^1.0.0' } },
    ],
    ['node_modules/a: no digest', { 'node_modules/a': { version: '1.0.0' } }],
    ['node_modules/a: no digest', { 'node_modules/a': { ...a, integrity: 'sha1-x' } }],
    [
      'node_modules/b: no digest',
      { 'node_modules/a': a, 'node_modules/b': { version: '1.0.0', inBundle: true } },
    ],
    [
      'node_modules/b: no version',
      { 'node_modules/a': a, 'node_modules/b': { link: true, integrity: DIGEST } },
    ],
  ])('%s', (said, packages, root) => expect(locked(packages, root)).toEqual([said]));
});

test('what is installed otherwise than locked is found', () => {
  const entry = { version: '1.0.0', integrity: DIGEST };
  const locked = { '': {}, a: entry, b: entry, c: { ...entry, optional: true } };
  const differing = (packages: Lock['packages']) =>
    installedFinding({ packages: locked }, { packages }).examples;
  expect(differing({ a: entry, b: entry })).toEqual([]);
  expect(differing({ a: { ...entry, version: '1.0.1' }, b: { version: '1.0.0' }, d: entry })).toEqual([
    'a: 1.0.1 is installed, 1.0.0 locked, or another archive',
    'b: 1.0.0 is installed, 1.0.0 locked, or another archive',
    'd: installed, not locked',
  ]);
  expect(differing({ a: entry })).toEqual(['b: locked, not installed']);
});

test('this project’s lock file is whole', () => {
  const { manifest, lock } = readLocked();
  expect(lockFinding(manifest, lock, THIS_PLATFORM).examples).toEqual([]);
});

test('who is told to install otherwise than by the lock file is found', () => {
  const ci = { name: '.ci/run', text: 'npm ci --no-audit' };
  expect(instructionFinding([ci, { name: 'README.md', text: 'npm ci && npm start' }]).examples).toEqual([]);
  expect(instructionFinding([ci, { name: 'README.md', text: 'npm install' }]).examples).toEqual([
    'README.md: npm install',
    'README.md: no npm ci',
  ]);
});

test('a registry without a list of advisories is no list without entries', () => {
  const none = advisoryFinding(
    readAdvisories('{"message":"405 Method Not Allowed - POST https://registry.example"}'),
  );
  expect(none).toMatchObject({
    tried: { count: 0 },
    figures: expect.stringContaining('405 Method Not Allowed'),
  });
  expect(none.figures).not.toContain('example');
  expect(advisoryFinding(readAdvisories('')).figures).toContain('NOT CHECKED');
  const found = advisoryFinding(
    readAdvisories(
      '{"vulnerabilities":{"x":{"severity":"high","range":"<2"}},"metadata":{"dependencies":{"prod":129}}}',
    ),
  );
  expect(found).toMatchObject({ tried: { count: 129 }, wrong: { count: 1 }, examples: ['x <2: high'] });
});

test('what is behind the newest release that breaks nothing is named', () => {
  const of = (name: string, version: string) => ({ name, version, licence: 'MIT', sha512: null });
  const packages = [of('a', '1.9.0'), of('b', '0.3.1'), of('c', '2.0.0'), of('d', '1.0.0')];
  const releases = new Map([
    ['a', ['1.9.0', '1.10.2', '1.10.10', '1.2.30', '2.0.0', '1.11.0-beta.1']],
    ['b', ['0.3.1', '0.3.0', '0.4.0']],
    ['c', ['2.0.0', '1.9.9']],
  ]);
  expect(newestFinding(packages, releases)).toMatchObject({
    tried: { count: 3 },
    wrong: { count: 0 },
    figures: '2 are the newest; behind: a 1.9.0 (1.10.10); nothing told of 1',
  });
  expect(newestFinding(packages, new Map()).figures).toContain('NOT CHECKED');
});
