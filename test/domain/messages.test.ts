import { describe, expect, test } from 'vitest';
import { exportWords } from '../../functions/domain/export/words.ts';
import { fill, messageOf, messages, paramsOf, paramWords } from '../../functions/domain/messages.ts';
import { problem } from '../../functions/domain/problem.ts';

describe('messages', () => {
  test.each(Object.entries(messages))('%s says the same in Indonesian and English', (_, { id, en }) => {
    expect(id.trim()).not.toBe('');
    expect(en.trim()).not.toBe('');
    expect(id).not.toBe(en);
    expect(paramsOf(id)).toEqual(paramsOf(en));
  });

  test.each(Object.entries(messages))(
    '%s is a whole sentence without and with its parameters',
    (_, message) => {
      for (const text of Object.values(message)) {
        expect(fill(text, {})).toMatch(/^[A-Z][^[\]{}]*[^ ([]\.$/);
        const params = Object.fromEntries(paramsOf(text).map((name) => [name, `<${name}>`]));
        const filled = fill(text, params);
        expect(filled).not.toMatch(/[[\]{}]/);
        for (const name of paramsOf(text)) expect(filled).toContain(`<${name}>`);
      }
    },
  );

  test('names of states, reasons, groups and rules are words in both languages', () => {
    const codes = {
      state: 'WRONG_STATE',
      reason: 'INVALID_NIP',
      rule: 'POLICY_INVALID',
      group: 'NOT_A_RATER',
    } as const;
    for (const param of ['state', 'reason', 'rule', 'group'] as const)
      for (const [name, words] of Object.entries(paramWords[param]))
        for (const locale of ['id', 'en'] as const) {
          const text = messageOf(problem(codes[param], '', { [param]: name }), locale);
          expect(text).toContain(words[locale]);
          expect(text.replaceAll('NIP', '')).not.toMatch(/[A-Z]{2,}|_/);
        }
    expect(messageOf(problem('INVALID_NIP', 'nip', { reason: 'LENGTH' }), 'id')).toBe(
      'NIP tidak sah (harus 18 angka).',
    );
    expect(messageOf(problem('WRONG_STATE', '', { state: 'AGREED' }), 'id')).toBe(
      'Tidak dapat dilakukan pada keadaan sekarang: sudah disepakati.',
    );
    expect(messageOf({ code: 'WRONG_STATE', path: [], params: { state: 'constructor' } }, 'id')).toContain(
      'constructor',
    );
  });

  test('a refused change never says a state by its name, whatever it is of', () => {
    const { activity, objection, followUp, enrolment, programme, careerPlan, period, joint, participation } =
      exportWords;
    const tables = [activity, objection, followUp, enrolment, programme, careerPlan, period, joint];
    const names = [...tables, participation, { REJECTED: null, AGREED: null, VOID: null }].flatMap(
      Object.keys,
    );
    for (const name of names)
      for (const locale of ['id', 'en'] as const) {
        const text = messageOf({ code: 'WRONG_STATE', path: [], params: { state: name } }, locale);
        expect(text).not.toMatch(/[A-Z]{2,}|_/);
      }
    expect(messageOf(problem('WRONG_STATE', '', { state: 'FINAL' }), 'id')).toContain('sudah final');
  });

  test('a part whose parameter is not given is left out', () => {
    expect(messageOf(problem('OUT_OF_RANGE', 'first', { minimum: 1 }), 'en')).toBe('Out of range; from 1.');
    expect(messageOf(problem('OUT_OF_RANGE', 'first', { maximum: 9 }), 'id')).toBe(
      'Di luar rentang; sampai 9.',
    );
  });

  test('what a sender wrote into a parameter is never read as a template', () => {
    expect(messageOf(problem('NOT_FOUND', '', { id: '{date}[x]' }), 'en')).toBe('Not found: {date}[x].');
  });
});
