import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import { resultWords } from '../../domain/messages.ts';
import { permits } from '../authorise.ts';
import { differsFromProposal, readCalibration } from '../evaluation/read-calibration.ts';
import { readRatingChanges } from '../evaluation/read-rating-changes.ts';
import { readPeerPanel } from '../peers/read-panel.ts';
import { readRatingCompletion } from '../rating/read-completion.ts';
import { readRatingFlags } from '../rating/read-rating-flags.ts';
import { eachUnit, peoplePages } from './export-scope.ts';
import { nameOf, personCells, unitCells } from './person-cells.ts';
import { dayOfRating } from './rating-scope.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** How far the ratings have come, unit by unit and group by group: as coarse as the query. */
export const completionRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    const { staff, groups } = await readRatingCompletion(deps, actor, { periodId, unitId: unit.id });
    yield groups.map(({ group, due, done }) => [
      periodId,
      ...unitCells(unit),
      numberOf(staff),
      wordOf(resultWords.group, group, locale),
      numberOf(due),
      numberOf(done),
    ]);
  }
};

/** Patterns in ratings, unit by unit: anonymous raters are cases, with the coarse figures of the query. */
export const flagRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    const flags = await readRatingFlags(deps, actor, { periodId, unitId: unit.id });
    const people = await deps.store.staff.getMany(flags.flatMap(({ staffId }) => staffId ?? []));
    const byId = new Map(people.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
    yield Promise.all(
      flags.map(async ({ kind, staffId, caseId, ratings, mean, others, day }) => {
        const staff = byId.get(staffId ?? '');
        return [
          periodId,
          ...unitCells(unit),
          wordOf(exportWords.flag, kind, locale),
          ...(staff === undefined ? [null, null] : await personCells(deps, actor, staff)),
          caseId,
          numberOf(ratings),
          numberOf(mean),
          numberOf(others),
          day,
        ];
      }),
    );
  }
};

/** Everybody whom the heads of the units assess, as the evaluations stand; never who asks. */
export const calibrationRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const on = await dayOfRating(deps, periodId);
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    if (!(await permits(deps, actor, 'Query.calibration', { unitId: unit.id, on }))) continue;
    const { entries } = await readCalibration(deps, actor, { unitId: unit.id, periodId });
    const people = await deps.store.staff.getMany(entries.map(({ proposal }) => proposal.staffId));
    yield Promise.all(
      entries.map(async (entry, at) => {
        const { workResult, behaviour, assessor, predicate, score } = entry.proposal;
        const staff = people[at] ?? null;
        return [
          periodId,
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          ...unitCells(unit),
          pointsOf(workResult.score),
          wordOf(resultWords.rating, workResult.proposed, locale),
          pointsOf(behaviour.score),
          wordOf(resultWords.rating, behaviour.proposed, locale),
          wordOf(resultWords.rating, assessor?.workResult ?? null, locale),
          wordOf(resultWords.rating, assessor?.behaviour ?? null, locale),
          assessor?.reason ?? null,
          wordOf(exportWords.yesNo, differsFromProposal(entry) ? 'yes' : 'no', locale),
          wordOf(resultWords.predicate, predicate, locale),
          pointsOf(score),
        ];
      }),
    );
  }
};

/** How the assessors' ratings came about, of one person or of those who served in the units on the day of rating. */
export const ratingChangeRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const day = await dayOfRating(deps, periodId);
  const scope = { day, on: day, limits };
  for await (const people of peoplePages(deps, actor, 'Query.ratingChanges', request, scope)) {
    const rows = await Promise.all(
      people.map(async ({ staff, unit }): Promise<readonly Row[]> => {
        const changes = await readRatingChanges(deps, actor, { staffId: staff.id, periodId });
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        return Promise.all(
          changes.map(async ({ at, before, after }) => [
            periodId,
            ...who,
            at,
            await nameOf(deps, after.assessorId),
            wordOf(resultWords.rating, before?.workResult ?? null, locale),
            wordOf(resultWords.rating, before?.behaviour ?? null, locale),
            wordOf(resultWords.rating, after.workResult, locale),
            wordOf(resultWords.rating, after.behaviour, locale),
            wordOf(exportWords.yesNo, after.innovation ? 'yes' : 'no', locale),
            after.reason,
          ]),
        );
      }),
    );
    yield rows.flat();
  }
};

/** Chosen peers, a row each; whoever it is about sees their own nominations alone. */
export const panelRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  const day = await dayOfRating(deps, periodId);
  const scope = { day, on: day, limits };
  for await (const people of peoplePages(deps, actor, 'Query.peerPanel', request, scope)) {
    const rows = await Promise.all(
      people.map(async ({ staff, unit }): Promise<readonly Row[]> => {
        const panel = await readPeerPanel(deps, actor, { periodId, staffId: staff.id });
        if (panel === null) return [];
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        const peers = await deps.store.staff.getMany(panel.members.map(({ staffId }) => staffId));
        return Promise.all(
          panel.members.map(async ({ state, origin, reason }, at) => {
            const peer = peers[at] ?? null;
            return [
              periodId,
              ...who,
              wordOf(exportWords.yesNo, panel.assigned ? 'yes' : 'no', locale),
              ...(peer === null ? [null, null] : await personCells(deps, actor, peer)),
              wordOf(exportWords.panel, state, locale),
              wordOf(exportWords.panelOrigin, origin, locale),
              reason,
            ];
          }),
        );
      }),
    );
    yield rows.flat();
  }
};
