import type { Actor } from '../../domain/access-policy.ts';
import { checkChoice, type DocumentChoice, type DocumentKind } from '../../domain/document/document.ts';
import { type Job, type JobInput, textIn } from '../../domain/job/job.ts';
import { subjectOf } from '../../domain/job/job-subject.ts';
import type { Locale } from '../../domain/messages.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { publishedPeriod } from '../export/result-rows.ts';
import { requestJob } from '../job/request-job.ts';
import { checkYear } from '../plan/plan-place.ts';
import { type DocumentOfStaff, documentSubject } from './document-subject.ts';

/** What a client asks for. */
export interface DocumentInput {
  readonly kind: DocumentKind;
  readonly staffId: string;
  readonly periodId?: string | null | undefined;
  readonly year?: number | null | undefined;
  readonly followUpId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UnitDocumentsInput {
  readonly kind: 'PLAN' | 'EVALUATION';
  readonly unitId: string;
  readonly periodId?: string | null | undefined;
  readonly year?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export const documentOf = ({
  kind,
  staffId,
  periodId,
  year,
  followUpId,
}: DocumentInput): DocumentOfStaff => ({
  kind,
  staffId,
  periodId: periodId ?? null,
  year: year ?? null,
  followUpId: followUpId ?? null,
  run: null,
});

/** What a job of documents is asked for: one person's, or those of a unit with all below it. */
export interface DocumentsWanted extends DocumentChoice {
  readonly staffId: string | null;
  readonly unitId: string | null;
  /** The run that was published when they were asked for; null for what is of no result. */
  readonly run: string | null;
}

/**
 * Asks for a document of a person as PDF, made in the background of the version that is in force now.
 * @throws Rejection as `documentSubject`, TOO_MANY
 */
export const requestDocument = (
  deps: Deps,
  actor: Actor,
  input: DocumentInput,
  locale: Locale,
): Promise<Stored<Job>> => {
  const { idempotencyKey } = input;
  const wanted = documentOf(input);
  return requestJob(
    deps,
    actor,
    { kind: 'DOCUMENTS', operation: 'requestDocument', locale, idempotencyKey },
    async () => {
      await authorise(deps, actor, 'Mutation.requestDocument');
      return (await documentSubject(deps, actor, wanted)).as;
    },
    async () => {
      const subject = await documentSubject(deps, actor, wanted);
      return jobInput({ ...wanted, unitId: null, run: subject.kind === 'EVALUATION' ? subject.run : null });
    },
    wanted,
  );
};

/**
 * Asks for the documents of everybody in a unit and all below it as one archive: for who may read plans or results there by
 * role, and for its heads. @throws Rejection FORBIDDEN, NOT_FOUND, REQUIRED, WRONG_STATE before anything was published, TOO_MANY
 */
export const requestUnitDocuments = (
  deps: Deps,
  actor: Actor,
  input: UnitDocumentsInput,
  locale: Locale,
): Promise<Stored<Job>> => {
  const { kind, unitId, idempotencyKey } = input;
  const choice = { kind, periodId: input.periodId ?? null, year: input.year ?? null, followUpId: null };
  return requestJob(
    deps,
    actor,
    { kind: 'DOCUMENTS', operation: 'requestUnitDocuments', locale, idempotencyKey },
    () => authoriseUnit(deps, actor, choice, unitId),
    async () =>
      jobInput({ ...choice, staffId: null, unitId, run: await publishedRun(deps, choice.periodId) }),
    { ...choice, unitId },
  );
};

async function authoriseUnit(
  deps: Deps,
  actor: Actor,
  choice: DocumentChoice,
  unitId: string,
): Promise<Capacity> {
  await authorise(deps, actor, 'Mutation.requestUnitDocuments');
  checkChoice(choice);
  if (choice.year !== null) checkYear(choice.year);
  const { units } = await deps.store.organisation.load();
  if (!units.has(unitId)) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  return authorise(deps, actor, choice.kind === 'PLAN' ? 'Query.plan' : 'Query.result', { unitId });
}

const publishedRun = async (deps: Deps, periodId: string | null): Promise<string | null> =>
  periodId === null ? null : (await publishedPeriod(deps, { periodId })).publishedRun;

const jobInput = ({ kind, staffId, unitId, periodId, year, followUpId, run }: DocumentsWanted): JobInput => ({
  document: kind,
  staffId,
  unitId,
  periodId,
  year,
  followUpId,
  run,
});

/** What a job was asked for. @throws Error for an input that no request has made */
export function documentsWanted(job: Pick<Job, 'input'>): DocumentsWanted {
  const { document: kind, staffId, unitId, periodId, year } = subjectOf(job);
  if (kind === null) throw new Error('no input of documents');
  const text = textIn(job.input);
  return { kind, staffId, unitId, periodId, year, followUpId: text('followUpId'), run: text('run') };
}
