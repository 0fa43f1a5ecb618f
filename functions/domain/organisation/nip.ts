import { isDate } from '../calendar.ts';
import { type Problem, problem } from '../problem.ts';
import type { IsoDate } from '../time.ts';
import type { Employment } from './staff.ts';

/** Which part of the number is wrong; `reason` of an INVALID_NIP problem. */
export type NipFault = 'LENGTH' | 'DIGITS' | 'BIRTH_DATE' | 'APPOINTMENT' | 'SEX' | 'SERIAL';

/** Years; nobody is appointed as a child, and a number that says so has its two dates mixed up. */
const YOUNGEST_APPOINTMENT = 15;

/**
 * Checks a NIP: 18 digits, `YYYYMMDD` birth date, then for PNS `YYYYMM` of appointment, 1 digit sex (1 man, 2 woman), 3 digits
 * serial, given out from 001. The middle of a PPPK number is built differently, so only length, digits, birth date and serial are
 * checked there. A spreadsheet that takes the number for a quantity keeps 15 digits of it, and writes 000 for the serial.
 * @param today nobody is born, and almost nobody appointed, after it: numbers are given out a little ahead of the appointment
 * @returns INVALID_NIP problems, each with its `reason`; empty when nothing is wrong. The number itself is in none of them.
 */
export const checkNip = (nip: string, employment: Employment, today: IsoDate, path = 'nip'): Problem[] => {
  const faults: NipFault[] = [];
  if (!onlyDigits(nip)) faults.push('DIGITS');
  if (nip.length !== 18) faults.push('LENGTH');
  if (faults.length === 0) {
    const birth = `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`;
    const thisYear = Number(today.slice(0, 4));
    const born = Number(nip.slice(0, 4));
    if (nip < '19' || !isDate(birth) || born > thisYear - YOUNGEST_APPOINTMENT) faults.push('BIRTH_DATE');
    if (employment === 'PNS') {
      const appointed = nip.slice(8, 14);
      const year = Number(appointed.slice(0, 4));
      const month = Number(appointed.slice(4));
      const age = year - born;
      if (month < 1 || month > 12 || age < YOUNGEST_APPOINTMENT || age > 70 || year > thisYear + 1)
        faults.push('APPOINTMENT');
      if (nip[14] !== '1' && nip[14] !== '2') faults.push('SEX');
    }
    if (nip.endsWith('000')) faults.push('SERIAL');
  }
  return faults.map((reason) => problem('INVALID_NIP', path, { reason }));
};

const onlyDigits = (text: string): boolean => /^\d*$/.test(text);
