import { describe, expect, test } from 'vitest';
import {
  type Announcement,
  checkAnnouncement,
  isFor,
  withdraw,
} from '../../../functions/domain/forum/announcement.ts';
import { answerTopic, moderate, type Topic } from '../../../functions/domain/forum/forum.ts';
import { Rejection } from '../../../functions/domain/problem.ts';

const AT = '2026-03-10T00:00:00.000Z';
const by = { byId: 'kapus', at: AT };
const codesOf = (attempt: () => unknown): string[] => {
  try {
    attempt();
    return [];
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return error.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
  }
};

const topic: Topic = {
  id: 't',
  unitId: 'p',
  subject: { kind: 'GENERAL' },
  title: 'Waktu tunggu',
  text: 'Bagaimana dihitung?',
  authorId: 'n1',
  at: AT,
  answer: null,
  hidden: null,
  version: 1,
};

test('a topic is answered once', () => {
  const answered = answerTopic(topic, { ...by, text: ' Sejak pendaftaran ' });
  expect(answered.answer).toEqual({ ...by, text: 'Sejak pendaftaran' });
  expect(codesOf(() => answerTopic(answered, { ...by, text: 'lagi' }))).toEqual(['WRONG_STATE']);
  expect(codesOf(() => answerTopic(topic, { ...by, text: ' ' }))).toEqual(['REQUIRED text']);
});

test('what is moderated keeps its text, and each change says why', () => {
  const hidden = moderate(topic, 'Menyebut pasien', by);
  expect(hidden).toMatchObject({ text: topic.text, hidden: { reason: 'Menyebut pasien' } });
  expect(codesOf(() => moderate(hidden, 'lagi', by))).toEqual(['NO_CHANGE']);
  expect(codesOf(() => moderate(hidden, ' ', null))).toEqual(['REASON_REQUIRED reason']);
  expect(moderate(hidden, 'Sudah disunting', null)).toEqual(topic);
});

const announcement: Announcement = {
  id: 'a',
  unitId: 'd',
  audience: 'UNIT_AND_BELOW',
  title: 'Aturan jam kerja',
  text: 'Mulai April …',
  effectiveFrom: '2026-04-01',
  acknowledge: true,
  isPublic: false,
  publishedById: 'kadis',
  publishedAt: AT,
  withdrawn: null,
  version: 1,
};

describe('an announcement', () => {
  test.each<readonly [string, Partial<Announcement>, readonly string[]]>([
    ['as it is', {}, []],
    ['from today', { effectiveFrom: '2026-03-10' }, []],
    ['from yesterday', { effectiveFrom: '2026-03-09' }, ['OUT_OF_RANGE effectiveFrom']],
    ['of a unit for the region', { audience: 'REGION' }, ['INVALID_FORMAT audience']],
    ['of the region for a unit', { unitId: null }, ['INVALID_FORMAT audience']],
    ['without words', { title: ' ', text: '' }, ['REQUIRED title', 'REQUIRED text']],
  ])('%s', (_, changes, problems) => {
    const found = checkAnnouncement({ ...announcement, ...changes }, '2026-03-10');
    expect(found.map(({ code, path }) => [code, ...path].join(' '))).toEqual(problems);
  });

  test.each<readonly [Partial<Announcement>, readonly string[], boolean]>([
    [{}, ['d'], true],
    [{}, ['p', 'd'], true],
    [{}, ['e'], false],
    [{ audience: 'UNIT' }, ['d'], true],
    [{ audience: 'UNIT' }, ['p', 'd'], false],
    [{ unitId: null, audience: 'REGION' }, ['e'], true],
    [{}, [], false],
  ])('%j is for units %j: %s', (changes, unitsUp, expected) => {
    expect(isFor({ ...announcement, ...changes }, unitsUp)).toBe(expected);
  });

  test('is withdrawn once, with the reason', () => {
    const gone = withdraw(announcement, ' Salah tanggal ', by);
    expect(gone.withdrawn).toEqual({ ...by, reason: 'Salah tanggal' });
    expect(codesOf(() => withdraw(gone, 'x', by))).toEqual(['WRONG_STATE']);
    expect(codesOf(() => withdraw(announcement, '', by))).toEqual(['REASON_REQUIRED reason']);
  });
});
