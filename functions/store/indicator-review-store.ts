import type { IndicatorReview, ReviewDecision } from '../domain/indicator-review/review.ts';
import { baseRunOf, isCorrection } from '../domain/period/run.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { putItems } from './batch-write.ts';
import { entityCodec, pack, readBody } from './codec.ts';
import type { FiguresKey, IndicatorReviewStore } from './contract/indicator-review.ts';
import {
  auditName,
  figuresPrefix,
  indicatorFiguresKey,
  indicatorReviewKey,
  type Key,
  reviewDecisionKey,
} from './keys.ts';
import * as schemas from './schemas/indicator-review.ts';
import { type Item, queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const FIGURES = 'INDICATOR# / FIGURES#';
const REVIEW = 'REVIEW#';
const decisionCodec = entityCodec<ReviewDecision>('INDICATOR# / DECISION#', schemas.reviewDecision);

const readReview = (item: Item): IndicatorReview => readBody(REVIEW, schemas.indicatorReview, item['body']);

export function indicatorReviewStore(table: Table): IndicatorReviewStore {
  /** The item of a run, or else of its base, which is asked for only where there is one, in one batch. */
  const readRuns = async (
    keys: readonly FiguresKey[],
    keyOf: (key: FiguresKey) => Key,
  ): Promise<readonly (Item | undefined)[]> => {
    const wanted = keys.flatMap((key) =>
      isCorrection(key.run) ? [keyOf(key), keyOf({ ...key, run: baseRunOf(key.run) })] : [keyOf(key)],
    );
    const found = (await getItems(table, wanted)).values();
    return keys.map(({ run }) => {
      const own = found.next().value;
      const base = isCorrection(run) ? found.next().value : undefined;
      return own ?? base;
    });
  };
  const ofRun = (periodId: string, run: string) => ({
    pk: indicatorReviewKey({ periodId, run, indicatorId: '' }).pk,
  });
  return {
    putFigures: (periodId, run, all) =>
      putItems(
        table,
        all.map((figures) => ({
          ...indicatorFiguresKey({ indicatorId: figures.indicatorId, periodId, run }),
          periodId,
          run,
          body: pack(JSON.stringify(figures)),
        })),
      ),
    figures: async (keys) =>
      (await readRuns(keys, indicatorFiguresKey)).map((item) =>
        item === undefined ? null : readBody(FIGURES, schemas.indicatorFigures, item['body']),
      ),
    figuresOfIndicator: async (indicatorId) => {
      const { pk } = indicatorFiguresKey({ indicatorId, periodId: '', run: '' });
      return (await queryAll(table, { pk, prefix: figuresPrefix })).map((item) => ({
        periodId: String(item['periodId']),
        run: String(item['run']),
        figures: readBody(FIGURES, schemas.indicatorFigures, item['body']),
      }));
    },
    putReviews: (reviews) =>
      putItems(
        table,
        reviews.map((review) => ({ ...indicatorReviewKey(review), body: pack(JSON.stringify(review)) })),
      ),
    reviews: async (periodId, run, page) => {
      if (!isCorrection(run)) return queryList(table, ofRun(periodId, run), page, readReview);
      // A correction has a few of its own; so many of the base more are read that a page is full without those that they replace.
      const own = (await queryAll(table, ofRun(periodId, run))).map((item) => ({
        value: readReview(item),
        position: String(item['sk']),
      }));
      const replaced = new Set(own.map(({ position }) => position));
      const base = await queryList(
        table,
        ofRun(periodId, baseRunOf(run)),
        { ...page, first: page.first + own.length },
        readReview,
      );
      const all = [
        ...base.items.filter(({ position }) => !replaced.has(position)),
        ...own.filter(
          ({ value, position }) =>
            value.findings.length > 0 && (page.after === null || position > page.after),
        ),
      ].sort((a, b) => (a.position < b.position ? -1 : 1));
      return { items: all.slice(0, page.first), hasMore: base.hasMore || all.length > page.first };
    },
    indicatorsOf: async (periodId, run) =>
      (await queryAll(table, ofRun(periodId, run))).map((item) => readReview(item).indicatorId),
    reviewsOf: async (keys) =>
      (await readRuns(keys, indicatorReviewKey)).map((item) => {
        const review = item === undefined ? null : readReview(item);
        return review !== null && review.findings.length > 0 ? review : null;
      }),
    decisions: async (keys) =>
      (await getItems(table, keys.map(reviewDecisionKey))).map((item) =>
        item === undefined ? null : decisionCodec.read(item),
      ),
    decide: (decision) =>
      prepare({
        audit: auditName.reviewDecision(decision),
        key: reviewDecisionKey(decision),
        versionBefore: 0,
        hashBefore: null,
        text: decisionCodec.toText(decision, 1),
        attributes: {},
        ifPresent: () => problem('ALREADY_EXISTS', 'periodId', { id: decision.periodId }),
      }),
  };
}
