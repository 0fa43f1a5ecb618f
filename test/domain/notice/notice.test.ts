import { describe, expect, test } from 'vitest';
import { deadlineNotice, NOTICE_KINDS } from '../../../functions/domain/notice/notice.ts';
import { noticeText, noticeTexts } from '../../../functions/domain/notice/notice-text.ts';
import { planPeriod } from '../../../functions/domain/period/period.ts';

const open = { ...planPeriod('2026-Q1', '2026-04-05T17:00:00.000Z', 420), state: 'OPEN' as const };

describe('deadlines', () => {
  test.each([
    ['2026-03-29T16:59:59.999Z', null],
    ['2026-03-29T17:00:00.000Z', 7],
    ['2026-04-04T16:59:59.999Z', 7],
    ['2026-04-04T17:00:00.000Z', 1],
    ['2026-04-05T16:59:59.999Z', 1],
    ['2026-04-05T17:00:00.000Z', null],
  ])('at %s the notice of a close on 5 April, 17:00, says %s days', (now, days) => {
    expect(deadlineNotice(open, now)?.refs.days ?? null).toBe(days);
  });

  test('are the same notice whenever it is made', () => {
    expect(deadlineNotice(open, '2026-03-30T00:00:00.000Z')).toEqual(
      deadlineNotice(open, '2026-04-03T00:00:00.000Z'),
    );
  });

  test('are none of a period that is not open', () => {
    expect(deadlineNotice({ ...open, state: 'CLOSING' }, '2026-04-05T00:00:00.000Z')).toBeNull();
  });
});

describe('texts', () => {
  test.each(NOTICE_KINDS)(
    '%s reads as a sentence in both languages, with and without what it names',
    (kind) => {
      const refs = { periodId: '2026-Q1', month: '2026-03', days: 7 };
      for (const locale of ['id', 'en'] as const) {
        const { title, text } = noticeText({ kind, refs }, locale);
        expect(`${title} ${text}`).not.toMatch(/[[\]{}]/);
        expect(text).toMatch(/^\p{Lu}.*\.$/u);
        expect(title).toMatch(/^\p{Lu}.*[^.]$/u);
      }
      expect(noticeTexts[kind].title.id).not.toBe(noticeTexts[kind].title.en);
    },
  );

  test('say which period and how many days', () => {
    expect(noticeText({ kind: 'DEADLINE_NEAR', refs: { periodId: '2026-Q1', days: 1 } }, 'en').title).toBe(
      'Period 2026-Q1 closes soon (days left: 1)',
    );
  });
});
