import type { Target } from '../indicator/indicator.ts';
import { CORE_VALUES, type CoreValue } from '../rating/core-values.ts';
import type { AttachmentItem } from './expectations.ts';
import type { PlanLine } from './line.ts';
import type { PlanContent } from './plan.ts';

/** A part of a line that can differ. */
export type LineField =
  | 'KIND'
  | 'TITLE'
  | 'ASPECT'
  | 'PERSPECTIVE'
  | 'GOAL'
  | 'SERVES'
  | 'INDICATOR'
  | 'DEFINITION'
  | 'WEIGHT'
  | 'TARGET';

/** One value of a line before and after; null where there was or is none. Texts as the API writes them, weights in basis points. */
export interface FieldChange {
  readonly field: LineField;
  /** `01` to `12` for a TARGET; null otherwise. */
  readonly month: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

export type LineDifference =
  | { readonly kind: 'ADDED'; readonly before: null; readonly after: PlanLine }
  | { readonly kind: 'REMOVED'; readonly before: PlanLine; readonly after: null }
  | {
      readonly kind: 'CHANGED';
      readonly before: PlanLine;
      readonly after: PlanLine;
      readonly changes: readonly FieldChange[];
    };

/** A list of the leader's expectations or of the attachment; `RESULTS` is the expectation in general. */
export type TermsSection = 'RESULTS' | CoreValue | 'RESOURCES' | 'ACCOUNTABILITY' | 'CONSEQUENCES';

/** An entry with its kind, where its list has kinds. */
export interface TermsEntry {
  readonly kind: string | null;
  readonly text: string;
}
export interface TermsDifference {
  readonly section: TermsSection;
  readonly removed: readonly TermsEntry[];
  readonly added: readonly TermsEntry[];
}

export interface PlanDifference {
  /** Null: against nothing, all of it is new. */
  readonly from: number | null;
  readonly to: number;
  readonly lines: readonly LineDifference[];
  readonly terms: readonly TermsDifference[];
}

/**
 * What changes from one version of a plan to another. Lines are the same by their id: those that are gone come first, then
 * the others in their new order; what is equal is left out, and so is a mere change of order.
 */
export const differenceOf = (before: PlanContent | null, after: PlanContent): PlanDifference => {
  const earlier = new Map((before?.lines ?? []).map((line) => [line.id, line]));
  const kept = new Set(after.lines.map(({ id }) => id));
  const removed = (before?.lines ?? []).filter(({ id }) => !kept.has(id));
  const present = after.lines.flatMap((line): LineDifference[] => {
    const old = earlier.get(line.id);
    if (old === undefined) return [{ kind: 'ADDED', before: null, after: line }];
    const changes = changesOf(old, line);
    return changes.length === 0 ? [] : [{ kind: 'CHANGED', before: old, after: line, changes }];
  });
  const lists = before === null ? new Map<TermsSection, readonly TermsEntry[]>() : termsOf(before);
  return {
    from: before?.revision ?? null,
    to: after.revision,
    lines: [
      ...removed.map((line): LineDifference => ({ kind: 'REMOVED', before: line, after: null })),
      ...present,
    ],
    terms: [...termsOf(after)].flatMap(([section, entries]) => {
      const old = lists.get(section) ?? [];
      const gone = without(old, entries);
      const added = without(entries, old);
      return gone.length + added.length === 0 ? [] : [{ section, removed: gone, added }];
    }),
  };
};

const changesOf = (before: PlanLine, after: PlanLine): FieldChange[] => {
  const old = valuesOf(before);
  const months = [...new Set([...Object.keys(before.targets), ...Object.keys(after.targets)])].sort();
  return [
    ...valuesOf(after).map(
      ([field, value], at): FieldChange => ({
        field,
        month: null,
        before: old[at]?.[1] ?? null,
        after: value,
      }),
    ),
    ...months.map(
      (month): FieldChange => ({
        field: 'TARGET',
        month,
        before: textOf(before.targets[month]),
        after: textOf(after.targets[month]),
      }),
    ),
  ].filter((change) => change.before !== change.after);
};

const valuesOf = (line: PlanLine): readonly (readonly [LineField, string | null])[] => [
  ['KIND', line.kind],
  ['TITLE', line.title],
  ['ASPECT', line.aspect],
  ['PERSPECTIVE', line.perspective],
  ['GOAL', line.goalId],
  ['SERVES', line.serves && `${line.serves.role} ${line.serves.planId} ${line.serves.lineId}`],
  ['INDICATOR', line.indicatorId],
  ['DEFINITION', String(line.definition)],
  ['WEIGHT', String(line.weight)],
];

const textOf = (target: Target | undefined): string | null => {
  if (target === undefined) return null;
  return 'value' in target ? target.value : `${target.low}..${target.high}`;
};

const termsOf = ({
  expectations,
  attachments,
}: PlanContent): ReadonlyMap<TermsSection, readonly TermsEntry[]> =>
  new Map<TermsSection, readonly TermsEntry[]>([
    ['RESULTS', expectations.general === null ? [] : [{ kind: null, text: expectations.general }]],
    ...CORE_VALUES.map(
      (value) => [value, (expectations.values[value] ?? []).map((text) => ({ kind: null, text }))] as const,
    ),
    ['RESOURCES', attachments.resources.map(entryOf)],
    ['ACCOUNTABILITY', attachments.accountability.map(entryOf)],
    ['CONSEQUENCES', attachments.consequences.map(entryOf)],
  ]);

const entryOf = ({ kind, text }: AttachmentItem<string>): TermsEntry => ({ kind, text });

/** Entries of one list that the other lacks; one that stands in it twice is lacking once. */
const without = (list: readonly TermsEntry[], other: readonly TermsEntry[]): TermsEntry[] => {
  const left = other.map((entry) => JSON.stringify([entry.kind, entry.text]));
  return list.filter(({ kind, text }) => {
    const at = left.indexOf(JSON.stringify([kind, text]));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
};
