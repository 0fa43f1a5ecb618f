import type { PlanLine } from '../../functions/domain/plan/line.ts';

/**
 * A region of any size, written in bulk: the stores make the very items that their transactions would put, and these are sent
 * in batches of 25 without conditions, gates and audit entries, which a benchmark need not wait for.
 */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Decimal } from '../../functions/domain/decimal.ts';
import type { Realisation } from '../../functions/domain/indicator/realisation.ts';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { defaultPolicyRules, type Policy } from '../../functions/domain/period/policy.ts';
import { contentOf, newPlan, type Plan, type PlanOwner } from '../../functions/domain/plan/plan.ts';
import type { Instrument, RaterGroup, Rating } from '../../functions/domain/rating/rating.ts';
import type { WorkAddress, Write } from '../../functions/store/contract/stored.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { pseudonym } from '../support/pseudonym.ts';

export const PERIOD_ID = '2026-Q1';
export const YEAR = 2026;
export const MONTHS = ['2026-01', '2026-02', '2026-03'];
export const CLOSES_AT = '2026-04-05T17:00:00.000Z';
export const STAFF_A_UNIT = 100;
const LINES = 8;
const SEEDED_AT = '2026-02-02T02:00:00.000Z';
const JOB_GROUPS = ['nurse', 'midwife', 'teacher', 'clerk', 'engineer'];

const INSTRUMENT: Instrument = {
  id: 'berakhlak',
  version: 1,
  name: { id: 'BerAKHLAK', en: 'BerAKHLAK' },
  items: ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'].map(
    (id) => ({
      id,
      text: { id, en: id },
    }),
  ),
  scale: { low: 1, high: 5 },
};

export const POLICY: Policy = {
  id: 'policy-1',
  number: 1,
  state: 'ACTIVE',
  effectiveFrom: '2025-01-01',
  rules: defaultPolicyRules,
  writtenBy: [],
  activatedAt: SEEDED_AT,
  version: 0,
};
export const INSTRUMENTS: readonly Instrument[] = [INSTRUMENT];

/** 12 ratings a person. */
const RATERS: readonly (readonly [RaterGroup, number])[] = [
  ['SUPERIOR', 1],
  ['PEER', 6],
  ['SUBORDINATE', 4],
  ['SELF', 1],
];

export const staffIdOf = (person: number): string => `s-${String(person).padStart(7, '0')}`;
export const unitIdOf = (unit: number): string => `u-${String(unit).padStart(5, '0')}`;
export const jobGroupOf = (person: number): string => JOB_GROUPS[person % JOB_GROUPS.length] ?? 'clerk';

/** A figure that looks like chance and is the same in every run. */
const spread = (seed: number, range: number): number => (Math.imul(seed + 1, 2_654_435_761) >>> 8) % range;

export const planOf = (owner: PlanOwner): Plan => ({
  ...newPlan(owner, YEAR),
  agreed: contentOf(Array.from({ length: LINES }, (_, line) => lineOf(line))),
  agreedAt: SEEDED_AT,
  proposal: null,
  proposalState: null,
});

const lineOf = (line: number): PlanLine => ({
  id: `L${line + 1}`,
  kind: 'MAIN',
  title: `Terlaksananya pelayanan kesehatan sesuai standar, hasil kerja ke-${line + 1}`,
  aspect: 'QUANTITY',
  perspective: null,
  goalId: 'goal-1',
  serves: { planId: 'unit:u-00000:2026', lineId: 'L1', role: 'SUPPORTS' },
  indicatorId: `indicator-${line + 1}`,
  definition: 1,
  measure: {
    unitOfMeasure: 'pasien',
    polarity: line % 3 === 2 ? 'MINIMIZE' : 'MAXIMIZE',
    aboveRange: null,
    realisedBy: 'REPORT',
    buildUp: line % 2 === 0 ? 'SUM' : 'LATEST',
  },
  indicatorName: `Jumlah pasien yang dilayani sesuai standar ${line + 1}`,
  weight: 1_250,
  targets: Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [
      String(month + 1).padStart(2, '0'),
      { value: String(40 + line) as Decimal },
    ]),
  ),
});

export const realisationsOf = (planId: string, seed: number): Realisation[] =>
  MONTHS.flatMap((month, at) =>
    Array.from({ length: LINES }, (_, line) => ({
      planId,
      lineId: `L${line + 1}`,
      month,
      value: String(32 + spread(seed * 31 + line * 7 + at, 20)) as Decimal,
      evidence: ['https://example.go.id/bukti/2026/laporan-bulanan.pdf'],
      note: null,
      state: 'VERIFIED' as const,
      rejection: null,
      activities: null,
      files: [],
      reportedBy: null,
      reportedAt: SEEDED_AT,
      version: 0,
    })),
  );

/** @param superior the assessor of record: nobody else's rating as superior counts */
export const ratingsOf = (person: number, superior = staffIdOf(person - (person % STAFF_A_UNIT))): Rating[] =>
  RATERS.flatMap(([group, count]) =>
    Array.from({ length: count }, (_, rater) => ({
      periodId: PERIOD_ID,
      rateeId: staffIdOf(person),
      group,
      raterId:
        { SELF: staffIdOf(person), SUPERIOR: superior }[String(group)] ?? pseudonym(`r-${group}-${rater}`),
      instrumentId: INSTRUMENT.id,
      instrumentVersion: INSTRUMENT.version,
      scores: INSTRUMENT.items.map((_, item) => 2 + spread(person * 97 + rater * 13 + item, 4)),
      comment: null,
      source: 'RATER' as const,
      ratedAt: SEEDED_AT,
      afterRun: 0,
      earlier: [],
      version: 0,
    })),
  );

/** Writes `staff` people in units of 100, each with a plan of 8 lines, 24 realisations and 12 ratings. @returns items put */
export async function seedBulk(
  client: DynamoDBDocumentClient,
  tableName: string,
  staff: number,
): Promise<number> {
  const recorded: Record<string, unknown>[] = [];
  const recorder = recordingClient(recorded);
  const items = createStore({ client: recorder, tableName });
  const direct = createStore({ client, tableName });
  const units = Math.ceil(staff / STAFF_A_UNIT);
  let written = 0;

  await commit(direct, direct.policies.save(null, POLICY));
  await commit(direct, direct.instruments.add(INSTRUMENT));
  for (let unit = 0; unit < units; unit += 1) {
    const { version } = await direct.organisation.load();
    await commit(
      direct,
      direct.organisation.save(version, null, {
        id: unitIdOf(unit),
        code: unitIdOf(unit),
        name: `Puskesmas ${unit}`,
        kind: 'PUSKESMAS',
        mission: null,
        parentId: unit === 0 ? null : unitIdOf(0),
        heads: [{ staffId: staffIdOf(unit * STAFF_A_UNIT), from: '2025-01-01', to: null }],
        shardCount: 1,
        retiredFrom: null,
        version: 0,
      }),
    );
    const address: WorkAddress = { collection: { unitId: unitIdOf(unit), shard: 0 }, year: YEAR };
    await commitWork(items, address, planOf({ kind: 'UNIT', unitId: unitIdOf(unit) }), unit);
    const last = Math.min(staff, (unit + 1) * STAFF_A_UNIT);
    for (let person = unit * STAFF_A_UNIT; person < last; person += 1) {
      const staffId = staffIdOf(person);
      await commit(
        items,
        items.staff.save(null, {
          id: staffId,
          nip: `19800101200501${String(1_000_000 + person).slice(-4)}`,
          name: `Pegawai ${person}`,
          employment: 'PNS',
          grade: 'III/c',
          assignments: [
            {
              ...address.collection,
              position: 'Perawat Ahli Muda',
              jobGroup: jobGroupOf(person),
              assessorId: null,
              functionalLevel: null,
              positionClass: null,
              from: '2025-01-01',
              to: null,
            },
          ],
          retiredFrom: null,
          homes: {},
          email: null,
          absences: [],
          version: 0,
        }),
      );
      await commitWork(items, address, planOf({ kind: 'STAFF', staffId }), person);
      for (const rating of ratingsOf(person)) await commit(items, items.ratings.save(address, null, rating));
    }
    written += await writeBatches(client, tableName, recorded.splice(0));
  }
  await commit(direct, direct.periods.save(null, planPeriod(PERIOD_ID, CLOSES_AT, 420)));
  const planned = await direct.periods.get(PERIOD_ID);
  if (planned === null) throw new Error('the period was not written');
  await commit(direct, direct.periods.save(planned, openPeriod(planned)));
  recorder.destroy();
  return written;
}

async function commitWork(store: Store, address: WorkAddress, plan: Plan, seed: number): Promise<void> {
  await commit(store, store.plans.save(address, null, plan));
  for (const realisation of realisationsOf(plan.id, seed)) {
    await commit(store, store.realisations.save(address, null, realisation));
  }
}

const commit = (store: Store, write: Write): Promise<void> =>
  store.commit(
    {
      actor: { id: 'seed', role: 'HR_ADMIN' },
      at: SEEDED_AT,
      operation: 'seed',
      reason: null,
      idempotency: null,
    },
    [write],
  );

/** A client that sends nothing and keeps the items that transactions put, audit entries left out. */
function recordingClient(recorded: Record<string, unknown>[]): DynamoDBDocumentClient {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: 'none', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }),
  );
  client.middlewareStack.add(
    (_, context) => async (args) => {
      if (
        context.commandName !== 'TransactWriteCommand' &&
        context.commandName !== 'TransactWriteItemsCommand'
      ) {
        throw new Error(`a bulk region reads nothing, but ${context.commandName} was sent`);
      }
      const { TransactItems = [] } = args.input as TransactWriteCommandInput;
      for (const { Put } of TransactItems) {
        const { Item: item } = Put ?? {};
        if (item !== undefined && !String(item['pk']).startsWith('AUDIT#')) recorded.push(item);
      }
      return { output: { $metadata: {} }, response: {} };
    },
    { step: 'initialize', priority: 'high', name: 'record' },
  );
  return client;
}

const BATCHES_AT_ONCE = 4;

async function writeBatches(
  client: DynamoDBDocumentClient,
  tableName: string,
  items: readonly Record<string, unknown>[],
): Promise<number> {
  const starts = Array.from({ length: Math.ceil(items.length / 25) }, (_, batch) => batch * 25);
  const work = async (): Promise<void> => {
    for (let at = starts.shift(); at !== undefined; at = starts.shift()) {
      await client.send(
        new BatchWriteCommand({
          RequestItems: {
            [tableName]: items.slice(at, at + 25).map((item) => ({ PutRequest: { Item: item } })),
          },
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, work));
  return items.length;
}
