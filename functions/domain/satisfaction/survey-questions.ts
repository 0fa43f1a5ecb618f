/** The nine elements of the survey (PermenPANRB 14/2017), in the order of the regulation. */
export type SurveyElement =
  | 'REQUIREMENTS'
  | 'PROCEDURE'
  | 'TIME'
  | 'COST'
  | 'PRODUCT'
  | 'COMPETENCE'
  | 'CONDUCT'
  | 'COMPLAINT_HANDLING'
  | 'FACILITIES';

/** A text in both languages of the service. */
export interface LocalisedText {
  readonly id: string;
  readonly en: string;
}

/** What a citizen is asked about an element; `choices[0]` scores 1, `choices[3]` scores 4. */
export interface SurveyQuestion {
  readonly element: SurveyElement;
  readonly text: LocalisedText;
  readonly choices: readonly [LocalisedText, LocalisedText, LocalisedText, LocalisedText];
}

/** Answers are whole numbers from 1 to 4. */
export const SURVEY_SCALE = { low: 1, high: 4 } as const;

const said = (id: string, en: string): LocalisedText => ({ id, en });

/** The questionnaire of the regulation's annex, one question an element. */
export const surveyQuestions: readonly SurveyQuestion[] = [
  {
    element: 'REQUIREMENTS',
    text: said(
      'Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?',
      'Do the requirements of this service fit the kind of service?',
    ),
    choices: [
      said('Tidak sesuai', 'Not at all'),
      said('Kurang sesuai', 'Not quite'),
      said('Sesuai', 'They fit'),
      said('Sangat sesuai', 'They fit very well'),
    ],
  },
  {
    element: 'PROCEDURE',
    text: said(
      'Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?',
      'How easy is the procedure of this service?',
    ),
    choices: [
      said('Tidak mudah', 'Not easy'),
      said('Kurang mudah', 'Not quite easy'),
      said('Mudah', 'Easy'),
      said('Sangat mudah', 'Very easy'),
    ],
  },
  {
    element: 'TIME',
    text: said(
      'Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?',
      'How fast was the service given?',
    ),
    choices: [
      said('Tidak cepat', 'Not fast'),
      said('Kurang cepat', 'Not quite fast'),
      said('Cepat', 'Fast'),
      said('Sangat cepat', 'Very fast'),
    ],
  },
  {
    element: 'COST',
    text: said(
      'Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?',
      'How fair is the cost of the service?',
    ),
    choices: [
      said('Sangat mahal', 'Very expensive'),
      said('Cukup mahal', 'Rather expensive'),
      said('Murah', 'Cheap'),
      said('Gratis', 'Free of charge'),
    ],
  },
  {
    element: 'PRODUCT',
    text: said(
      'Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?',
      'Does what you received fit what the service standard promises?',
    ),
    choices: [
      said('Tidak sesuai', 'Not at all'),
      said('Kurang sesuai', 'Not quite'),
      said('Sesuai', 'It fits'),
      said('Sangat sesuai', 'It fits very well'),
    ],
  },
  {
    element: 'COMPETENCE',
    text: said(
      'Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?',
      'How competent are the people who serve?',
    ),
    choices: [
      said('Tidak kompeten', 'Not competent'),
      said('Kurang kompeten', 'Not quite competent'),
      said('Kompeten', 'Competent'),
      said('Sangat kompeten', 'Very competent'),
    ],
  },
  {
    element: 'CONDUCT',
    text: said(
      'Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?',
      'How polite and friendly are the people who serve?',
    ),
    choices: [
      said('Tidak sopan dan ramah', 'Not polite and friendly'),
      said('Kurang sopan dan ramah', 'Not quite polite and friendly'),
      said('Sopan dan ramah', 'Polite and friendly'),
      said('Sangat sopan dan ramah', 'Very polite and friendly'),
    ],
  },
  {
    element: 'COMPLAINT_HANDLING',
    text: said(
      'Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?',
      'How are complaints of users handled?',
    ),
    choices: [
      said('Tidak ada', 'Not at all'),
      said('Ada tetapi tidak berfungsi', 'There is a way, but it does not work'),
      said('Berfungsi kurang maksimal', 'It works, but not fully'),
      said('Dikelola dengan baik', 'They are handled well'),
    ],
  },
  {
    element: 'FACILITIES',
    text: said(
      'Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?',
      'How good are the facilities?',
    ),
    choices: [
      said('Buruk', 'Bad'),
      said('Cukup', 'Fair'),
      said('Baik', 'Good'),
      said('Sangat baik', 'Very good'),
    ],
  },
];

/** The elements in the order in which an answer holds their scores. */
export const SURVEY_ELEMENTS: readonly SurveyElement[] = surveyQuestions.map(({ element }) => element);
