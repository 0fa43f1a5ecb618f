import { fill, type Locale, type Message } from '../messages.ts';
import type { CopyWarning } from './written-line.ts';

/** What each warning of a copy says. */
export const copyTexts = {
  INDICATOR_RETIRED: {
    id: 'Indikator sudah tidak berlaku, barisnya tidak disalin dan bobotnya dibagikan: {name}',
    en: 'The indicator is retired; its line was not copied and its weight went to the others: {name}',
  },
  INDICATOR_REVISED: {
    id: 'Definisi indikator sudah berubah dari {from} menjadi {to}; periksa target: {name}',
    en: 'The definition of the indicator has changed from {from} to {to}; check the target: {name}',
  },
  GOAL_ENDED: {
    id: 'Sasaran tidak berlaku lagi pada tahun itu: {name}',
    en: 'The goal is not in force in that year: {name}',
  },
  SERVED_LINE_NOT_IN_FORCE: {
    id: 'Hasil kerja atasan yang diintervensi belum berlaku pada tahun itu: {name}',
    en: "The superior's work result that was served is not in force in that year: {name}",
  },
} as const satisfies Readonly<Record<CopyWarning['code'], Message>>;

/** What a copy of lines left behind or changed. */
export const copyText = ({ code, ...params }: CopyWarning, locale: Locale): string =>
  fill(copyTexts[code][locale], params);
