import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { decimal } from '../../functions/domain/decimal.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { createGoal } from '../../functions/usecases/goal/create-goal.ts';
import { createIndicator } from '../../functions/usecases/indicator/create-indicator.ts';
import { addInstrument } from '../../functions/usecases/instrument/add-instrument.ts';
import { agreePlan } from '../../functions/usecases/plan/agree-plan.ts';
import { amendPlan } from '../../functions/usecases/plan/amend-plan.ts';
import { commentPlan } from '../../functions/usecases/plan/comment-plan.ts';
import { proposePlan } from '../../functions/usecases/plan/propose-plan.ts';
import { requestPlanChanges } from '../../functions/usecases/plan/request-plan-changes.ts';
import { activatePolicy } from '../../functions/usecases/policy/activate-policy.ts';
import { draftPolicy } from '../../functions/usecases/policy/draft-policy.ts';
import { importRatings } from '../../functions/usecases/rating/import-ratings.ts';
import { setAssessorRating } from '../../functions/usecases/rating/set-assessor-rating.ts';
import { submitRating } from '../../functions/usecases/rating/submit-rating.ts';
import { importRealisations } from '../../functions/usecases/realisation/import-realisations.ts';
import { rejectRealisation } from '../../functions/usecases/realisation/reject-realisation.ts';
import { reportRealisation } from '../../functions/usecases/realisation/report-realisation.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { createUnit } from '../../functions/usecases/unit/create-unit.ts';
import { INSTRUMENT } from '../workflow/region.ts';
import { as, hr, PERIOD, planner, problemsOf, type WorkRegion, workRegion, YEAR } from './work-region.ts';

/** Turns what follows round for the reader's eye. */
const HIDDEN = 'Sehat\u202Etahes';

const line = (title: string) => ({
  title,
  aspect: 'QUANTITY' as const,
  indicatorId: 'visits',
  weight: 10_000,
  target: { value: decimal(120) },
});
const nip = (serial: number): string => `198001012005011${String(serial).padStart(3, '0')}`;
const scores = INSTRUMENT.items.map(({ id }) => ({ itemId: id, score: 4 }));
const report = { planId: 'n1:2026', lineId: 'L1', month: '2026-01', value: decimal(9) };

let region: WorkRegion;
let draftId = '';
beforeAll(async () => {
  region = await workRegion();
  const { deps } = region;
  const propose = (staffId: string, version?: number) =>
    proposePlan(deps, as(staffId), { staffId, year: YEAR, lines: [line('Kunjungan')], version });
  for (const staffId of ['n1', 'n2']) await propose(staffId);
  await agreePlan(deps, as('kapus'), { planId: 'n1:2026', version: 1 });
  await reportRealisation(deps, as('n1'), report);
  draftId = (await draftPolicy(deps, planner, { effectiveFrom: '2026-01-01' })).id;
});
afterAll(() => region.api.drop());

const imported = async (outcome: Promise<{ readonly problems: readonly unknown[] }>): Promise<never> => {
  const { Rejection } = await import('../../functions/domain/problem.ts');
  const { problems } = await outcome;
  throw new Rejection(problems as ConstructorParameters<typeof Rejection>[0]);
};

const unit = { code: 'X', name: 'X', kind: 'DINAS' };
const indicator = {
  code: 'X',
  definition: {
    name: 'x',
    description: 'x',
    formula: 'x',
    source: 'x',
    measure: { unitOfMeasure: 'x', polarity: 'MAXIMIZE' as const, buildUp: 'SUM' as const },
    effectiveFrom: '2026-01-01',
  },
};
const both = { id: 'X', en: 'X' };
const instrument = { id: 'X', name: both, items: [{ id: 'A', text: both }] };
const kapus: Actor = as('kapus');

type Attempt = (deps: Deps) => Promise<unknown>;

test.each<readonly [string, string, Attempt]>([
  ['a unit', 'name', (deps) => createUnit(deps, hr, { ...unit, name: HIDDEN })],
  ['a unit', 'kind', (deps) => createUnit(deps, hr, { ...unit, kind: HIDDEN })],
  ['a unit', 'mission', (deps) => createUnit(deps, hr, { ...unit, mission: HIDDEN })],
  [
    'a person',
    'name',
    (deps) =>
      createStaff(deps, hr, {
        nip: nip(900),
        name: HIDDEN,
        employment: 'PNS',
        assignment: { unitId: 'puskesmas', position: 'x', jobGroup: 'x', from: '2026-01-01' },
      }),
  ],
  [
    'a goal',
    'title',
    (deps) => createGoal(deps, planner, { code: 'X', title: HIDDEN, fromYear: 2026, toYear: 2026 }),
  ],
  [
    'an indicator',
    'definition.formula',
    (deps) =>
      createIndicator(deps, planner, {
        ...indicator,
        definition: { ...indicator.definition, formula: HIDDEN },
      }),
  ],
  [
    'an instrument',
    'name.en',
    (deps) => addInstrument(deps, hr, { ...instrument, name: { id: 'X', en: HIDDEN } }),
  ],
  [
    'an instrument',
    'items.0.text.id',
    (deps) => addInstrument(deps, hr, { ...instrument, items: [{ id: 'A', text: { id: HIDDEN, en: 'X' } }] }),
  ],
  [
    'a plan',
    'lines.0.title',
    (deps) => proposePlan(deps, as('n3'), { staffId: 'n3', year: YEAR, lines: [line(HIDDEN)] }),
  ],
  ['a remark', 'text', (deps) => commentPlan(deps, kapus, { planId: 'n2:2026', text: HIDDEN })],
  [
    'a request for changes',
    'text',
    (deps) => requestPlanChanges(deps, kapus, { planId: 'n2:2026', version: 1, text: HIDDEN }),
  ],
  [
    'an amendment',
    'reason',
    (deps) =>
      amendPlan(deps, as('n1'), {
        planId: 'n1:2026',
        version: 2,
        reason: HIDDEN,
        lines: [{ ...line('Kunjungan pagi'), id: 'L1' }],
      }),
  ],
  [
    'a report',
    'note',
    (deps) => reportRealisation(deps, as('n1'), { ...report, month: '2026-02', note: HIDDEN }),
  ],
  [
    'a link to evidence',
    'evidence.0',
    (deps) =>
      reportRealisation(deps, as('n1'), {
        ...report,
        month: '2026-02',
        evidence: ['https://a.go.id/\u200Bx'],
      }),
  ],
  [
    'a rejection',
    'reason',
    (deps) => rejectRealisation(deps, kapus, { ...report, version: 1, reason: HIDDEN }),
  ],
  [
    'a comment on a rating',
    'comment',
    (deps) =>
      submitRating(deps, kapus, {
        periodId: PERIOD,
        rateeId: 'n1',
        group: 'SUPERIOR',
        instrumentId: INSTRUMENT.id,
        scores,
        comment: HIDDEN,
      }),
  ],
  [
    "an assessor's reason",
    'reason',
    (deps) =>
      setAssessorRating(deps, kapus, {
        periodId: PERIOD,
        staffId: 'n1',
        workResult: 'MEETS',
        behaviour: 'MEETS',
        reason: HIDDEN,
      }),
  ],
  [
    'a reason for a policy',
    'reason',
    (deps) => activatePolicy(deps, hr, { id: draftId, version: 1, reason: HIDDEN }),
  ],
  [
    'an imported comment',
    'rows.0.comment',
    (deps) =>
      imported(
        importRatings(deps, hr, [
          {
            periodId: PERIOD,
            rateeNip: nip(3),
            group: 'PUBLIC',
            rater: 'r-1',
            instrumentId: INSTRUMENT.id,
            scores: scores.map(({ score }) => score),
            comment: HIDDEN,
          },
        ]),
      ),
  ],
  [
    'an imported note',
    'rows.0.note',
    (deps) =>
      imported(
        importRealisations(deps, planner, [
          {
            ownerKind: 'STAFF',
            owner: nip(3),
            lineId: 'L1',
            month: '2026-02',
            value: decimal(1),
            note: HIDDEN,
          },
        ]),
      ),
  ],
])('%s with a character that nobody sees is refused at %s', async (_, path, attempt) => {
  expect(await problemsOf(attempt(region.deps))).toEqual([`INVALID_FORMAT ${path}`]);
});
