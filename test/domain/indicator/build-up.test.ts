import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/domain/decimal.ts';
import type { MonthFigure } from '../../../functions/domain/evaluation/result.ts';
import { buildUp } from '../../../functions/domain/indicator/build-up.ts';
import type { BuildUp, Target } from '../../../functions/domain/indicator/indicator.ts';
import { range, value } from '../evaluation/evaluation-builders.ts';

const month = (
  name: string,
  target: Target | null,
  reached: string | number | null,
  state: MonthFigure['state'] = reached === null ? null : 'REPORTED',
): MonthFigure => ({
  month: `2026-${name}`,
  target,
  realisation: reached === null ? null : decimal(reached),
  state,
});

const sum = { buildUp: 'SUM' } as const;
const latest = { buildUp: 'LATEST' } as const;
const released = { buildUp: 'RELEASED' } as const;

describe('SUM', () => {
  test('compares what was reached with what was expected in the same months', () => {
    const months = [month('01', value(10), 8), month('02', value(20), null), month('03', value(30), 33.5)];
    expect(buildUp(sum, months)).toEqual({ target: value(40), realisation: '41.5' });
  });
  test('adds both ends of a range', () => {
    const months = [month('01', range(1, 2), 1), month('02', range(3, 5), 4)];
    expect(buildUp(sum, months)).toEqual({ target: range(4, 7), realisation: '5' });
  });
  test('does not compare a month without target', () => {
    const months = [month('01', value(10), 8), month('02', null, 100)];
    expect(buildUp(sum, months)).toEqual({ target: value(10), realisation: '8' });
  });
  test('adds budgets that need more than 53 bits', () => {
    const months = [month('01', value('9007199254.740991'), '9007199254.740991'), month('02', value(1), 1)];
    const total = '9007199255.740991';
    expect(buildUp(sum, months)).toEqual({ target: value(total), realisation: total });
  });
});

describe('LATEST', () => {
  test('takes the last month that has both, against its own target', () => {
    const months = [month('01', value(90), 91), month('02', value(92), 93), month('03', value(95), null)];
    expect(buildUp(latest, months)).toEqual({ target: value(92), realisation: '93' });
  });
});

describe('RELEASED', () => {
  test('takes the month of release and nothing else', () => {
    const months = [month('01', null, 70), month('02', value(80), 82), month('03', null, 90)];
    expect(buildUp(released, months)).toEqual({ target: value(80), realisation: '82' });
  });
  test('waits until the release is there, also when an earlier one is', () => {
    const months = [month('01', value(80), 82), month('03', value(84), null)];
    expect(buildUp(released, months)).toBe('WAITING_RELEASE');
  });
});

describe('what is missing stays missing', () => {
  test.each([
    ['SUM', 'NO_REALISATION'],
    ['LATEST', 'NO_REALISATION'],
    ['RELEASED', 'WAITING_RELEASE'],
  ] as const)('%s without a realisation: %s', (name, reason) => {
    expect(buildUp({ buildUp: name }, [month('01', value(10), null)])).toBe(reason);
  });
  test.each(['SUM', 'LATEST', 'RELEASED'] as const)('%s without a target', (name) => {
    expect(buildUp({ buildUp: name }, [month('01', null, 5)])).toBe('NO_TARGET');
    expect(buildUp({ buildUp: name }, [])).toBe('NO_TARGET');
  });
  test.each(['SUM', 'LATEST', 'RELEASED'] as const)(
    'a rejected report of %s does not count, an unseen one does',
    (name) => {
      const reason = name === 'RELEASED' ? 'WAITING_RELEASE' : 'NO_REALISATION';
      expect(buildUp({ buildUp: name }, [month('01', value(10), 5, 'REJECTED')])).toBe(reason);
      for (const state of ['REPORTED', 'VERIFIED'] as const) {
        expect(buildUp({ buildUp: name }, [month('01', value(10), 5, state)])).toEqual({
          target: value(10),
          realisation: '5',
        });
      }
    },
  );
});

test('the order of the months does not matter', () => {
  const anyMonth = fc.record({
    target: fc.option(fc.integer({ min: 0, max: 99 })),
    reached: fc.option(fc.integer({ min: 0, max: 99 })),
  });
  fc.assert(
    fc.property(
      fc.constantFrom<BuildUp>('SUM', 'LATEST', 'RELEASED'),
      fc.array(anyMonth, { maxLength: 9 }),
      fc.infiniteStream(fc.nat()),
      (name, given, shuffle) => {
        const months = given.map(({ target, reached }, at) =>
          month(`0${at + 1}`, target === null ? null : value(target), reached),
        );
        const mixed = months
          .map((figure) => ({ figure, key: shuffle.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ figure }) => figure);
        expect(buildUp({ buildUp: name }, mixed)).toEqual(buildUp({ buildUp: name }, months));
      },
    ),
  );
});
