import { exportWords } from '../../domain/export/words.ts';
import { meanAchievement } from '../../domain/indicator-review/figures.ts';
import { readReviews } from '../indicator-review/read-reviews.ts';
import { walkPages } from './export-scope.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** The indicators that a published close found fault with, and what was decided on them. */
export const reviewRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  for await (const reviews of walkPages(limits, (page) => readReviews(deps, actor, periodId, page))) {
    const indicators = await deps.store.indicators.getMany(reviews.map(({ indicatorId }) => indicatorId));
    yield reviews.map(({ figures, findings, decision }, at) => [
      periodId,
      indicators[at]?.code ?? null,
      indicators[at]?.current.name ?? null,
      numberOf(figures.lines),
      numberOf(figures.measured),
      numberOf(figures.atCap),
      numberOf(figures.atZero),
      pointsOf(meanAchievement(figures)),
      pointsOf(figures.lowest),
      pointsOf(figures.highest),
      findings.map((finding) => wordOf(exportWords.finding, finding, locale)).join('; '),
      wordOf(exportWords.review, decision?.outcome ?? null, locale),
      decision?.reason ?? null,
      numberOf(decision?.definition ?? null),
    ]);
  }
};
