/**
 * Titles that stand before a person's name (gelar depan): of learning, of a profession, of the pilgrimage and of religious
 * office. `R.`, `Rr.`, `M.` and the like are parts of names.
 */
const TITLES_BEFORE = new Set('prof dr drg drh drs dra ir h hj kh apt ns bdn bd ar tgk ust pdt'.split(' '));

/** A text as names are compared: no case, no accents, its words joined by `-`. */
export const comparable = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/**
 * A person's name as it is compared, listed and looked for: `comparable`, without the titles before it ("dr. Hj. Siti Aminah,
 * Sp.A." is `siti-aminah-sp-a`). A title with nothing behind it stays.
 */
export function comparablePerson(name: string): string {
  const words = comparable(name).split('-');
  const first = words.findIndex((word, index) => index === words.length - 1 || !TITLES_BEFORE.has(word));
  return words.slice(first).join('-');
}

/** Whether a word of the name, titles left out, begins what was written ("aminah" and "siti am" both find Siti Aminah). */
export const isNamed = (name: string, written: string): boolean =>
  `-${comparablePerson(name)}`.includes(`-${comparablePerson(written)}`);
