import { describe, expect, test } from 'vitest';
import type { Decimal } from '../../functions/domain/decimal.ts';
import type { LineExplanation, Result } from '../../functions/domain/evaluation/result.ts';
import { summarise } from '../../functions/usecases/result/summarise.ts';
import * as an from '../store/examples.ts';

const { workResult, behaviour } = an.result();
const [example] = workResult.lines;
if (example === undefined) throw new Error('the example has no line');

const line: LineExplanation = {
  ...example,
  kind: 'MAIN',
  title: 'Sampah terangkut',
  target: { value: '1250.5' as Decimal },
  realisation: '1125.125' as Decimal,
  achievement: 89_974_010,
  notMeasured: null,
  effectiveWeight: 10_000,
  rating: 'BELOW',
};
const notMeasured: LineExplanation = {
  ...line,
  title: 'Keluhan',
  target: { value: '0' as Decimal },
  realisation: '5' as Decimal,
  achievement: null,
  notMeasured: 'ZERO_TARGET',
  effectiveWeight: 0,
  rating: null,
};

const resultOf = (lines: readonly LineExplanation[], changes: Partial<Result['workResult']> = {}): Result =>
  an.result({ workResult: { ...workResult, lines, ...changes } });
const said = (result: Result, locale: 'id' | 'en', about: string): string | undefined =>
  summarise(result, null, locale).find((sentence) => sentence.includes(about));

describe('a summary', () => {
  test('writes numbers as its language does', () => {
    const result = resultOf([line]);
    expect(said(result, 'id', 'Sampah terangkut')).toBe(
      'Sampah terangkut: target 1.250,5, realisasi 1.125,125, capaian 89,97 %, bobot 100,00 %; di bawah ekspektasi.',
    );
    expect(said(result, 'en', 'Sampah terangkut')).toBe(
      'Sampah terangkut: target 1,250.5, reached 1,125.125, achievement 89.97 %, weight 100.00 %; below expectation.',
    );
  });

  test('tells additional lines too, which have no weight', () => {
    const additional: LineExplanation = { ...line, kind: 'ADDITIONAL', title: 'Kerja bakti', weight: 0 };
    expect(said(resultOf([line, additional]), 'id', 'Kerja bakti')).toBe(
      'Tambahan, Kerja bakti: target 1.250,5, realisasi 1.125,125, capaian 89,97 %; di bawah ekspektasi.',
    );
  });

  test('tells what was reported of a line that cannot be measured, and that others take its weight', () => {
    expect(said(resultOf([line, notMeasured]), 'id', 'Keluhan')).toBe(
      'Keluhan: tidak dihitung karena target nol tidak dapat diukur, realisasi 5; bobotnya dibagikan kepada yang lain.',
    );
  });

  test('says of no weight that it went to others where there are none', () => {
    const none = resultOf([notMeasured], { score: null, notMeasured: 'NO_LINES_MEASURED' });
    expect(said(none, 'id', 'Keluhan')).toBe(
      'Keluhan: tidak dihitung karena target nol tidak dapat diukur, realisasi 5.',
    );
    const [superior] = behaviour.pools;
    if (superior === undefined) throw new Error('the example has no pool');
    const pools = [{ ...superior, raters: 0, mean: null, points: null, notMeasured: 'NO_RATINGS' as const }];
    const unrated = { ...behaviour, pools, score: null, notMeasured: 'NO_RATINGS' as const };
    for (const sentence of summarise(an.result({ behaviour: unrated }), null, 'en'))
      expect(sentence).not.toContain('weight went');
    expect(summarise(an.result({ behaviour: { ...behaviour, pools } }), null, 'en').join('\n')).toContain(
      'the weight went to the others',
    );
  });
});
