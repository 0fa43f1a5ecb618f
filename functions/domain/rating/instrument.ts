import { type Problem, problem } from '../problem.ts';
import { checkText, type TextShape } from '../text.ts';
import type { Instrument } from './rating.ts';

/** The instrument of a region that has no other: the seven values BerAKHLAK, each on 1 to 5. */
export const berakhlak: Instrument = {
  id: 'berakhlak',
  version: 1,
  name: { id: 'Perilaku kerja BerAKHLAK', en: 'BerAKHLAK work behaviour' },
  items: [
    {
      id: 'SERVICE',
      text: {
        id: 'Berorientasi pelayanan: memahami dan memenuhi kebutuhan masyarakat; ramah, cekatan, solutif, dan dapat diandalkan; melakukan perbaikan tiada henti',
        en: 'Service-oriented: understands and meets the needs of the public; friendly, quick, helpful and reliable; never stops improving',
      },
    },
    {
      id: 'ACCOUNTABLE',
      text: {
        id: 'Akuntabel: melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi; menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien; tidak menyalahgunakan kewenangan jabatan',
        en: 'Accountable: works honestly, responsibly, carefully and with integrity; uses public property responsibly and efficiently; does not abuse the powers of office',
      },
    },
    {
      id: 'COMPETENT',
      text: {
        id: 'Kompeten: meningkatkan kompetensi diri untuk menjawab tantangan yang selalu berubah; membantu orang lain belajar; melaksanakan tugas dengan kualitas terbaik',
        en: 'Competent: keeps learning to meet changing challenges; helps others to learn; does every task as well as it can be done',
      },
    },
    {
      id: 'HARMONIOUS',
      text: {
        id: 'Harmonis: menghargai setiap orang apa pun latar belakangnya; suka menolong orang lain; membangun lingkungan kerja yang kondusif',
        en: 'Harmonious: respects everybody whatever their background; likes to help others; builds a good working environment',
      },
    },
    {
      id: 'LOYAL',
      text: {
        id: 'Loyal: memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah; menjaga nama baik sesama ASN, pimpinan, instansi, dan negara; menjaga rahasia jabatan dan negara',
        en: 'Loyal: upholds Pancasila, the Constitution and the lawful government; protects the good name of colleagues, leaders, agency and state; keeps the secrets of office',
      },
    },
    {
      id: 'ADAPTIVE',
      text: {
        id: 'Adaptif: cepat menyesuaikan diri menghadapi perubahan; terus berinovasi dan mengembangkan kreativitas; bertindak proaktif',
        en: 'Adaptive: adjusts quickly to change; keeps innovating and being creative; acts before being asked',
      },
    },
    {
      id: 'COLLABORATIVE',
      text: {
        id: 'Kolaboratif: memberi kesempatan kepada berbagai pihak untuk berkontribusi; terbuka dalam bekerja sama untuk menghasilkan nilai tambah; menggerakkan pemanfaatan berbagai sumber daya untuk tujuan bersama',
        en: 'Collaborative: lets others contribute; is open to working together for better results; brings resources together for common goals',
      },
    },
  ],
  scale: { low: 1, high: 5 },
};

/** One item for whoever has a single impression, as a pupil or a patient has. */
export const overall: Instrument = {
  id: 'overall',
  version: 1,
  name: { id: 'Penilaian keseluruhan', en: 'Overall rating' },
  items: [
    {
      id: 'OVERALL',
      text: {
        id: 'Secara keseluruhan, bagaimana perilaku kerja pegawai ini?',
        en: 'Overall, how does this member of staff work with you?',
      },
    },
  ],
  scale: { low: 1, high: 5 },
};

/** Instruments that every region starts with. */
export const defaultInstruments: readonly Instrument[] = [berakhlak, overall];

/** Limits of an instrument; with them the sums behind a mean stay whole numbers of 53 bits. */
export const INSTRUMENT_LIMITS = { items: 50, text: 1_000, name: 200, low: 0, high: 10 } as const;

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** All that is wrong with an instrument: ids, texts in both languages, items, scale. */
export const checkInstrument = (instrument: Instrument): Problem[] => {
  const problems: Problem[] = [];
  const { items: mostItems, text, name, low, high } = INSTRUMENT_LIMITS;
  const both = (words: Instrument['name'], path: string, maximum: number, shape: TextShape): void => {
    for (const language of ['id', 'en'] as const)
      problems.push(...checkText(words[language], `${path}.${language}`, maximum, shape));
  };
  if (!ID.test(instrument.id)) problems.push(problem('INVALID_FORMAT', 'id', { value: instrument.id }));
  if (!Number.isInteger(instrument.version) || instrument.version < 1) {
    problems.push(problem('OUT_OF_RANGE', 'version', { minimum: 1, maximum: 1_000_000 }));
  }
  both(instrument.name, 'name', name, 'LINE');
  if (instrument.items.length === 0) problems.push(problem('REQUIRED', 'items'));
  if (instrument.items.length > mostItems)
    problems.push(problem('TOO_MANY', 'items', { maximum: mostItems }));
  const seen = new Set<string>();
  instrument.items.forEach((item, at) => {
    if (!ID.test(item.id)) problems.push(problem('INVALID_FORMAT', `items.${at}.id`, { value: item.id }));
    if (seen.has(item.id)) problems.push(problem('DUPLICATE', `items.${at}.id`, { value: item.id }));
    seen.add(item.id);
    both(item.text, `items.${at}.text`, text, 'TEXT');
  });
  const { scale } = instrument;
  const inLimits = (value: number): boolean => Number.isInteger(value) && value >= low && value <= high;
  if (!inLimits(scale.low) || !inLimits(scale.high) || scale.low >= scale.high) {
    problems.push(problem('OUT_OF_RANGE', 'scale', { minimum: low, maximum: high }));
  }
  return problems;
};

/** The newest version of an instrument; null when there is none of that id. */
export const newestVersion = (instruments: readonly Instrument[], id: string): Instrument | null => {
  let newest: Instrument | null = null;
  for (const instrument of instruments) {
    if (instrument.id === id && (newest === null || instrument.version > newest.version)) newest = instrument;
  }
  return newest;
};
