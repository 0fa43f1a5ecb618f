/** The seven values BerAKHLAK (art. 10 (3)), in the order of the official forms, by the ids of the built-in instrument's items. */
export const CORE_VALUES = [
  'SERVICE',
  'ACCOUNTABLE',
  'COMPETENT',
  'HARMONIOUS',
  'LOYAL',
  'ADAPTIVE',
  'COLLABORATIVE',
] as const;

export type CoreValue = (typeof CORE_VALUES)[number];
