import type { Actor } from '../../domain/access-policy.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { GuidanceKind, GuidanceNote } from '../../domain/feedback/guidance.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Deps } from '../deps.ts';
import { lineOf, readFeedbackOn, readGivenFeedback, type ShownFeedback } from '../feedback/read-feedback.ts';
import { readGuidance } from '../feedback/read-guidance.ts';
import { readPages } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { peoplePages, walkPages } from './export-scope.ts';
import { nameOf, personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** Continuous feedback on one person or on those who serve in the units, without the author where it is not signed. */
export const feedbackRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const day = await regionToday(deps);
  for await (const people of peoplePages(deps, actor, 'Query.feedback', request, { day, limits }))
    for (const { staff, unit } of people) {
      const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
      for await (const page of readPages((wanted) => readFeedbackOn(deps, actor, staff.id, wanted)))
        yield Promise.all(
          page.map(async (one) => [...who, ...(await feedbackCells(deps, actor, one, locale))]),
        );
    }
};

/** What one has written or recorded oneself. */
export const givenFeedbackRows: RowsOf = async function* (deps, actor, _request, limits, locale) {
  for await (const page of walkPages(limits, (wanted) => readGivenFeedback(deps, actor, wanted))) {
    const people = await deps.store.staff.getMany(page.map(({ staffId }) => staffId));
    yield Promise.all(
      page.map(async (one, at) => {
        const staff = people[at] ?? null;
        const who = staff === null ? [null, null] : await personCells(deps, actor, staff);
        return [...who, ...(await feedbackCells(deps, actor, one, locale))];
      }),
    );
  }
};

async function feedbackCells(
  deps: Deps,
  actor: Actor,
  { givenOn, source, authorId, form, topic, progress, text, origin, answer }: ShownFeedback,
  locale: Locale,
): Promise<Row> {
  const found = topic.kind === 'LINE' ? await lineOf(deps, actor, topic) : null;
  return [
    givenOn,
    wordOf(exportWords.feedbackSource, source, locale),
    await nameOf(deps, authorId),
    wordOf(exportWords.feedbackForm, form, locale),
    wordOf(exportWords.value, topic.kind === 'VALUE' ? topic.value : null, locale),
    found?.line.title ?? null,
    progress === null ? null : wordOf(exportWords.yesNo, progress ? 'yes' : 'no', locale),
    text,
    origin,
    answer?.text ?? null,
    answer?.at ?? null,
  ];
}

const notesOf = (kind: GuidanceKind): RowsOf =>
  async function* (deps, actor, request, limits, locale) {
    const operation = kind === 'GUIDANCE' ? 'Query.guidance' : 'Query.counselling';
    const day = await regionToday(deps);
    for await (const people of peoplePages(deps, actor, operation, request, { day, limits }))
      for (const { staff, unit } of people) {
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        const read = { staffId: staff.id, kind };
        for await (const page of readPages((wanted) => readGuidance(deps, actor, read, wanted)))
          yield Promise.all(
            page.map(async (note) => [...who, ...(await noteCells(deps, actor, note, locale))]),
          );
      }
  };

/** Guidance given to one person, or to those who serve in the units. */
export const guidanceRows = notesOf('GUIDANCE');
/** Counselling, which fewer may read. */
export const counsellingRows = notesOf('COUNSELLING');

async function noteCells(deps: Deps, actor: Actor, note: GuidanceNote, locale: Locale): Promise<Row> {
  const { heldOn, method, givenById, value, issue, discussion, actions, followUpOn } = note;
  const { acknowledged, followUp } = note;
  const [found, givenBy] = await Promise.all([lineOf(deps, actor, note), nameOf(deps, givenById)]);
  return [
    heldOn,
    wordOf(exportWords.guidanceMethod, method, locale),
    givenBy,
    found?.line.title ?? null,
    wordOf(exportWords.value, value, locale),
    issue,
    discussion,
    actions.map(({ text, dueOn }) => `${text} (${dueOn})`).join('; '),
    followUpOn,
    acknowledged?.at ?? null,
    acknowledged?.response ?? null,
    wordOf(exportWords.guidanceOutcome, followUp?.outcome ?? null, locale),
    followUp?.note ?? null,
  ];
}
