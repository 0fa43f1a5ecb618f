import { describe, expect, test } from 'vitest';
import type { Decimal } from '../../../functions/domain/decimal.ts';
import { checkChoice, formatOf } from '../../../functions/domain/document/document.ts';
import {
  periodTarget,
  realisationWords,
  yearTarget,
} from '../../../functions/domain/document/form-figures.ts';
import {
  dateWords,
  periodTitle,
  periodWords,
  spanWords,
  valueWords,
} from '../../../functions/domain/document/form-words.ts';
import type { LineExplanation } from '../../../functions/domain/evaluation/result.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import { berakhlak } from '../../../functions/domain/rating/instrument.ts';

const quarter = { kind: 'QUARTER', start: '2026-04-01', end: '2026-06-30' } as const;

describe('words of the forms', () => {
  test('say dates and periods as the forms do', () => {
    expect(dateWords('2026-03-09')).toBe('9 Maret 2026');
    expect(spanWords(quarter.start, quarter.end)).toBe('1 APRIL SD 30 JUNI TAHUN 2026');
    expect(periodWords(quarter)).toBe('TRIWULAN II');
    expect(periodWords({ kind: 'YEAR', start: '2026-01-01' })).toBe('AKHIR');
    expect(periodWords({ kind: 'MONTH', start: '2026-08-01' })).toBe('BULAN AGUSTUS');
    expect(periodTitle(quarter)).toBe('Triwulan II Tahun 2026');
    expect(periodTitle({ kind: 'YEAR', start: '2026-01-01' })).toBe('Tahun 2026');
  });

  test('name the values in the order and by the names of the instrument', () => {
    expect(Object.keys(valueWords)).toEqual(berakhlak.items.map(({ id }) => id));
    for (const { id, text } of berakhlak.items)
      expect(text.id.startsWith(`${valueWords[id as keyof typeof valueWords].name}:`)).toBe(true);
  });
});

const line = (targets: PlanLine['targets'], buildUp: PlanLine['measure']['buildUp']): PlanLine => ({
  id: 'L1',
  kind: 'MAIN',
  title: 'Kunjungan',
  aspect: 'QUANTITY',
  perspective: null,
  goalId: null,
  serves: null,
  indicatorId: 'i-1',
  definition: 1,
  measure: {
    unitOfMeasure: 'kunjungan',
    polarity: 'MAXIMIZE',
    aboveRange: null,
    buildUp,
    realisedBy: 'REPORT',
  },
  indicatorName: 'Jumlah kunjungan',
  weight: 10_000,
  targets,
});
const value = (text: string) => ({ value: text as Decimal });

describe('targets and figures', () => {
  test('of a year are built up as the indicator says', () => {
    const months = { '01': value('400'), '07': value('650.5') };
    expect(yearTarget(line(months, 'SUM'), 2026)).toBe('1.050,5 kunjungan');
    expect(yearTarget(line(months, 'LATEST'), 2026)).toBe('650,5 kunjungan');
    const range = { '01': { low: '80' as Decimal, high: '90' as Decimal } };
    expect(yearTarget(line(range, 'LATEST'), 2026)).toBe('80 s.d. 90 kunjungan');
  });

  const measured: LineExplanation = {
    lineId: 'L1',
    kind: 'MAIN',
    title: 'Kunjungan',
    indicatorId: 'i-1',
    indicatorName: 'Jumlah kunjungan',
    definition: 1,
    measure: line({}, 'SUM').measure,
    months: [
      { month: '2026-01', target: value('40'), realisation: '41' as Decimal, state: 'VERIFIED' },
      { month: '2026-02', target: value('40'), realisation: '39' as Decimal, state: 'REPORTED' },
      { month: '2026-03', target: value('40'), realisation: null, state: null },
    ],
    target: value('80'),
    realisation: '80' as Decimal,
    achievement: 100_000_000,
    notMeasured: null,
    weight: 10_000,
    effectiveWeight: 10_000,
    rating: 'MEETS',
  };

  test('of a period say what was reached, how much of it is verified, and what was compared', () => {
    expect(realisationWords(measured)).toBe(
      '80 kunjungan; capaian 100,00%; sesuai ekspektasi. Diverifikasi: 1 dari 2 bulan yang dilaporkan.',
    );
    expect(periodTarget(measured)).toBe('80 kunjungan');
  });

  test('that were not measured say why, and are never zero', () => {
    const missing: LineExplanation = {
      ...measured,
      months: measured.months.map((month) => ({ ...month, realisation: null, state: null })),
      target: null,
      realisation: null,
      achievement: null,
      notMeasured: 'NO_REALISATION',
      rating: null,
    };
    expect(realisationWords(missing)).toBe('Tidak diukur: belum ada realisasi');
    expect(periodTarget(missing)).toBe('120 kunjungan');
  });

  test('that cannot be measured against a target of zero still say what was reported and verified', () => {
    const againstZero: LineExplanation = {
      ...measured,
      target: value('0'),
      achievement: null,
      notMeasured: 'ZERO_TARGET',
      rating: null,
    };
    expect(realisationWords(againstZero)).toBe(
      '80 kunjungan; capaian tidak diukur: target nol tidak dapat diukur. Diverifikasi: 1 dari 2 bulan yang dilaporkan.',
    );
  });
});

test.each([
  ['D.1.1', false, null],
  ['D.1.1', false, 'ASSESSOR'],
  ['D.1.1', false, 'REGIONAL_HEAD'],
  ['D.1.2', false, 'ASSESSORS_SUPERIOR'],
  ['D.1.2', false, 'FOR_FORMER_ASSESSOR'],
  ['D.1.3', true, 'ASSESSORS_SUPERIOR'],
] as const)('form %s: disputed %s, evaluated as %s', (format, disputed, as) => {
  expect(formatOf(disputed, as)).toBe(format);
});

test('a document is chosen by what its kind needs, and by nothing else', () => {
  const choice = { periodId: null, year: null, followUpId: null };
  expect(() => checkChoice({ ...choice, kind: 'PLAN', year: 2026 })).not.toThrow();
  expect(() => checkChoice({ ...choice, kind: 'PLAN' })).toThrow('REQUIRED');
  expect(() => checkChoice({ ...choice, kind: 'EVALUATION', periodId: '2026', year: 2026 })).toThrow(
    'INVALID_FORMAT',
  );
});
