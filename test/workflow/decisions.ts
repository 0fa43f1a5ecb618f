/** Objections that were filed and decided, written through the store as the use cases write them. */
import type { Decimal } from '../../functions/domain/decimal.ts';
import { adoptRealisation } from '../../functions/domain/indicator/realisation.ts';
import { type Objection, objectionIdOf } from '../../functions/domain/objection/objection.ts';
import type { Correction } from '../../functions/domain/objection/verdict.ts';
import { planIdOf } from '../../functions/domain/plan/plan.ts';
import type { Store } from '../../functions/store/store.ts';
import { staffAddress } from '../../functions/usecases/work-address.ts';
import { write } from './region.ts';

export const DECIDED_AT = '2026-04-20T03:00:00.000Z';

export const correctionOf = (given: Partial<Correction> = {}): Correction => ({
  workResult: null,
  behaviour: null,
  innovation: null,
  figures: [],
  ...given,
});

export const figure = (lineId: string, month: string, value: string) => ({
  lineId,
  month,
  value: value as Decimal,
});

export const filed = (periodId: string, staffId: string, changes: Partial<Objection> = {}): Objection => ({
  id: objectionIdOf(periodId, changes.attempt ?? 1, staffId),
  periodId,
  attempt: 1,
  staffId,
  run: 'r1',
  unitId: 'unit',
  state: 'FILED',
  filedAt: '2026-04-14T03:00:00.000Z',
  filedBy: 'SELF',
  reasons: 'Angka Februari keliru',
  points: [],
  assessorId: null,
  assessedInUnitId: null,
  explainBy: null,
  deciderId: null,
  decideBy: '2026-04-23',
  statements: [],
  remindedOf: null,
  escalations: [],
  decision: null,
  version: 0,
  ...changes,
});

/** Files an objection, if there is none, and decides it: the result, and what a later close reads, are changed. */
export async function decide(
  store: Store,
  periodId: string,
  staffId: string,
  correction: Correction,
): Promise<void> {
  const open = filed(periodId, staffId);
  if ((await store.objections.get(open.id)) === null) await write(store, [store.objections.save(null, open)]);
  const before = await store.objections.get(open.id);
  const staff = await store.staff.get(staffId);
  const year = Number(periodId.slice(0, 4));
  const address = staff && staffAddress(staff, year);
  if (before === null || address === null) throw new Error(`${staffId} serves nowhere`);
  const planId = planIdOf({ kind: 'STAFF', staffId }, year);
  const figures = await Promise.all(
    correction.figures.map(async ({ lineId, month, value }) => {
      const known = await store.realisations.get(address, { planId, lineId, month });
      const report = { lineId, month, value, evidence: known?.evidence ?? [], note: null };
      return store.realisations.correct(
        address,
        known,
        adoptRealisation(known, planId, report, 'kadis', DECIDED_AT),
      );
    }),
  );
  const { workResult, behaviour, innovation } = correction;
  await write(store, [
    store.objections.save(before, {
      ...before,
      state: 'CHANGED',
      decision: {
        outcome: 'CHANGED',
        at: DECIDED_AT,
        deciderId: null,
        reason: 'Bukti dukung sah',
        recommendation: null,
        correction,
      },
    }),
    store.objections.saveVerdict(address, null, {
      workResult,
      behaviour,
      innovation,
      periodId,
      staffId,
      objectionId: before.id,
      version: 0,
    }),
    ...figures,
  ]);
}
