/** Tables hold what the queries that show the same answer to the same reader, no more and no less. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportColumns } from '../../functions/domain/export/columns.ts';
import { asPlainText, type ExportTableName, type Row } from '../../functions/domain/export/table.ts';
import { IN_A_JOB } from '../../functions/usecases/export/export-scope.ts';
import { readTable } from '../../functions/usecases/export/read-table.ts';
import { as, PERIOD, region, type WorkRegion } from '../usecases/work-region.ts';
import { auditor, type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';
import { exportListRegion, NEXT, NURSES } from './export-list-region.ts';
import { Node, samples, unit } from './export-list-samples.ts';

let at: WorkRegion;
beforeAll(async () => {
  at = await exportListRegion();
});
afterAll(() => at.api.drop());

const readers: Readonly<Record<string, Caller | null>> = {
  hrAdmin,
  auditor,
  planner,
  kadis: caller('kadis'),
  kapus: caller('kapus'),
  kadispar: caller('kadispar'),
  n1: caller('n1'),
  nobody,
};

async function exported(who: Caller | null, table: ExportTableName, input: object) {
  const query = 'query ($input: ExportInput!) { exportTable(input: $input) { rows base64 } }';
  const { data, codes } = await send<{ exportTable: { rows: number; base64: string } | null }>(
    at.api.handler,
    who,
    query,
    { input: { table, format: 'CSV', ...input } },
    { language: 'en' },
  );
  const text = Buffer.from(data?.exportTable?.base64 ?? '', 'base64').toString('utf8');
  return { codes, text, rows: cellsOf(text).slice(1) };
}

/** Cells of a CSV; '' is null. */
function cellsOf(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const cell = quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"');
    if (end === '' && cell === '') break;
    rows.at(-1)?.push(cell === '' ? null : cell);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** Rows as whoever may read everything reads them, up to so many places on the way where a call may end. */
async function readAs(input: { readonly table: ExportTableName }, from: string | null, most: number) {
  const actor = as('kapus', 'HR_ADMIN', 'PLANNER', 'AUDITOR');
  const request = { ...NOTHING, ...input };
  const rows: Row[] = [];
  let places = 0;
  let reached: string | null = null;
  const walk = {
    from,
    reached: (position: string) => {
      places += 1;
      if (places === most) reached = position;
    },
  };
  const limits = { ...IN_A_JOB, walk };
  const { pages } = await readTable(at.deps, actor, request, limits, 'en');
  for await (const page of pages) {
    if (places >= most) break;
    rows.push(...page);
  }
  return { rows, reached: places >= most ? reached : null };
}
const NOTHING = {
  unitId: null,
  periodId: null,
  year: null,
  month: null,
  programmeId: null,
  courseId: null,
  announcementId: null,
  campaignId: null,
  entity: null,
  jobGroup: null,
  staffId: null,
};

describe.each(samples)('$table $input', ({ table, input, query, rows, allowed, few = allowed, open }) => {
  test('says to each reader what the query says to them', async () => {
    for (const [name, reader] of Object.entries(readers)) {
      const answer = await send(at.api.handler, reader, query);
      const file = await exported(reader, table, input);
      if (!allowed.includes(name)) {
        const refused = reader === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([name, file.codes, file.text]).toEqual([name, [refused], '']);
        // What nobody but its readers sees is refused, or null.
        if (answer.codes.length === 0 && !open) expect(rows(new Node(answer.data))).toEqual([]);
        continue;
      }
      expect([name, answer.codes, file.codes]).toEqual([name, [], []]);
      const expected = rows(new Node(answer.data)).map((row) =>
        row.map((cell, index) =>
          cell !== null && exportColumns[table][index]?.kind === 'TEXT' ? asPlainText(cell) : cell,
        ),
      );
      expect([name, expected.length > 0]).toEqual([name, few.includes(name)]);
      expect([name, ...file.rows]).toEqual([name, ...expected]);
      for (const row of file.rows) expect(row).toHaveLength(exportColumns[table].length);
    }
  });

  test('has the same rows when it is read in several calls, from each place where one may end', async () => {
    const atOnce = await readAs({ table, ...input }, null, Number.POSITIVE_INFINITY);
    let found: readonly Row[] = [];
    let from: string | null = null;
    for (;;) {
      const part = await readAs({ table, ...input }, from, 1);
      found = [...found, ...part.rows];
      if (part.reached === null) break;
      from = part.reached;
    }
    expect(found).toEqual(atOnce.rows);
  });
});

test('patterns among anonymous raters are a case without a name, in the table too', async () => {
  const { rows } = await exported(auditor, 'RATING_FLAGS', { ...unit, periodId: PERIOD });
  const anonymous = rows.filter((row) => row[6] !== null);
  expect(anonymous.length).toBeGreaterThan(0);
  for (const row of anonymous) expect(row.slice(4, 6)).toEqual([null, null]);
});

test('of a unit with units below a table has the rows of each, as the query says them', async () => {
  const of = (who: Caller, unitId: string) =>
    exported(who, 'RATING_COMPLETION', { unitId, periodId: PERIOD });
  const all = await of(caller('kadis'), 'dinkes');
  const each = await Promise.all(
    ['dinkes', 'puskesmas', 'puskesmas2'].map((unitId) => of(caller('kadis'), unitId)),
  );
  expect(all.rows).toHaveLength(12);
  expect(all.rows.slice(4)).toEqual(each.slice(1).flatMap(({ rows }) => rows));
  expect((await of(caller('kapus'), 'dinkes')).codes).toEqual(['FORBIDDEN']);
});

test('of people a head may read a table has the rows of each, as the query says them', async () => {
  const of = async (reader: Caller, table: ExportTableName, input: object) =>
    (await exported(reader, table, input)).rows;
  const kapus = caller('kapus');
  const one = await of(kapus, 'FEEDBACK', { staffId: 'n1' });
  expect(one).toHaveLength(2);
  expect(await of(kapus, 'FEEDBACK', unit)).toEqual(one);
  expect(await of(kapus, 'CAREER_PLANS', unit)).toHaveLength(2);
  const changed = await of(kapus, 'RATING_CHANGES', { ...unit, periodId: PERIOD });
  expect(changed).toHaveLength(NURSES.length);
  expect(await of(hrAdmin, 'COUNSELLING', unit)).toEqual(await of(hrAdmin, 'COUNSELLING', { staffId: 'n1' }));
  // Each activity once, though people of two units take part.
  expect(await of(hrAdmin, 'JOINT_ACTIVITIES', { unitId: 'dinkes' })).toHaveLength(2);
  for (const [table, input] of [
    ['COUNSELLING', unit],
    ['PEER_PANELS', { ...unit, periodId: NEXT }],
  ] as const)
    expect((await exported(kapus, table, input)).codes).toEqual(['FORBIDDEN']);
});

test('who wrote what is not signed, and who declines to rate a person, is in no table of theirs', async () => {
  for (const reader of [hrAdmin, auditor, caller('kapus'), caller('n1')]) {
    const { rows } = await exported(reader, 'FEEDBACK', { staffId: 'n1' });
    expect(rows.filter((row) => row[5] === 'colleague').map((row) => row[6])).toEqual([null]);
  }
  const { text, rows } = await exported(caller('n1'), 'PEER_PANELS', { periodId: NEXT, staffId: 'n1' });
  expect(rows).toHaveLength(2);
  for (const hidden of ['berselisih', 'declined', 'Name n4']) expect(text).not.toContain(hidden);
});

test('what citizens suggested is read by heads only when the campaign is over, in the table too', async () => {
  const of = async (reader: Caller, campaignId: string) =>
    (await exported(reader, 'SUGGESTIONS', { campaignId })).rows.length;
  expect(await of(planner, 'skm-open')).toBe(3);
  expect(await of(caller('kapus'), 'skm-open')).toBe(1);
  expect(await of(caller('kapus'), 'skm-shut')).toBe(3);
  expect(await of(caller('kadispar'), 'skm-shut')).toBe(1);
  expect((await exported(planner, 'SUGGESTIONS', { campaignId: 'x' })).codes).toEqual(['NOT_FOUND']);
});

test('an effect of fewer than three participants has no figure', async () => {
  const [effect] = (await exported(auditor, 'PROGRAMME_EFFECTS', {})).rows;
  expect(effect?.slice(4, 7)).toEqual(['2025-Q3', PERIOD, '3']);
  expect(effect?.slice(9)).toEqual([null, null, null]);
});

test('tables of a region go on unit by unit, roster by roster and page by page', async () => {
  const places = async (input: {
    readonly table: ExportTableName;
    readonly [name: string]: string | number;
  }) => {
    let from: string | null = null;
    for (let place = 0; ; place += 1) {
      const { reached } = await readAs(input, from, 1);
      if (reached === null) return place;
      from = reached;
    }
  };
  expect(await places({ table: 'RATING_COMPLETION', periodId: PERIOD })).toBe(region.units.length);
  expect(await places({ table: 'GOAL_SERVICE', year: 2026 })).toBe(2);
  expect(await places({ table: 'STAFF' })).toBe(1);
});

test('a trail of anonymous ratings is refused as the query refuses it', async () => {
  const entity = `RATING#${PERIOD}#n1#PEER#x`;
  expect((await exported(auditor, 'AUDIT_TRAIL', { entity })).codes).toEqual(['FORBIDDEN']);
});
