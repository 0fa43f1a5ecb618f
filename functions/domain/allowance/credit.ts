import type { Predicate } from '../evaluation/predicate.ts';
import type { Micro } from '../rounding.ts';
import { divideHalfUp } from '../rounding.ts';
import type { Month } from '../time.ts';

/** Levels of functional positions (jenjang jabatan fungsional), from the lowest skilled to the highest expert one. */
export const functionalLevels = [
  'PEMULA',
  'TERAMPIL',
  'MAHIR',
  'PENYELIA',
  'AHLI_PERTAMA',
  'AHLI_MUDA',
  'AHLI_MADYA',
  'AHLI_UTAMA',
] as const;
export type FunctionalLevel = (typeof functionalLevels)[number];

/** Credits of a year at full share, in hundredths (BKN 3/2023). */
const YEARLY: Readonly<Record<FunctionalLevel, number>> = {
  PEMULA: 375,
  TERAMPIL: 500,
  MAHIR: 1_250,
  PENYELIA: 2_500,
  AHLI_PERTAMA: 1_250,
  AHLI_MUDA: 2_500,
  AHLI_MADYA: 3_750,
  AHLI_UTAMA: 5_000,
};

/** Percent of the year's credits. */
const SHARE: Readonly<Record<Predicate, number>> = {
  EXCELLENT: 150,
  GOOD: 100,
  NEEDS_IMPROVEMENT: 75,
  POOR: 50,
  VERY_POOR: 25,
};

/**
 * Credits (angka kredit, BKN 3/2023): months / 12 × share × yearly coefficient, half-up to two decimals.
 * @param months whole months from 0 up @returns micro-credits, a multiple of a hundredth
 */
export const creditOf = (level: FunctionalLevel, predicate: Predicate, months: number): Micro =>
  divideHalfUp(months * SHARE[predicate] * YEARLY[level], 12 * 100) * 10_000;

/** Credits of a year at full share, micro-credits. */
export const yearlyCredit = (level: FunctionalLevel): Micro => YEARLY[level] * 10_000;

/** Percent of the year's credits that a predicate gives. */
export const sharePercent = (predicate: Predicate): number => SHARE[predicate];

/** Months of service from one month to another, both counted: (y2 − y1) × 12 + (m2 − m1) + 1. */
export const creditMonths = (from: Month, to: Month): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;
