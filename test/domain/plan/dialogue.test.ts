import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/domain/decimal.ts';
import { differenceOf } from '../../../functions/domain/plan/difference.ts';
import {
  commentIdOf,
  newComment,
  readCommentId,
  resolveComment,
} from '../../../functions/domain/plan/discussion.ts';
import { NO_ATTACHMENTS, TERMS_LIMITS } from '../../../functions/domain/plan/expectations.ts';
import type { PlanLine } from '../../../functions/domain/plan/line.ts';
import {
  agreePlan,
  amendPlan,
  contentOf,
  newPlan,
  type PlanContent,
  type PlanParty,
  type PlanSide,
  type PlanTerms,
  proposePlan,
  withdrawProposal,
} from '../../../functions/domain/plan/plan.ts';
import { line, value } from '../evaluation/evaluation-builders.ts';
import { codesOf, problemsOf } from '../problem-codes.ts';

const now = '2026-01-05T02:00:00.000Z';
const draft = newPlan({ kind: 'STAFF', staffId: 's-1' }, 2026);
const lines = [line('L1', { weight: 6_000 }), line('L2', { weight: 4_000 })];
const owner: PlanParty = { side: 'OWNER', personId: 's-1' };
const superior: PlanParty = { side: 'SUPERIOR', personId: 's-8' };
const proposed = proposePlan(draft, owner, lines);
const expectations = {
  general: 'Ibu hamil risiko tinggi terpantau',
  values: { COMPETENT: ['Mengajari bidan baru'] },
};
const attachments = {
  ...NO_ATTACHMENTS,
  resources: [{ kind: 'EQUIPMENT', text: 'Kendaraan operasional' } as const],
};

describe('what the leader expects', () => {
  test('is set by the leader, and stays when the staff member answers with other lines', () => {
    const answered = proposePlan(proposed, superior, undefined, { expectations });
    expect(answered).toMatchObject({ proposedBy: 'SUPERIOR', proposal: { lines, expectations } });
    const again = proposePlan(answered, owner, [line('L1')]);
    expect(again.proposal?.expectations).toEqual(expectations);
    // Sent back as read it changes nothing.
    expect(proposePlan(answered, owner, lines, { expectations }).proposal?.expectations).toEqual(
      expectations,
    );
  });

  test('is the content of a revision: to change it alone is an amendment', () => {
    const agreed = agreePlan(proposed, superior, now);
    const amended = amendPlan(agreed, superior, undefined, 'Umpan balik triwulan I', {
      expectations,
      attachments,
    });
    expect(amended.proposal).toMatchObject({ revision: 2, lines, expectations, attachments, agreedAt: null });
    expect(
      codesOf(() => amendPlan(agreed, superior, undefined, 'x', { attachments: NO_ATTACHMENTS })),
    ).toEqual(['NO_CHANGE']);
  });

  test('is tidied: empty texts and values without any are left out', () => {
    const untidy = { general: '  ', values: { LOYAL: [' '], SERVICE: [' Ramah '] } };
    const { proposal } = proposePlan(draft, superior, lines, { expectations: untidy });
    expect(proposal?.expectations).toEqual({ general: null, values: { SERVICE: ['Ramah'] } });
  });

  const long = 'x'.repeat(TERMS_LIMITS.entry + 1);
  test.each<[string, PlanSide, PlanTerms, string[]]>([
    ['set by the staff member', 'OWNER', { expectations }, ['FORBIDDEN expectations']],
    [
      'too long',
      'SUPERIOR',
      { expectations: { general: null, values: { LOYAL: [long] } } },
      ['TOO_LONG expectations.values.LOYAL.0'],
    ],
    [
      'an empty resource',
      'OWNER',
      {
        attachments: { ...NO_ATTACHMENTS, resources: [{ kind: 'BUDGET', text: ' ' }] },
      },
      ['REQUIRED attachments.resources.0.text'],
    ],
    [
      'too many consequences',
      'OWNER',
      {
        attachments: {
          ...NO_ATTACHMENTS,
          consequences: Array.from({ length: 21 }, () => ({ kind: 'POSITIVE', text: 'Piagam' })),
        },
      },
      ['TOO_MANY attachments.consequences'],
    ],
  ])('refuses what is %s', (_, side, terms, problems) => {
    const found = problemsOf(() => proposePlan(draft, side === 'OWNER' ? owner : superior, lines, terms));
    expect(found).toEqual(problems);
  });

  test('an agreement of a unit has none', () => {
    const agreement = newPlan({ kind: 'UNIT', unitId: 'u-1' }, 2026);
    expect(codesOf(() => proposePlan(agreement, superior, lines, { expectations, attachments }))).toEqual([
      'NOT_IN_AGREEMENT',
      'NOT_IN_AGREEMENT',
    ]);
  });
});

test('a proposal that was taken back leaves what is in force, and a first plan a draft that can be proposed again', () => {
  const taken = withdrawProposal(proposed, 'OWNER');
  expect(taken).toMatchObject({ proposalState: 'DRAFT', proposal: { lines } });
  expect(proposePlan(taken, superior).proposalState).toBe('PROPOSED');

  const agreed = agreePlan(proposed, superior, now);
  const amended = amendPlan(agreed, superior, [line('L1')], 'Tugas baru');
  expect(withdrawProposal(amended, 'SUPERIOR')).toEqual(agreed);
});

describe('a discussion', () => {
  const say = (lineId: string | null, text = 'Baik', side: 'OWNER' | 'SUPERIOR' | 'ABOVE' = 'OWNER') =>
    newComment(proposed, { authorId: 's-1', side, lineId, text }, { tail: 'c-1', at: now });

  test('keeps the line and the revision that a comment is about', () => {
    expect(say('L2')).toMatchObject({ id: 'L2.c-1', lineId: 'L2', revision: 1, resolved: null });
    expect(say(null).id).toBe('.c-1');
    expect(codesOf(() => say('L9', ' '))).toEqual(['REQUIRED', 'NOT_FOUND']);
    expect(codesOf(() => say(null, 'x'.repeat(2_001)))).toEqual(['TOO_LONG']);
  });

  test('tells line and tail from an id, whatever dots a line has', () => {
    fc.assert(
      fc.property(
        fc.option(fc.string({ minLength: 1 })),
        fc.stringMatching(/^[A-Z0-9-]{1,30}$/),
        (lineId, tail) => {
          expect(readCommentId(commentIdOf(lineId, tail))).toEqual({ lineId, tail });
        },
      ),
    );
    expect(readCommentId('c-1')).toBeNull();
    expect(readCommentId('L1.')).toBeNull();
  });

  test('is settled by the side that raised it, whoever stands there by now', () => {
    const raised = say('L1', 'Target terlalu rendah', 'SUPERIOR');
    const settled = resolveComment(raised, { staffId: 's-8', side: 'SUPERIOR' }, true, now);
    expect(settled.resolved).toEqual({ by: 's-8', at: now });
    expect(resolveComment(settled, { staffId: 's-9', side: 'SUPERIOR' }, false, now).resolved).toBeNull();
    expect(codesOf(() => resolveComment(raised, { staffId: 's-1', side: 'OWNER' }, true, now))).toEqual([
      'FORBIDDEN',
    ]);
    expect(codesOf(() => resolveComment(raised, { staffId: 's-8', side: 'SUPERIOR' }, false, now))).toEqual([
      'NO_CHANGE',
    ]);
    const fromAbove = say(null, 'Selaraskan', 'ABOVE');
    expect(codesOf(() => resolveComment(fromAbove, { staffId: 's-7', side: 'ABOVE' }, true, now))).toEqual([
      'FORBIDDEN',
    ]);
    expect(resolveComment(fromAbove, { staffId: 's-1', side: 'ABOVE' }, true, now).resolved).not.toBeNull();
  });
});

describe('the difference of two versions', () => {
  const before = contentOf([line('L1'), line('L2'), line('L3')]);

  test('names what was removed, added and changed, with the values before and after', () => {
    const changed = line('L2', {
      title: 'Kunjungan ibu hamil',
      weight: 5_000,
      targets: { '01': value(10), '02': value(12), '04': { low: decimal(1), high: decimal(2) } },
    });
    const after = {
      ...contentOf([changed, line('L4'), line('L3')], 2, 'Tugas baru'),
      expectations,
      attachments,
    };

    const found = differenceOf(before, after);
    expect(found).toMatchObject({ from: 1, to: 2 });
    expect(found.lines.map(({ kind, before: old, after: now }) => [kind, (now ?? old)?.id])).toEqual([
      ['REMOVED', 'L1'],
      ['CHANGED', 'L2'],
      ['ADDED', 'L4'],
    ]);
    expect(found.lines[1]).toMatchObject({
      changes: [
        { field: 'TITLE', month: null, after: 'Kunjungan ibu hamil' },
        { field: 'WEIGHT', before: '10000', after: '5000' },
        { field: 'TARGET', month: '02', before: '10', after: '12' },
        { field: 'TARGET', month: '03', before: '10', after: null },
        { field: 'TARGET', month: '04', before: null, after: '1..2' },
      ],
    });
    expect(found.terms).toEqual([
      { section: 'RESULTS', removed: [], added: [{ kind: null, text: expectations.general }] },
      { section: 'COMPETENT', removed: [], added: [{ kind: null, text: 'Mengajari bidan baru' }] },
      { section: 'RESOURCES', removed: [], added: [{ kind: 'EQUIPMENT', text: 'Kendaraan operasional' }] },
    ]);
  });

  test('against nothing everything is new', () => {
    const found = differenceOf(null, before);
    expect(found.from).toBeNull();
    expect(found.lines.every(({ kind }) => kind === 'ADDED')).toBe(true);
  });

  const anyLine: fc.Arbitrary<PlanLine> = fc
    .record({
      id: fc.constantFrom('L1', 'L2', 'L3', 'L4'),
      weight: fc.nat(3),
      title: fc.constantFrom('a', 'b'),
    })
    .map(({ id, ...given }) => line(id, given));
  const anyContent: fc.Arbitrary<PlanContent> = fc
    .uniqueArray(anyLine, { selector: ({ id }) => id })
    .map((some) => contentOf(some));

  test('is empty between equals, mirrors itself, and rebuilds the later version', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        expect(differenceOf(a, a)).toMatchObject({ lines: [], terms: [] });
        const there = differenceOf(a, b).lines;
        const back = differenceOf(b, a).lines;
        const ids = (found: typeof there, kind: string) =>
          found
            .filter((each) => each.kind === kind)
            .map(({ before: old, after }) => (old ?? after)?.id)
            .sort();
        expect(ids(there, 'ADDED')).toEqual(ids(back, 'REMOVED'));
        expect(ids(there, 'CHANGED')).toEqual(ids(back, 'CHANGED'));
        const rebuilt = new Map(a.lines.map((each) => [each.id, each]));
        for (const { before: old, after } of there) {
          if (after !== null) rebuilt.set(after.id, after);
          else if (old !== null) rebuilt.delete(old.id);
        }
        const byId = (some: Iterable<PlanLine>) => [...some].sort((x, y) => (x.id < y.id ? -1 : 1));
        expect(byId(rebuilt.values())).toEqual(byId(b.lines));
      }),
    );
  });
});
