import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { pack, readBody, readOnce, StoredItemError } from '../../functions/store/codec.ts';
import { remembered } from '../../functions/store/remembered.ts';
import { shape } from '../../functions/store/schemas/forms.ts';

const named = shape(() => z.object({ name: z.string(), of: z.array(z.object({ at: z.int() })) }));
const nameAlone = shape(() => z.object({ name: z.string() }));
const bodyOf = (name: string, length = 2) =>
  JSON.stringify({ name, of: Array.from({ length }, (_, at) => ({ at })) });

test('the same text is read once for a shape, packed or not, and each shape has its own reading', () => {
  for (const body of [bodyOf('same'), pack(bodyOf('same', 300))]) {
    const first = readBody('PATTERN', named, body);
    expect(readBody('PATTERN', named, typeof body === 'string' ? body : Uint8Array.from(body))).toBe(first);
    expect(readBody('PATTERN', nameAlone, body)).toEqual({ name: 'same' });
    expect(readOnce('PATTERN', named, body)).toEqual(first);
    expect(readOnce('PATTERN', named, body)).not.toBe(first);
  }
});

test('whatever the texts are, each is given what it says itself', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.nat(200)), { minLength: 2 }), (texts) => {
      const bodies = texts.map(([name, length]) => pack(bodyOf(name, length)));
      for (const [at, body] of [...bodies.entries(), ...bodies.entries()])
        expect(readBody('PATTERN', named, body)).toEqual(JSON.parse(bodyOf(...(texts[at] ?? ['', 0]))));
    }),
    { numRuns: 100 },
  );
});

const says = <T>(value: T, characters = 1) => ({ value, characters });

test('bytes and text that are spelt alike are two bodies', () => {
  const reader = {};
  expect(remembered(reader, 'ab', () => says('text'))).toBe('text');
  expect(remembered(reader, Buffer.from('ab'), () => says('bytes'))).toBe('bytes');
  expect(remembered({}, 'ab', () => says("another's"))).toBe("another's");
  expect(remembered(reader, 'ab', () => says('read again'))).toBe('text');
});

test('what several are given cannot be changed by one of them', () => {
  const value = readBody('PATTERN', named, bodyOf('frozen'));
  expect(() => Object.assign(value, { name: 'changed' })).toThrow(TypeError);
  expect(() => Object.assign(value.of[0] ?? {}, { at: 7 })).toThrow(TypeError);
  expect(() => value.of.push({ at: 7 })).toThrow(TypeError);
});

test('what cannot be read is not kept', () => {
  const broken = '{"name":1}';
  for (let time = 0; time < 2; time += 1)
    expect(() => readBody('PATTERN', named, broken)).toThrow(StoredItemError);
});

test.each([
  ['of long bodies', 1_000_000, 1],
  ['of short ones that say much', 1, 1_000_000],
])(
  'there is an end to what is kept %s: what was asked for longest ago is read again',
  (_, length, characters) => {
    const reader = {};
    const first = remembered(reader, 'first', () => says({}));
    for (let each = 0; each < 60; each += 1)
      remembered(reader, `${each}`.padEnd(length), () => says({}, characters));
    expect(remembered(reader, 'first', () => says({}))).not.toBe(first);
  },
);
