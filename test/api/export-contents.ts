import { decimal } from '../../functions/domain/decimal.ts';
import { planIdOf } from '../../functions/domain/plan/plan.ts';
import { surveyResult } from '../../functions/domain/satisfaction/survey-tally.ts';
import type { Store } from '../../functions/store/store.ts';
import * as an from '../store/examples.ts';
import { filed } from '../workflow/decisions.ts';
import { write } from '../workflow/region.ts';
import { people, unitId } from './example-region.ts';

export const PROGRAMME = 'angkatan-1';

/** One of everything that can be exported beside people, plans and results, in the puskesmas P, written through the store. */
export async function fillExampleRegion(store: Store, periodId: string): Promise<void> {
  const nurse = people.nurse;
  const course = {
    id: 'TRIASE',
    title: 'Triase',
    description: '',
    competence: 'TECHNICAL',
    method: 'CLASS',
    hours: 8,
    values: [],
    indicatorIds: [],
    jobGroups: [],
    retired: false,
    version: 0,
  } as const;
  const programme = {
    id: PROGRAMME,
    courseId: course.id,
    startsOn: '2026-04-01',
    endsOn: '2026-04-02',
    place: 'Aula',
    capacity: 5,
    state: 'OPEN',
    toldUpTo: null,
    version: 0,
  } as const;
  const before = await store.staff.get(nurse);
  if (before === null) throw new Error('the example region has a nurse');
  const assignments = before.assignments.map((each) => ({
    ...each,
    functionalLevel: 'AHLI_PERTAMA' as const,
  }));
  const absences = [{ kind: 'STUDY', from: '2026-02-01', to: '2026-02-28' } as const];
  const owner = { kind: 'UNIT', unitId: unitId('P') } as const;
  const agreed = an.planContent(1, [
    an.planLine({ title: '=Waktu tunggu', targets: { '03': { value: decimal('30') } } }),
  ]);
  const sums = (each: number) => Array.from({ length: 9 }, () => each);
  await write(store, [
    store.staff.save(before, { ...before, assignments, absences }),
    store.plans.save(
      an.address({ unitId: unitId('P') }),
      null,
      an.plan({
        id: planIdOf(owner, 2026),
        owner,
        agreed,
        agreedAt: '2026-01-10T02:00:00.000Z',
        proposal: null,
      }),
    ),
    store.goals.save(null, an.goal()),
    store.indicators.save(null, an.indicator({ unitId: unitId('P'), goalId: 'g-1' })),
    store.attendance.save(null, {
      staffId: nurse,
      month: '2025-12',
      workingDays: 20,
      absentDays: 1,
      lostMinutes: 30,
      version: 0,
    }),
    store.activities.save(
      an.address({ unitId: unitId('P') }),
      null,
      an.activity({
        id: `${nurse}:2026:0114:a-1`,
        planId: `${nurse}:2026`,
        staffId: nurse,
        title: '=1+1',
        reportedBy: nurse,
      }),
    ),
    store.training.saveCourse(null, course),
    store.training.saveProgramme(null, programme),
    store.satisfaction.save(null, {
      id: 'skm-1',
      unitId: unitId('P'),
      service: { id: 'Rawat jalan', en: 'Outpatient care' },
      opens: '2026-01-05',
      closes: '2026-02-20',
      withoutCodePerHour: 2,
      minimumAnswers: 5,
      state: 'CLOSED',
      closedAt: '2026-02-21T00:00:00.000Z',
      result: surveyResult(
        { WITH_CODE: { answers: 10, sums: sums(35) }, WITHOUT_CODE: { answers: 2, sums: sums(8) } },
        5,
      ),
      version: 0,
    }),
  ]);
  await write(store, [
    store.objections.save(
      null,
      filed(periodId, nurse, {
        unitId: unitId('P'),
        reasons: '=HYPERLINK("http://x.invalid")',
        deciderId: people.agencyHead,
      }),
    ),
    store.followUps.save(null, {
      id: 'f-1',
      periodId,
      staffId: nurse,
      unitId: unitId('P'),
      measure: 'CERTIFICATE',
      grounds: null,
      proposal: { by: people.head, reason: '+Teladan' },
      state: 'PROPOSED',
      decision: null,
      end: null,
      version: 0,
    }),
    store.training.saveEnrolment(
      null,
      {
        programmeId: PROGRAMME,
        staffId: nurse,
        courseId: course.id,
        startsOn: programme.startsOn,
        state: 'ENROLLED',
        requestedAt: '2026-03-01T02:00:00.000Z',
        hours: null,
        version: 0,
      },
      { kind: 'TAKE' },
    ),
  ]);
  await store.indicatorReviews.putReviews([
    {
      periodId,
      run: 'r1',
      indicatorId: 'i-1',
      figures: {
        indicatorId: 'i-1',
        lines: 3,
        measured: 3,
        notMeasured: {},
        atCap: 3,
        atZero: 0,
        sum: 360_000_000,
        lowest: 120_000_000,
        highest: 120_000_000,
        definitions: [1],
      },
      findings: ['ALL_AT_CAP'],
    },
  ]);
}
