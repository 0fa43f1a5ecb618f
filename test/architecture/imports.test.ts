import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();

interface Import {
  readonly file: string;
  /** A path from the root, or the name of a package or of Node's own module. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const STATEMENT = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

const importsOf = (file: string): Import[] => {
  const text = readFileSync(join(root, file), 'utf8').replace(COMMENTS, '');
  const targetOf = (specifier: string): string =>
    specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier;
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, specifier = '']) => ({
      file,
      target: targetOf(specifier),
      typeOnly: type !== undefined,
    })),
    ...[...text.matchAll(CALL)].map(([, specifier = '']) => ({
      file,
      target: targetOf(specifier),
      typeOnly: false,
    })),
  ];
};

/** Imports of a folder that no rule of it allows, as `file → target`. */
const strangers = (folder: string, allows: (found: Import) => boolean): string[] =>
  sourcesIn(folder)
    .flatMap(importsOf)
    .filter((found) => !allows(found))
    .map(({ file, target }) => `${file} → ${target}`);

const within = ({ target }: Import, ...folders: string[]): boolean =>
  folders.some((folder) => target.startsWith(`${folder}/`));
const isProject = ({ target }: Import): boolean =>
  ['functions/', 'infra/', 'schema/', 'test/'].some((folder) => target.startsWith(folder)) ||
  target.startsWith('../');

describe('imports point inward (architecture)', () => {
  test('the domain imports itself and zod/mini', () => {
    const allows = (found: Import) => within(found, 'functions/domain') || found.target === 'zod/mini';
    expect(strangers('functions/domain', allows)).toEqual([]);
  });

  test('the store imports the domain, the AWS SDK, zod/mini, dataloader, lru-cache and Node, and no use case', () => {
    const allows = (found: Import) =>
      within(found, 'functions/store', 'functions/domain') ||
      found.target === 'zod/mini' ||
      found.target === 'dataloader' ||
      found.target === 'lru-cache' ||
      found.target.startsWith('@aws-sdk/') ||
      found.target.startsWith('node:');
    expect(strangers('functions/store', allows)).toEqual([]);
  });

  test("use cases import the domain and the store's interface, and neither AWS nor GraphQL", () => {
    const allows = (found: Import) =>
      within(found, 'functions/usecases', 'functions/domain') ||
      found.target === 'functions/store/store.ts' ||
      (found.typeOnly && within(found, 'functions/store/contract')) ||
      found.target === 'zod/mini' ||
      found.target.startsWith('node:');
    expect(strangers('functions/usecases', allows)).toEqual([]);
  });

  test('entries import inward: nothing of functions imports infra or tests', () => {
    const allows = (found: Import) => !isProject(found) || within(found, 'functions', 'schema');
    expect(strangers('functions', allows)).toEqual([]);
  });

  test('the endpoint knows nothing of the close, and the close nothing of the endpoint', () => {
    expect(strangers('functions/graphql', (found) => !within(found, 'functions/close'))).toEqual([]);
    expect(strangers('functions/close', (found) => !within(found, 'functions/graphql'))).toEqual([]);
  });

  test('what Lambda loads takes zod from zod/mini', () => {
    expect(strangers('functions', ({ target }) => target !== 'zod')).toEqual([]);
  });
});

/** What is left of a graph when whatever leads nowhere has been taken away, again and again. */
const withoutEnds = (
  edges: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> => {
  const left = [...edges].flatMap(([from, to]) => {
    const on = to.filter((target) => edges.has(target));
    return on.length === 0 ? [] : [[from, on] as const];
  });
  return left.length === edges.size ? new Map(left) : withoutEnds(new Map(left));
};

test('no files import each other in a circle, not even for a type', () => {
  const edges = new Map(
    ['functions', 'infra', 'test']
      .flatMap(sourcesIn)
      .map((file) => [file, importsOf(file).map(({ target }) => target)]),
  );
  expect([...withoutEnds(edges)].map(([from, to]) => `${from} → ${to.join(', ')}`)).toEqual([]);
});

test('what leads nowhere is taken away, a circle stays', () => {
  const edges = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['b']],
    ['d', []],
  ]);
  expect([...withoutEnds(edges).keys()]).toEqual(['a', 'b', 'c']);
});

test('files are named by role or verb', () => {
  const vague = /^(?:utils?|helpers?|common|misc|shared|lib|index)\.(?:test\.)?ts$/;
  const files = ['functions', 'infra', 'schema', 'test'].flatMap(sourcesIn);
  expect(files.filter((file) => vague.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  expect(files.filter((file) => /\/(?:utils?|helpers?|common|misc)\//.test(file))).toEqual([]);
});

test('the domain takes nothing from around it either: no clock, no randomness, no environment', () => {
  const ambient =
    /\b(?:Date\.now\(|new Date\(\)|Math\.random\(|process\.|globalThis\.|fetch\(|console\.|crypto\.)/;
  const found = sourcesIn('functions/domain').filter((file) =>
    ambient.test(readFileSync(join(root, file), 'utf8').replace(COMMENTS, '')),
  );
  expect(found).toEqual([]);
});

test('the parser of imports sees every form', () => {
  const forms = importsOf('functions/domain/plan/plan.ts').map(({ target }) => target);
  expect(forms).toContain('functions/domain/decimal.ts');
  expect(forms).toContain('functions/domain/indicator/indicator.ts');
  expect(forms).toContain('functions/domain/time.ts');
});
