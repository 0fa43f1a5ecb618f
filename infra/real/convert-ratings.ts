/** From the published ratings of lecturers to files for the importer; README.md of this folder states the decisions. */
import { join } from 'node:path';
import { KINDS } from '../import/kinds.ts';
import { type Cells, writeCsv } from './csv-writer.ts';
import { readSource } from './source-rows.ts';

const COLUMNS = ['rater', 'ratee', 'unit', 'rating'] as const;

/** The file has no dates: the year is a label, after those of the indicators. */
export const RATINGS_YEAR = 2014;
export const RATINGS_PERIOD = String(RATINGS_YEAR);
export const INSTRUMENT = {
  id: 'overall',
  name: { id: 'Penilaian menyeluruh', en: 'Overall rating' },
  items: [
    { id: 'OVERALL', text: { id: 'Nilai menyeluruh atas pengajaran', en: 'Overall rating of the teaching' } },
  ],
  low: 1,
  high: 5,
} as const;

const ROOT = { code: 'ETH', name: 'ETH Zürich' } as const;

export interface RatingFiles {
  readonly units: string;
  readonly staff: string;
  readonly ratings: string;
  /** Rows of the source that were taken. */
  readonly rows: number;
  readonly raters: number;
  readonly ratees: number;
  readonly departments: readonly string[];
}

export const departmentCodeOf = (unit: string): string => `ETH-${unit.padStart(2, '0')}`;

/**
 * A number with the form of a PNS's NIP for a ratee of the file: birth date 1960-01-01 plus as many days as the ratee's
 * number, appointed in January 1990, sex digit 1, serial 001: the birth date tells them apart. It stands for nobody.
 */
export const syntheticNip = (ratee: string): string => {
  const birth = new Date(Date.UTC(1960, 0, 1) + Number(ratee) * 86_400_000);
  return `${birth.toISOString().slice(0, 10).replaceAll('-', '')}1990011001`;
};

/**
 * Writes the import files of `ratings.csv` into a folder: departments as units, ratees as staff, ratings of people served.
 * @param departments only these numbers of departments; null: all
 */
export const convertRatings = async (
  source: string,
  folder: string,
  departments: readonly string[] | null,
): Promise<RatingFiles> => {
  const unitOfRatee = new Map<string, string>();
  const raters = new Set<string>();
  let rows = 0;
  const files = {
    units: join(folder, 'rating-units.csv'),
    staff: join(folder, 'rating-staff.csv'),
    ratings: join(folder, 'ratings.csv'),
  };
  const ratings = async function* (): AsyncGenerator<Cells> {
    for await (const { rater, ratee, unit, rating } of readSource(source, COLUMNS)) {
      if (departments !== null && !departments.includes(unit)) continue;
      rows++;
      raters.add(rater);
      unitOfRatee.set(ratee, unit);
      yield {
        periodId: RATINGS_PERIOD,
        rateeNip: syntheticNip(ratee),
        group: 'PUBLIC',
        rater: `student-${rater}`,
        instrumentId: INSTRUMENT.id,
        scores: rating,
      };
    }
  };
  await writeCsv(
    KINDS.ratings,
    ['periodId', 'rateeNip', 'group', 'rater', 'instrumentId', 'scores'],
    ratings(),
    files.ratings,
  );
  const units = [...new Set(unitOfRatee.values())].sort((a, b) => Number(a) - Number(b));
  await writeCsv(
    KINDS.units,
    ['code', 'name', 'kind', 'parentCode'],
    [
      { ...ROOT, kind: 'UNIVERSITY' },
      ...units.map((unit) => ({
        code: departmentCodeOf(unit),
        name: `Department ${unit}`,
        kind: 'DEPARTMENT',
        parentCode: ROOT.code,
      })),
    ],
    files.units,
  );
  await writeCsv(
    KINDS.staff,
    ['nip', 'name', 'employment', 'unitCode', 'position', 'jobGroup', 'from'],
    [...unitOfRatee].map(([ratee, unit]) => ({
      nip: syntheticNip(ratee),
      name: `Lecturer ${ratee}`,
      employment: 'PNS',
      unitCode: departmentCodeOf(unit),
      position: 'Lecturer',
      jobGroup: 'lecturer',
      from: `${RATINGS_YEAR}-01-01`,
    })),
    files.staff,
  );
  return { ...files, rows, raters: raters.size, ratees: unitOfRatee.size, departments: units };
};
