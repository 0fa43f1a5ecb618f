import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessPatterns, renderAccessPatterns } from '../../functions/store/access-patterns.ts';
import * as keys from '../../functions/store/keys.ts';

const document = new URL('../../docs/keys.md', import.meta.url);

describe('docs/keys.md', () => {
  test('says what the code does', async () => {
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(document, renderAccessPatterns());

    expect(await readFile(document, 'utf8')).toBe(renderAccessPatterns());
  });

  test('names each pattern once, and no two kinds of item share a key', () => {
    const names = accessPatterns.map(({ area, name }) => `${area}: ${name}`);
    const items = accessPatterns
      .filter(({ sk }) => !sk.endsWith('…'))
      .map(({ index, pk, sk }) => `${index} ${pk} ${sk}`);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(items).size).toBe(items.length);
  });
});

describe('a key', () => {
  const id = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('a#b', 'a', 'b', '%', '%23', '#', 'b#c'));
  const ids = fc.tuple(id, id, id);
  const ofRating = ([periodId, rateeId, raterId]: readonly string[]) =>
    keys.ratingKey(
      { collection: { unitId: 'u', shard: 0 }, year: 2026 },
      { periodId: periodId ?? '', rateeId: rateeId ?? '', group: 'PEER', raterId: raterId ?? '' },
    );

  test('is never the same for two different lists of ids, whatever is in them', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(ofRating(a).sk === ofRating(b).sk).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 500 },
    );
  });

  test('fits DynamoDB (2,048 and 1,024 bytes) however long the ids are', () => {
    const long = '𓀀'.repeat(5_000);
    const key = keys.realisationKey(
      { collection: { unitId: long, shard: 0 }, year: 2026 },
      { planId: long, lineId: '字'.repeat(100), month: '2026-01' },
    );

    expect(Buffer.byteLength(key.pk)).toBeLessThan(2_048);
    expect(Buffer.byteLength(key.sk)).toBeLessThan(1_024);
  });
});

describe('a name', () => {
  test('is listed by its first letter and found by its beginning, titles left out', () => {
    expect(keys.namePartition('dr. Siti Nurhaliza, Sp.A.')).toBe('NAME#s');
    expect(keys.nameSort('dr. Siti Nurhaliza, Sp.A.', 's1')).toBe('siti-nurhaliza-sp-a#s1');
    expect(keys.namePrefix('Hj. Sit')).toBe('sit');
    expect(keys.namePartition('-')).toBe('NAME#-');
  });

  test('that is shorter stands before the one that goes on', () => {
    const sorted = ['Ana B', 'Ana', 'Anabela'].map((name) => keys.nameSort(name, 's')).sort();

    expect(sorted).toEqual(['ana#s', 'ana-b#s', 'anabela#s']);
  });
});
