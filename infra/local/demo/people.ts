import type { Employment } from '../../../functions/domain/organisation/staff.ts';
import type { DemoUnit } from './region/shapes.ts';
import { units } from './region.ts';

/** An invented civil servant of the demo region. */
export interface DemoPerson {
  readonly nip: string;
  readonly name: string;
  readonly employment: Employment;
  readonly grade: string;
  readonly unit: string;
  readonly position: string;
  readonly jobGroup: string;
  readonly heads: boolean;
}

const firstNames = {
  1: 'Agus Bambang Dedi Eko Fajar Gunawan Hendra Iwan Joko Kurnia Lukman Made Nyoman Rizal Slamet Teguh Untung Wahyu Yusuf Zainal'.split(
    ' ',
  ),
  2: 'Ani Budiarti Citra Dewi Endang Fitri Gita Hesti Indah Kartika Lestari Maya Nurul Putri Ratna Sari Tuti Utami Wulan Yanti'.split(
    ' ',
  ),
} as const;
const lastNames =
  'Prasetyo Wibowo Siregar Nasution Hidayat Saputra Lubis Simanjuntak Rahman Santoso Kusuma Hasibuan Wijaya Permana Halim Maharani Anggraini Suryani Pertiwi Handayani Setiawan Firmansyah'.split(
    ' ',
  );

/** A repeatable stream of numbers in 0 ≤ x < 1 (mulberry32), so that the demo is the same on every machine. */
export const repeatableNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

const twoDigits = (n: number): string => String(n).padStart(2, '0');

const personOf = (
  unit: DemoUnit,
  position: string,
  jobGroup: string,
  heads: boolean,
  serial: number,
): DemoPerson => {
  const next = repeatableNumbers(serial * 7919);
  const sex = next() < 0.5 ? 1 : 2;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const age = heads ? 42 + Math.floor(next() * 14) : 26 + Math.floor(next() * 26);
  const birthYear = 2026 - age;
  const birth = `${birthYear}${twoDigits(1 + Math.floor(next() * 12))}${twoDigits(1 + Math.floor(next() * 28))}`;
  const appointed = `${birthYear + 24}${twoDigits(1 + Math.floor(next() * 12))}`;
  return {
    nip: `${birth}${appointed}${sex}${String(serial % 1000).padStart(3, '0')}`,
    name: `${pick(firstNames[sex])} ${pick(lastNames)}`,
    employment: 'PNS',
    grade: heads ? 'Pembina, IV/a' : 'Penata, III/c',
    unit: unit.code,
    position,
    jobGroup,
    heads,
  };
};

/** Everybody, unit by unit; the head of each unit first. */
export const people: readonly DemoPerson[] = units
  .flatMap((unit) =>
    unit.positions.flatMap(([position, jobGroup, count], at) =>
      Array.from({ length: count }, () => ({ unit, position, jobGroup, heads: at === 0 })),
    ),
  )
  .map(({ unit, position, jobGroup, heads }, at) => personOf(unit, position, jobGroup, heads, at + 1));

export const headOf = (unitCode: string): DemoPerson => {
  const head = people.find((person) => person.unit === unitCode && person.heads);
  if (head === undefined) throw new Error(`The demo unit ${unitCode} has no head`);
  return head;
};

/** The direct superior: the head of the unit; for a head, the head of the unit above; null at the top. */
export const superiorOf = (person: DemoPerson): DemoPerson | null => {
  if (!person.heads) return headOf(person.unit);
  const parent = units.find(({ code }) => code === person.unit)?.parent ?? null;
  return parent === null ? null : headOf(parent);
};

/** Those whose superior is this person. */
export const subordinatesOf = (person: DemoPerson): readonly DemoPerson[] =>
  people.filter((other) => superiorOf(other) === person);
