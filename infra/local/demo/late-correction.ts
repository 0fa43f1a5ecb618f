import { type DemoPerson, headOf, subordinatesOf } from './people.ts';

const nurse = (at: number): DemoPerson => {
  const nurses = subordinatesOf(headOf('1.02.11')).filter(({ jobGroup }) => jobGroup === 'perawat');
  const found = nurses[at];
  if (found === undefined) throw new Error('The demo region lacks a nurse whom the demo needs');
  return found;
};

/** Who was right about the last quarter when the year was final: one whom the year follows, one who waits for the personnel office. */
export const CORRECTED_LATE = { applied: nurse(1), waiting: nurse(2) } as const;

/** What both registers of December show, and what was copied from them. */
export const SLIP = { right: '158', copied: '15' } as const;
