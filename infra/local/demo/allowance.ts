import type { FunctionalLevel } from '../../../functions/domain/allowance/credit.ts';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import { importRows } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';
import { type DemoPerson, people, repeatableNumbers } from './people.ts';

/** Whole rupiah a month by position class. */
export const allowanceBases: readonly { readonly positionClass: number; readonly amount: number }[] = [
  { positionClass: 7, amount: 2_350_000 },
  { positionClass: 8, amount: 2_900_000 },
  { positionClass: 9, amount: 3_600_000 },
  { positionClass: 12, amount: 6_750_000 },
  { positionClass: 14, amount: 9_400_000 },
];

/** Functional positions of the demo, by the beginning of their title. */
const functional: readonly (readonly [title: string, level: FunctionalLevel, positionClass: number])[] = [
  ['Pengawas Sekolah', 'AHLI_MADYA', 12],
  ['Dokter', 'AHLI_MUDA', 9],
  ['Perencana', 'AHLI_MUDA', 9],
  ['Auditor', 'AHLI_MUDA', 9],
  ['Perawat', 'AHLI_PERTAMA', 8],
  ['Apoteker', 'AHLI_PERTAMA', 8],
  ['Guru', 'AHLI_PERTAMA', 8],
  ['Analis', 'AHLI_PERTAMA', 8],
  ['Adyatama', 'AHLI_PERTAMA', 8],
  ['Bidan', 'MAHIR', 7],
  ['Pranata', 'TERAMPIL', 7],
];

/** Level and class of a demo position. */
export const levelOf = ({
  position,
  heads,
}: DemoPerson): { readonly functionalLevel?: FunctionalLevel; readonly positionClass: number } => {
  if (heads) return { positionClass: 14 };
  const found = functional.find(([title]) => position.startsWith(title));
  return found === undefined ? { positionClass: 7 } : { functionalLevel: found[1], positionClass: found[2] };
};

/** The attendance of a health centre's staff in the first quarter, as the attendance machine has it. */
export const importAttendance = async (admin: GraphqlClient): Promise<void> => {
  const next = repeatableNumbers(41);
  const staff = people.filter(({ unit }) => unit === '1.02.11');
  const rows = ['01', '02', '03'].flatMap((month) =>
    staff.map(({ nip }) => ({
      nip,
      month: `${DEMO_YEAR}-${month}`,
      workingDays: 20,
      absentDays: next() < 0.12 ? 1 : 0,
      lostMinutes: next() < 0.4 ? Math.floor(next() * 90) : 0,
    })),
  );
  await importRows(admin, 'importAttendance', 'ImportAttendanceInput', rows);
};
