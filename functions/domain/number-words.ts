import type { Decimal } from './decimal.ts';
import type { Locale } from './messages.ts';

const MARKS = { id: { thousands: '.', fraction: ',' }, en: { thousands: ',', fraction: '.' } } as const;

/** A number as a language writes it: `1234567.5` is `1.234.567,5` in Indonesian and `1,234,567.5` in English. */
export const numberWords = (value: Decimal | string, locale: Locale): string => {
  const { thousands, fraction: mark } = MARKS[locale];
  const [whole = '', fraction] = value.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? grouped : `${grouped}${mark}${fraction}`;
};
