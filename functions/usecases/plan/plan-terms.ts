import type { PlanAttachments } from '../../domain/plan/expectations.ts';
import type { PlanTerms } from '../../domain/plan/plan.ts';
import { reject } from '../../domain/problem.ts';
import type { CoreValue } from '../../domain/rating/core-values.ts';

/** Expectations as they come in: values as a list. */
export interface ExpectationsInput {
  readonly general?: string | null | undefined;
  readonly values?:
    | readonly { readonly value: CoreValue; readonly texts: readonly string[] }[]
    | null
    | undefined;
}

export type AttachmentsInput = {
  readonly [List in keyof PlanAttachments]?: PlanAttachments[List] | null | undefined;
};

export interface TermsInput {
  readonly expectations?: ExpectationsInput | null | undefined;
  readonly attachments?: AttachmentsInput | null | undefined;
}

/** What an input says beside the lines; left out and null: as it is. @throws Rejection DUPLICATE for a value named twice */
export function termsOf({ expectations, attachments }: TermsInput): PlanTerms {
  const values = expectations?.values ?? [];
  const twice = values.find(({ value }, at) => values.findIndex((each) => each.value === value) < at);
  if (twice !== undefined)
    throw reject('DUPLICATE', `expectations.values.${twice.value}`, { value: twice.value });
  return {
    ...(expectations && {
      expectations: {
        general: expectations.general ?? null,
        values: Object.fromEntries(values.map(({ value, texts }) => [value, texts])),
      },
    }),
    ...(attachments && {
      attachments: {
        resources: (attachments.resources ?? []).map(({ kind, text }) => ({ kind, text })),
        accountability: (attachments.accountability ?? []).map(({ kind, text }) => ({ kind, text })),
        consequences: (attachments.consequences ?? []).map(({ kind, text }) => ({ kind, text })),
      },
    }),
  };
}
