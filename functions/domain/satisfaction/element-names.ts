import type { LocalisedText, SurveyElement } from './survey-questions.ts';

/** Short names of the elements of the survey (unsur), in the order of the regulation. */
export const elementNames: Readonly<Record<SurveyElement, LocalisedText>> = {
  REQUIREMENTS: { id: 'Persyaratan', en: 'Requirements' },
  PROCEDURE: { id: 'Prosedur', en: 'Procedure' },
  TIME: { id: 'Waktu', en: 'Time' },
  COST: { id: 'Biaya', en: 'Cost' },
  PRODUCT: { id: 'Produk layanan', en: 'Product' },
  COMPETENCE: { id: 'Kompetensi', en: 'Competence' },
  CONDUCT: { id: 'Perilaku', en: 'Conduct' },
  COMPLAINT_HANDLING: { id: 'Penanganan pengaduan', en: 'Complaint handling' },
  FACILITIES: { id: 'Sarana prasarana', en: 'Facilities' },
};
