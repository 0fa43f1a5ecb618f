import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '../../functions/domain/decimal.ts';
import type { PeriodState } from '../../functions/domain/period/period.ts';
import { gateNumber } from '../../functions/store/commit.ts';
import type { Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { countRequests, createTestTable, type TestTable } from '../support/dynamodb.ts';
import { pseudonym } from '../support/pseudonym.ts';
import * as an from './examples.ts';

let table: TestTable;
let store: Store;

beforeAll(async () => {
  table = await createTestTable();
  store = createStore({ client: table.client, tableName: table.tableName });
});
afterAll(() => table.drop());

const address = an.address();
const save = (...writes: Write[]): Promise<void> => store.commit(an.intent(), writes);
const present = <T>(value: T | null): T => {
  if (value === null) throw new Error('not stored');
  return value;
};
/** Brings a period into a state as the close does it, whatever it was before. */
const bring = async (id: string, state: PeriodState): Promise<void> =>
  save(store.periods.save(await store.periods.get(id), an.period(id, state)));
const closed = (period: string) => ({ problems: [{ code: 'PERIOD_CLOSED', params: { period } }] });

describe('a rating', () => {
  test('is taken while the period is open, and not before, while it closes or afterwards', async () => {
    const write = (raterId: string) =>
      save(
        store.ratings.save(address, null, an.rating({ periodId: '2026-Q1', raterId: pseudonym(raterId) })),
      );

    await expect(write('s-before')).rejects.toMatchObject({ problems: [{ code: 'PERIOD_NOT_OPEN' }] });
    await bring('2026-Q1', 'PLANNED');
    await expect(write('s-planned')).rejects.toMatchObject({ problems: [{ code: 'PERIOD_NOT_OPEN' }] });
    await bring('2026-Q1', 'OPEN');
    await write('s-open');
    await bring('2026-Q1', 'CLOSING');
    await expect(write('s-closing')).rejects.toMatchObject(closed('2026-Q1'));
    await bring('2026-Q1', 'PUBLISHED');
    await expect(write('s-published')).rejects.toMatchObject(closed('2026-Q1'));
    await bring('2026-Q1', 'OPEN');
    await write('s-reopened');

    const raters = (await store.ratings.ofCollection(address, '2026-Q1')).map(({ raterId }) => raterId);
    expect(raters).toEqual([pseudonym('s-open'), pseudonym('s-reopened')].sort());
  });

  test('decided upon while the period was open is refused when the close came first', async () => {
    await bring('2025-Q1', 'OPEN');
    const seen = present(await store.periods.get('2025-Q1'));
    expect(seen.state).toBe('OPEN');
    const late = store.ratings.save(address, null, an.rating({ periodId: '2025-Q1' }));
    const decision = store.ratings.saveAssessorRating(
      address,
      null,
      an.assessorRating({ periodId: '2025-Q1' }),
    );

    const ofUnit = store.unitAssessments.save(null, an.unitAssessment({ periodId: '2025-Q1' }));

    await bring('2025-Q1', 'CLOSING');

    await expect(save(ofUnit)).rejects.toMatchObject(closed('2025-Q1'));
    await expect(save(late)).rejects.toMatchObject(closed('2025-Q1'));
    await expect(save(decision)).rejects.toMatchObject(closed('2025-Q1'));
    expect(await store.ratings.ofCollection(address, '2025-Q1')).toEqual([]);
    await bring('2025-Q1', 'PUBLISHED');
  });

  test('of many who rate while the period closes is either in what the close reads, or refused', async () => {
    await bring('2025-Q3', 'OPEN');
    const raters = Array.from({ length: 24 }, (_, at) => `s-rush-${at}`);
    const rush = raters.map((raterId) =>
      save(
        store.ratings.save(address, null, an.rating({ periodId: '2025-Q3', raterId: pseudonym(raterId) })),
      ),
    );
    // Handled from the start: a rating may be refused while the lines below still wait for something else.
    const settled = Promise.allSettled(rush);
    await rush[6];
    await bring('2025-Q3', 'CLOSING');
    const read = (await store.ratings.ofCollection(address, '2025-Q3')).map(({ raterId }) => raterId);

    const outcomes = await settled;

    const accepted = raters.filter((_, at) => outcomes[at]?.status === 'fulfilled');
    expect(read.sort()).toEqual(accepted.map(pseudonym).sort());
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(closed('2025-Q3'));
    }
    await bring('2025-Q3', 'PUBLISHED');
  });

  test('checks one gate however many are written together', async () => {
    await bring('2026-Q1', 'OPEN');
    const count = countRequests(table.client);
    await save(
      ...Array.from({ length: 45 }, (_, at) =>
        store.ratings.save(address, null, an.rating({ raterId: pseudonym(`s-bulk-${at}`) })),
      ),
    );
    expect(count.byOperation).toEqual({ TransactWriteItems: 1 });
    const [request] = count.requests;
    expect(request?.input).toMatchObject({ TransactItems: { length: 91 } });
    count.remove();
  });
});

describe('a realisation', () => {
  const report = (month: string, lineId: string) =>
    save(store.realisations.save(address, null, an.realisation({ month, lineId })));

  test('is taken when no period of its month has ever been closed', async () => {
    await report('2024-05', 'L1');
    await bring('2024-05', 'OPEN');
    await report('2024-05', 'L2');

    expect(await store.realisations.ofPlan(address, 's-0001:2026', ['2024-05'])).toHaveLength(2);
  });

  test.each(['2023-04', '2023-Q3', '2022'])('is refused when %s covers its month and closes', async (id) => {
    const month = { '2023-04': '2023-04', '2023-Q3': '2023-08', '2022': '2022-12' }[id] ?? '';
    await bring(id, 'OPEN');
    await report(month, 'L1');
    await bring(id, 'CLOSING');

    await expect(report(month, 'L2')).rejects.toMatchObject(closed(id));
    await bring(id, 'PUBLISHED');
    await expect(report(month, 'L3')).rejects.toMatchObject(closed(id));
    await bring(id, 'OPEN');
    await report(month, 'L4');
  });
});

describe('while a period of the year is being closed', () => {
  test('plans of the year are held still, those of other years are not', async () => {
    await bring('2021-Q1', 'OPEN');
    const before = store.plans.save(address, null, an.plan({ id: 's-p:2021', year: 2021 }));
    await bring('2021-Q1', 'CLOSING');

    await expect(save(before)).rejects.toMatchObject(closed('2021-Q1'));
    await save(store.plans.save(address, null, an.plan({ id: 's-p:2020', year: 2020 })));
    await bring('2021-Q1', 'PUBLISHED');
    await save(before);
  });

  test('an amendment of months whose period closed since it was decided upon is refused; of later months it is not', async () => {
    const line = an.planLine();
    const id = 's-a:2016';
    const first = { ...an.plan({ id, year: 2016 }), proposal: null, agreed: an.planContent(1, [line]) };
    await save(store.plans.save(address, null, first));
    await bring('2016-Q1', 'OPEN');
    const stored = present(await store.plans.get(address, id));
    const amended = (month: string) => {
      const targets = { ...line.targets, [month]: { value: decimal(1) } };
      return store.plans.save(address, stored, {
        ...stored,
        agreed: an.planContent(2, [{ ...line, targets }]),
      });
    };
    const [measured, ahead] = [amended('03'), amended('04')];
    await bring('2016-Q1', 'CLOSING');
    await bring('2016-Q1', 'PUBLISHED');

    await expect(save(measured)).rejects.toMatchObject(closed('2016-Q1'));
    await save(ahead);
  });

  test('two periods at once hold it still until both are published', async () => {
    const write = (id: string) => save(store.plans.save(address, null, an.plan({ id, year: 2019 })));
    await bring('2019-12', 'OPEN');
    await bring('2019', 'OPEN');
    await bring('2019-12', 'CLOSING');
    await bring('2019', 'CLOSING');
    await expect(write('s-two:a')).rejects.toMatchObject({ problems: [{ code: 'PERIOD_CLOSED' }] });
    await bring('2019-12', 'PUBLISHED');
    await expect(write('s-two:b')).rejects.toMatchObject(closed('2019'));
    await bring('2019', 'PUBLISHED');
    await write('s-two:c');
  });

  test('a failure that is recorded, or a close that is begun again, changes no gate', async () => {
    await bring('2018-Q1', 'OPEN');
    await bring('2018-Q1', 'CLOSING');
    const closing = present(await store.periods.get('2018-Q1'));
    await save(store.periods.save(closing, { ...closing, failure: 'Contention' }));
    const failed = present(await store.periods.get('2018-Q1'));
    await save(store.periods.save(failed, { ...failed, failure: null }));
    const write = () => save(store.plans.save(address, null, an.plan({ id: 's-f:2018', year: 2018 })));

    await expect(write()).rejects.toMatchObject(closed('2018-Q1'));
    await bring('2018-Q1', 'PUBLISHED');
    await write();
  });

  test('transfers that would change its rosters wait; later ones, and what is no transfer, do not', async () => {
    const person = an.staff({ id: 's-still', assignments: [an.assignment({ from: '2017-01-01' })] });
    await save(store.staff.save(null, person));
    await bring('2026-Q2', 'OPEN');
    await bring('2026-Q2', 'CLOSING');
    const stored = present(await store.staff.get('s-still'));
    const moved = (from: string, dayBefore: string) => ({
      ...stored,
      assignments: [
        an.assignment({ from: '2017-01-01', to: dayBefore }),
        an.assignment({ unitId: 'u-next', from }),
      ],
    });

    await expect(save(store.staff.save(stored, moved('2026-06-01', '2026-05-31')))).rejects.toMatchObject(
      closed('2026-Q2'),
    );
    await expect(save(store.staff.save(null, an.staff()))).rejects.toMatchObject(closed('2026-Q2'));
    await save(store.staff.save(stored, moved('2027-01-01', '2026-12-31')));
    const renamed = present(await store.staff.get('s-still'));
    await save(store.staff.save(renamed, { ...renamed, name: 'Nama Baru' }));

    await bring('2026-Q2', 'PUBLISHED');
    await save(store.staff.save(null, an.staff()));
  });

  test('a change of the organisation between its reading and the begin of the close is found', async () => {
    const { version } = await store.organisation.load();
    await bring('2016-Q1', 'OPEN');
    await save(store.organisation.save(version, null, an.unit({ id: 'u-late', code: 'late' })));
    const open = present(await store.periods.get('2016-Q1'));

    const begin = (organisationVersion: number) =>
      save(store.periods.save(open, an.period('2016-Q1', 'CLOSING'), { organisationVersion, snapshot: 'd' }));

    await expect(begin(version)).rejects.toMatchObject({
      problems: [{ code: 'CONFLICT', params: { version: version + 1 } }],
    });
    await begin(version + 1);
    expect(await store.periods.get('2016-Q1')).toMatchObject({ state: 'CLOSING' });
  });
});

test('writers spread over all gates', () => {
  const used = new Map<number, number>();
  for (let id = 0; id < 1_600; id += 1) {
    const gate = gateNumber(`RATING#2026-Q1#s-${id}#PEER#s-${id + 1}`);
    used.set(gate, (used.get(gate) ?? 0) + 1);
  }
  expect(used.size).toBe(16);
  expect(Math.max(...used.values())).toBeLessThan(200);
});
