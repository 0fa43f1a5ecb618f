import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CrossedRating } from '../../functions/domain/fairness/crossed-design.ts';

const FILE = join(import.meta.dirname, '../../infra/real/data/ratings.csv');

/** The real ratings 1 to 5 of lecturers by students (`infra/real/data/README.md`), by department. */
export const lectureRatings = (): Map<string, CrossedRating[]> => {
  const [, ...rows] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return Map.groupBy(
    rows.map((row) => {
      const [rater = '', ratee = '', unit = '', value] = row.split(',');
      return { rater, ratee, unit, value: Number(value) };
    }),
    ({ unit }) => unit,
  );
};
