import { type Problem, problem } from '../problem.ts';
import { CORE_VALUES, type CoreValue } from '../rating/core-values.ts';
import { checkText, tidy } from '../text.ts';

/**
 * What the leader expects beside the lines (art. 7 (3), art. 10 (4)): on the results in general, and special expectations
 * (ekspektasi khusus pimpinan) on the core values, each a list as the SKP form prints it.
 */
export interface PlanExpectations {
  /** On the results in general; null: nothing beside the lines. */
  readonly general: string | null;
  /** A value that is not named has no special expectation. */
  readonly values: Readonly<Partial<Record<CoreValue, readonly string[]>>>;
}

/** Art. 11: support by people, money, equipment, the leader's presence, facilities. */
export type ResourceKind = 'PEOPLE' | 'BUDGET' | 'EQUIPMENT' | 'LEADER_SUPPORT' | 'FACILITIES' | 'OTHER';
/** Art. 12: when progress is reported, and what evidence is expected. */
export type AccountabilityKind = 'REPORTING' | 'EVIDENCE';
/** Art. 13: when the expectation is met, and when it is not. */
export type ConsequenceKind = 'POSITIVE' | 'NEGATIVE';

export interface AttachmentItem<Kind extends string> {
  readonly kind: Kind;
  readonly text: string;
}

/** The attachment of a plan (lampiran SKP, annex, eighth step): three numbered lists. */
export interface PlanAttachments {
  /** Dukungan sumber daya. */
  readonly resources: readonly AttachmentItem<ResourceKind>[];
  /** Skema pertanggungjawaban. */
  readonly accountability: readonly AttachmentItem<AccountabilityKind>[];
  /** Konsekuensi. */
  readonly consequences: readonly AttachmentItem<ConsequenceKind>[];
}

export const NO_EXPECTATIONS: PlanExpectations = { general: null, values: {} };
export const NO_ATTACHMENTS: PlanAttachments = { resources: [], accountability: [], consequences: [] };

/** Text in characters; entries of a value and of a list of the attachment. */
export const TERMS_LIMITS = { general: 4_000, entry: 1_000, entries: 20 } as const;

/** Expectations as they are stored: texts tidied, empty ones and values without any left out. */
export const tidyExpectations = ({ general, values }: PlanExpectations): PlanExpectations => ({
  general: tidy(general ?? '') || null,
  values: Object.fromEntries(
    CORE_VALUES.flatMap((value) => {
      const texts = (values[value] ?? []).map(tidy).filter((text) => text !== '');
      return texts.length === 0 ? [] : [[value, texts]];
    }),
  ),
});

/** Everything that is wrong with expectations; paths begin with `expectations`, a value's entries with its name. */
export const checkExpectations = ({ general, values }: PlanExpectations): Problem[] => [
  ...checkText(general ?? '', 'expectations.general', TERMS_LIMITS.general, 'TEXT', null),
  ...CORE_VALUES.flatMap((value) => {
    const texts = values[value] ?? [];
    const path = `expectations.values.${value}`;
    return [
      ...tooMany(texts, path),
      ...texts.flatMap((text, at) => checkText(text, `${path}.${at}`, TERMS_LIMITS.entry, 'TEXT', null)),
    ];
  }),
];

export const tidyAttachments = (attachments: PlanAttachments): PlanAttachments => ({
  resources: attachments.resources.map(tidyItem),
  accountability: attachments.accountability.map(tidyItem),
  consequences: attachments.consequences.map(tidyItem),
});

/** Everything that is wrong with an attachment: empty or overlong entries, too many of them. */
export const checkAttachments = (attachments: PlanAttachments): Problem[] =>
  (['resources', 'accountability', 'consequences'] as const).flatMap((list) => [
    ...tooMany(attachments[list], `attachments.${list}`),
    ...attachments[list].flatMap(({ text }, at) =>
      checkText(text, `attachments.${list}.${at}.text`, TERMS_LIMITS.entry, 'TEXT'),
    ),
  ]);

const tidyItem = <Kind extends string>({ kind, text }: AttachmentItem<Kind>): AttachmentItem<Kind> => ({
  kind,
  text: tidy(text),
});

const tooMany = (list: readonly unknown[], path: string): Problem[] =>
  list.length > TERMS_LIMITS.entries ? [problem('TOO_MANY', path, { maximum: TERMS_LIMITS.entries })] : [];
