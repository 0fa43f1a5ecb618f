import { expect, it } from 'vitest';
import { checkNip } from '../../functions/domain/organisation/nip.ts';
import { syntheticNip } from '../../infra/real/convert-ratings.ts';

it('every lecturer of the file has a synthetic NIP of the right form, and no two the same', () => {
  const nips = Array.from({ length: 2160 }, (_, at) => syntheticNip(String(at + 1)));
  expect(nips.flatMap((nip) => checkNip(nip, 'PNS', '2026-03-10'))).toEqual([]);
  expect(new Set(nips).size).toBe(nips.length);
});
