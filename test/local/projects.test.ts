import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import config from '../../vitest.config.ts';

test('every test file belongs to exactly one project', async () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.test.ts'));
  const included = (config.test?.projects ?? []).flatMap((project) =>
    typeof project === 'object' && 'test' in project ? (project.test?.include ?? []) : [],
  );

  const owners = files.map((file) =>
    included.filter((pattern) => `test/${file}`.startsWith(pattern.replace(/\*.*$/, ''))),
  );

  expect(files.filter((_, position) => owners[position]?.length !== 1)).toEqual([]);
});
