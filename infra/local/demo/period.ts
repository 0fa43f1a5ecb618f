import * as z from 'zod/mini';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import { change, importRows } from './demo-client.ts';
import type { YearWork } from './import-region.ts';
import { type DemoRating, figuresOf } from './work.ts';

/** Plans and opens a period; one that has ended is due as soon as the schedule looks. */
export const openPeriod = async (admin: GraphqlClient, id: string, closesAt?: string): Promise<void> => {
  await change(admin, 'planPeriod', 'PlanPeriodInput', { id, ...(closesAt !== undefined && { closesAt }) });
  const { period } = await admin.execute(
    'query Period($id: ID!) { period(id: $id) { version state } }',
    { id },
    z.object({ period: z.object({ version: z.int(), state: z.string() }) }),
  );
  if (period.state === 'PLANNED') {
    await change(admin, 'openPeriod', 'OpenPeriodInput', { id, version: period.version });
  }
};

/** Brings in what was reached in some months (`01` to `12`) of a year. */
export const reportMonths = (
  admin: GraphqlClient,
  { year, units, agreementOf, people, planOf }: YearWork,
  months: readonly string[],
): Promise<void> => {
  const owners = [
    ...units.map(({ code }) => ({ ownerKind: 'UNIT', owner: code, lines: agreementOf(code) })),
    ...people.map((person) => ({ ownerKind: 'STAFF', owner: person.nip, lines: planOf(person) })),
  ];
  const rows = owners.flatMap(({ ownerKind, owner, lines }) =>
    figuresOf(owner, lines, year, months).map(({ line, month, value }) => ({
      ownerKind,
      owner,
      lineId: line.id,
      month,
      value,
      evidence:
        line.indicator.releasedIn === undefined ? [] : [`https://tirtaasri.example/laporan-skm-${year}`],
    })),
  );
  return importRows(admin, 'importRealisations', 'ImportRealisationsInput', rows);
};

/** Brings in who rated whom in a period. */
export const rate = (admin: GraphqlClient, periodId: string, ratings: readonly DemoRating[]): Promise<void> =>
  importRows(
    admin,
    'importRatings',
    'ImportRatingsInput',
    ratings.map(({ ratee, rater, group, scores }) => ({
      periodId,
      rateeNip: ratee.nip,
      rater: rater.nip,
      group,
      instrumentId: 'berakhlak',
      scores,
    })),
  );
