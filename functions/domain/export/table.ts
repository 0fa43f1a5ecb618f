import type { Message } from '../messages.ts';

/** What can be exported. */
export const EXPORT_TABLES = [
  'STAFF',
  'ABSENCES',
  'UNITS',
  'RESULTS',
  'UNIT_RESULTS',
  'RANKING',
  'PLANS',
  'AGREEMENTS',
  'REALISATIONS',
  'ACTIVITIES',
  'ALLOWANCES',
  'ATTENDANCE',
  'CREDITS',
  'UNACKNOWLEDGED',
  'OBJECTIONS',
  'FOLLOW_UPS',
  'ENROLMENTS',
  'COURSES',
  'PROGRAMMES',
  'TRAINING_CANDIDATES',
  'CAREER_PLANS',
  'STAFF_ENROLMENTS',
  'TRAINING_NEEDS',
  'RATING_COMPLETION',
  'RATING_FLAGS',
  'CALIBRATION',
  'RATING_CHANGES',
  'PEER_PANELS',
  'FEEDBACK',
  'GIVEN_FEEDBACK',
  'GUIDANCE',
  'COUNSELLING',
  'JOINT_ACTIVITIES',
  'TOPICS',
  'ANNOUNCEMENTS',
  'ANNOUNCEMENT_READERS',
  'AUDIT_TRAIL',
  'PROGRESS',
  'UNIT_PROGRESS',
  'PERIODS',
  'LATE_CORRECTIONS',
  'GOALS_NOT_TAKEN_UP',
  'INDICATOR_REVIEWS',
  'SURVEYS',
  'GOALS',
  'INDICATORS',
  'UNIT_INDICATORS',
  'GOAL_SERVICE',
  'PLAN_TEMPLATES',
  'PROGRAMME_EFFECTS',
  'RUNNING_SURVEYS',
  'SUGGESTIONS',
  'PUBLIC_ANNOUNCEMENTS',
] as const;
export type ExportTableName = (typeof EXPORT_TABLES)[number];
export const EXPORT_FORMATS = ['CSV', 'XLSX'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Text, or an exact number as text; null: nothing to say, which is never zero. */
export type Cell = string | null;

export interface Column {
  readonly title: Message;
  /** Numbers are written as such; everything else is text, whatever it looks like. */
  readonly kind: 'TEXT' | 'NUMBER';
}

/** Cells in the order of the columns. */
export type Row = readonly Cell[];

/** A table as a file has it, whatever the format: its rows come page by page, so that it is never held as a whole. */
export interface ExportTable {
  readonly columns: readonly Column[];
  readonly pages: Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;
}

/** Rows that a file may have: those of a worksheet (ECMA-376: 1,048,576) below the heading. */
export const MOST_ROWS = 1_048_575;
/** Rows that an answer may hold. */
export const MOST_INLINE_ROWS = 200;

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

/** Whether the text of a cell is a number that every spreadsheet reads as the same. */
export const isNumber = (text: string): boolean => NUMBER.test(text);

/** Characters with which a spreadsheet may take a text for a formula, their wide forms included. */
const SIGNS = '=+\\-@\uff1d\uff0b\uff0d\uff20';
const FORMULA = new RegExp(`^\\s*[${SIGNS}]|^[\\t\\r\\n]`, 'u');
/** Where another separator than ours would begin a cell: Excel in Indonesian splits a CSV at semicolons, and minds no quotes then. */
const NEXT_CELL = new RegExp(`([;\\t\\r\\n]\\s*)(?=[${SIGNS}])`, 'gu');

/**
 * A text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front, also behind what some take for
 * the end of a cell (OWASP, CSV injection).
 */
export const asPlainText = (text: string): string => {
  const inside = text.replace(NEXT_CELL, "$1'");
  return FORMULA.test(inside) ? `'${inside}` : inside;
};
