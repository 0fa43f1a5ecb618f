import type { ReviewDecision } from '../domain/indicator-review/review.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { putItems } from './batch-write.ts';
import { entityCodec, pack, readBody } from './codec.ts';
import type { IndicatorReviewStore } from './contract/indicator-review.ts';
import {
  auditName,
  figuresPrefix,
  indicatorFiguresKey,
  indicatorReviewKey,
  reviewDecisionKey,
} from './keys.ts';
import * as schemas from './schemas/indicator-review.ts';
import { queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const FIGURES = 'INDICATOR# / FIGURES#';
const REVIEW = 'REVIEW#';
const decisionCodec = entityCodec<ReviewDecision>('INDICATOR# / DECISION#', schemas.reviewDecision);

export function indicatorReviewStore(table: Table): IndicatorReviewStore {
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
      (await getItems(table, keys.map(indicatorFiguresKey))).map((item) =>
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
    reviews: (periodId, run, page) =>
      queryList(table, { pk: indicatorReviewKey({ periodId, run, indicatorId: '' }).pk }, page, (item) =>
        readBody(REVIEW, schemas.indicatorReview, item['body']),
      ),
    reviewsOf: async (keys) =>
      (await getItems(table, keys.map(indicatorReviewKey))).map((item) =>
        item === undefined ? null : readBody(REVIEW, schemas.indicatorReview, item['body']),
      ),
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
