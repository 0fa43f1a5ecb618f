import type { Predicate, UnitPredicate } from '../evaluation/predicate.ts';
import type { AssessorCapacity } from '../evaluation/result.ts';
import type { Aspect, Perspective } from '../indicator/indicator.ts';
import type { Period } from '../period/period.ts';
import type { PlanAttachments } from '../plan/expectations.ts';
import { type ProblemCode, reject } from '../problem.ts';
import type { CoreValue } from '../rating/core-values.ts';
import type { ExpectationRating } from '../rating/rating.ts';
import type { IsoDate } from '../time.ts';

/**
 * Official documents: PLAN (SKP with its attachment), EVALUATION (dokumen evaluasi kinerja with the evaluation's result and the
 * plan attached to it), CERTIFICATE (piagam penghargaan).
 */
export const DOCUMENT_KINDS = ['PLAN', 'EVALUATION', 'CERTIFICATE'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A person as a form names one; null is left blank: unknown, or not for the reader. */
export interface Party {
  /** Empty: left blank, to be written by hand. */
  readonly name: string;
  readonly nip: string | null;
  readonly grade: string | null;
  readonly position: string | null;
  readonly unit: string | null;
}

/** The head of the region, who is no civil servant and whose name the signature brings. */
export const REGIONAL_HEAD: Party = {
  name: '',
  nip: null,
  grade: null,
  position: 'Kepala Daerah',
  unit: null,
};

/** The annex's two layouts: of a unit's leader by perspectives (A.1.2, C.1.2), of everybody else by aspects (A.1.7, C.1.3). */
export type Layout = 'LEADER' | 'STAFF';

/** One work result as both layouts print it. */
export interface FormLine {
  readonly kind: 'MAIN' | 'ADDITIONAL';
  readonly title: string;
  /** The leader's work result that it serves (RHK pimpinan yang diintervensi); null: none is named. */
  readonly serves: string | null;
  /** Null: the reader does not see the plan, or the line stands in none any more. */
  readonly aspect: Aspect | null;
  readonly perspective: Perspective | null;
  readonly indicator: string;
  readonly target: string;
}

/** What the two sides of a plan agreed to (A.1.2 or A.1.7, and A.1.8). */
export interface PlanForm {
  readonly layout: Layout;
  readonly institution: string;
  readonly year: number;
  readonly staff: Party;
  readonly assessor: Party | null;
  readonly lines: readonly FormLine[];
  /** What the leader expects of the results beside the lines. */
  readonly general: string | null;
  readonly expectations: Readonly<Partial<Record<CoreValue, readonly string[]>>>;
  readonly attachments: PlanAttachments;
  /** 1, 2, 3 …; from 2 on the plan was amended. */
  readonly revision: number;
  readonly agreedOn: IsoDate | null;
}

/** Something said on a work result or a value, in the words `Pimpinan (Name)`, `Pegawai`, `Penerima layanan`. */
export interface FormFeedback {
  readonly from: string;
  readonly text: string;
}

export interface EvaluatedLine extends FormLine {
  /** What was reached, and why nothing is said where nothing is. */
  readonly realisation: string;
  readonly feedback: readonly FormFeedback[];
}

/** Who signs an evaluation: the assessor (D.1.1), the assessor's superior in their place (D.1.2), or all three (D.1.3). */
export type EvaluationFormat = 'D.1.1' | 'D.1.2' | 'D.1.3';

/** What was objected and decided; of form D.1.3 alone. */
export interface DisputeForm {
  readonly reasons: readonly string[];
  readonly explanations: readonly string[];
  readonly decision: string;
  readonly recommendation: string | null;
  readonly decidedOn: IsoDate;
}

/** A published result as the forms D.1.x and C.1.x print it. */
export interface EvaluationForm {
  readonly format: EvaluationFormat;
  readonly layout: Layout;
  readonly institution: string;
  readonly period: Pick<Period, 'id' | 'kind' | 'start' | 'end'>;
  readonly staff: Party;
  readonly assessor: Party | null;
  readonly superior: Party | null;
  readonly unitPredicate: UnitPredicate | null;
  readonly workResultRating: ExpectationRating | null;
  readonly behaviourRating: ExpectationRating | null;
  readonly predicate: Predicate | null;
  /** Notes and recommendations (catatan/rekomendasi). */
  readonly notes: readonly string[];
  readonly lines: readonly EvaluatedLine[];
  readonly expectations: PlanForm['expectations'];
  readonly valueFeedback: Readonly<Partial<Record<CoreValue, readonly FormFeedback[]>>>;
  /** What raters wrote on the behaviour as a whole. */
  readonly comments: readonly FormFeedback[];
  readonly dispute: DisputeForm | null;
  /** When it was published, which delivers it; null: dated by hand, for it was changed or objected to since. */
  readonly issuedOn: IsoDate | null;
  /** When its receipt was acknowledged; null: not on record. */
  readonly receivedOn: IsoDate | null;
}

/** A certificate of merit for a granted follow-up (art. 31). */
export interface CertificateForm {
  readonly institution: string;
  readonly number: string;
  readonly staff: Party;
  readonly period: Pick<Period, 'id' | 'kind' | 'start' | 'end'>;
  readonly predicate: Predicate | null;
  readonly reason: string;
  readonly grantedOn: IsoDate;
}

/** What a printed document says about itself, so that it can be held against the system. */
export interface Stamp {
  /** SHA-256 of what it is of, 64 lower-case hexadecimal digits; see `Query.document`. */
  readonly digest: string;
  /** The run of the result, or the revision of the plan. */
  readonly version: string;
  /** Policy of the result; null for what follows no policy. */
  readonly policy: string | null;
  readonly madeOn: IsoDate;
}

/** A document, ready to be laid out. */
export type OfficialDocument = { readonly stamp: Stamp } & (
  | { readonly kind: 'PLAN'; readonly plan: PlanForm }
  | { readonly kind: 'EVALUATION'; readonly evaluation: EvaluationForm; readonly plan: PlanForm | null }
  | { readonly kind: 'CERTIFICATE'; readonly certificate: CertificateForm }
);

/** Which document: of a person and a year (PLAN), a period (EVALUATION), or a period and follow-up (CERTIFICATE). */
export interface DocumentChoice {
  readonly kind: DocumentKind;
  readonly periodId: string | null;
  readonly year: number | null;
  readonly followUpId: string | null;
}

/** Everything that a choice lacks, or names without need. @throws Rejection REQUIRED, INVALID_FORMAT */
export const checkChoice = ({ kind, periodId, year, followUpId }: DocumentChoice): void => {
  const wanted: readonly (readonly [path: string, needed: boolean, given: boolean])[] = [
    ['periodId', kind !== 'PLAN', periodId !== null],
    ['year', kind === 'PLAN', year !== null],
    ['followUpId', kind === 'CERTIFICATE', followUpId !== null],
  ];
  for (const [path, needed, given] of wanted) {
    const code: ProblemCode | null = needed === given ? null : needed ? 'REQUIRED' : 'INVALID_FORMAT';
    if (code !== null) throw reject(code, path);
  }
};

/**
 * The form of an evaluation: D.1.3 where an objection was decided; D.1.2 where the assessor's superior evaluated in the assessor's
 * place (annex, chapter V A 8); else D.1.1.
 * @param as in what capacity the ratings were set; null: nobody set any
 */
export const formatOf = (disputed: boolean, as: AssessorCapacity | null): EvaluationFormat => {
  if (disputed) return 'D.1.3';
  return as === 'ASSESSORS_SUPERIOR' || as === 'FOR_FORMER_ASSESSOR' ? 'D.1.2' : 'D.1.1';
};
