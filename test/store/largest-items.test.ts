import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../functions/domain/canonical-json.ts';
import { OBJECTION_LIMITS, type Objection } from '../../functions/domain/objection/objection.ts';
import { pack } from '../../functions/store/codec.ts';

let drawn = 0;

/** Letters that nothing shrinks, three bytes each: of the Chinese block, never the same text twice. */
function letters(count: number): string {
  const text: string[] = [];
  while (text.length < count) {
    drawn += 1;
    const bytes = createHash('sha512').update(`${drawn}`).digest();
    for (let at = 0; at < bytes.length; at += 2)
      text.push(String.fromCharCode(0x4e00 + (bytes.readUInt16BE(at) % 0x5000)));
  }
  return text.slice(0, count).join('');
}

describe('the largest that may be written', () => {
  test('of an objection, with its decision and hand-overs, fits an item', () => {
    const { text, point, points, statements } = OBJECTION_LIMITS;
    const at = '2026-04-20T02:00:00.000Z';
    const objection: Pick<Objection, 'reasons' | 'points' | 'statements' | 'escalations'> & object = {
      reasons: letters(text),
      points: Array.from({ length: points }, () => ({
        lineId: null,
        valueId: 'SERVICE',
        text: letters(point),
      })),
      statements: (['STAFF', 'ASSESSOR'] as const).flatMap((side) =>
        Array.from({ length: statements }, () => ({ side, authorId: letters(40), at, text: letters(text) })),
      ),
      escalations: Array.from({ length: 20 }, () => ({
        cause: 'DECISION_OVERDUE' as const,
        at,
        fromId: letters(40),
        toId: letters(40),
      })),
      ...{ decision: { reason: letters(text), otherReasons: [letters(text), letters(text)] } },
    };
    const body = pack(canonicalJson(objection));
    expect(body.length).toBeGreaterThan(200_000);
    expect(body.length).toBeLessThan(380_000);
  });
});
