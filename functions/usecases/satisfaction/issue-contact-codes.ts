import type { Actor } from '../../domain/access-policy.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import { latestClose } from '../../domain/period/period.ts';
import { type Problem, problem, reject } from '../../domain/problem.ts';
import type { CodeBatch } from '../../domain/satisfaction/single-use-code.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { findInstrument } from '../rating/find-instrument.ts';
import { checkTakesRatings } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { type IssuedCodes, readBatch, vanishesAfter, withCodes } from './issue-survey-codes.ts';
import { checkBatchSize, hashOfContactCode, newCodes } from './single-use-codes.ts';

export interface IssueContactCodes {
  readonly staffId: string;
  readonly periodId: string;
  readonly instrumentId: string;
  readonly count: number;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Issues single-use codes with which people whom a staff member serves rate them in a period, on the newest version of an
 * instrument. Nobody issues codes for themselves. A repetition finds the batch but not its codes.
 * @throws Rejection with all of OUT_OF_RANGE, NOT_FOUND, RETIRED, PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS, SELF_AS_OTHER
 */
export async function issueContactCodes(
  deps: Deps,
  actor: Actor,
  input: IssueContactCodes,
): Promise<IssuedCodes & { readonly staff: Staff }> {
  let issued: { readonly batchId: string; readonly codes: readonly string[] } | null = null;
  const batch = await perform(
    deps,
    { actor, operation: 'issueContactCodes', input },
    async () => {
      const staff = await requireStaff(deps, input.staffId);
      return { staff, as: await authorise(deps, actor, 'Mutation.issueContactCodes', { staff }) };
    },
    async ({ staff, as }) => {
      const { periodId, instrumentId } = input;
      const [period, instrument, retired, today] = await Promise.all([
        deps.store.periods.get(periodId),
        findInstrument(deps, instrumentId, null),
        deps.store.instruments.retired(),
        regionToday(deps),
      ]);
      const check = checkInput();
      const count = checkBatchSize(input.count, check);
      check.addAll(await checkTakesRatings(deps, period, periodId));
      if (instrument === null) check.add('NOT_FOUND', 'instrumentId', { id: instrumentId });
      else if (retired.has(instrument.id)) check.add('RETIRED', 'instrumentId', { id: instrument.id });
      check.addAll(whyNotRated(actor, staff, period?.year ?? null));
      check.done();
      if (period === null || instrument === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
      const codes = newCodes(count);
      const of: CodeBatch = {
        id: deps.newId('b'),
        purpose: {
          kind: 'CONTACT',
          staffId: staff.id,
          periodId,
          instrumentId: instrument.id,
          instrumentVersion: instrument.version,
        },
        count,
        issuedAt: deps.now(),
        voided: null,
        version: 0,
      };
      issued = { batchId: of.id, codes };
      const expiresAt = vanishesAfter(latestClose(period, today));
      const writes = [deps.store.satisfaction.issue(of, codes.map(hashOfContactCode), expiresAt)];
      return { as, ref: of.id, writes };
    },
    readBatch(deps),
  );
  return { ...withCodes(batch, issued), staff: await requireStaff(deps, input.staffId) };
}

async function requireStaff({ store }: Deps, id: string): Promise<Stored<Staff>> {
  const staff = await store.staff.get(id);
  if (staff === null) throw reject('NOT_FOUND', 'staffId', { id });
  return staff;
}

function whyNotRated(actor: Actor, staff: Staff, year: number | null): Problem[] {
  if (actor.staffId === staff.id) return [problem('SELF_AS_OTHER', 'staffId')];
  if (year !== null && staffAddress(staff, year) === null)
    return [problem('NOT_FOUND', 'staffId', { id: staff.id })];
  return [];
}
