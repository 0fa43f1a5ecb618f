import { hash, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fromChunks, toChunks } from '../../functions/store/chunks.ts';

const LONG = JSON.stringify(Array.from({ length: 10 }, () => randomBytes(80_000).toString('base64')));

describe('a text in chunks', () => {
  test.each(['', 'Evaluasi kinerja – “baik”', LONG])('comes back as it was', (text) => {
    const items = toChunks('RUN#2026-Q1#r1', 'SCORES#', text);

    expect(fromChunks('SCORES#', items)).toBe(text);
    expect(toChunks('RUN#2026-Q1#r1', 'SCORES#', text)).toEqual(items);
  });

  test('is missing while a chunk is', () => {
    const items = toChunks('RUN#2026-Q1#r1', 'SCORES#', LONG);

    expect(items.length).toBeGreaterThan(1);
    expect(fromChunks('SCORES#', items.slice(0, -1))).toBeNull();
    expect(fromChunks('SCORES#', items.slice(1))).toBeNull();
  });

  test('of an older release is deflated, and read', () => {
    const bytes = deflateRawSync(LONG, { level: 3 });
    const half = Math.ceil(bytes.length / 2);
    const chunk = { count: 2, digest: hash('sha256', bytes) };
    const items = [
      { ...chunk, chunk: 0, bytes: bytes.subarray(0, half) },
      { ...chunk, chunk: 1, bytes: bytes.subarray(half) },
    ];

    expect(fromChunks('SCORES#', items)).toBe(LONG);
  });

  test('whose bytes are not those of its digest is refused', () => {
    const [item] = toChunks('RUN#2026-Q1#r1', 'SCORES#', 'seratus');

    expect(() => fromChunks('SCORES#', [{ ...item, digest: hash('sha256', 'dua ratus') }])).toThrow('digest');
  });
});
