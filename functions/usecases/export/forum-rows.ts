import { exportWords } from '../../domain/export/words.ts';
import {
  acknowledgedAt,
  readAnnouncements,
  readPublicAnnouncements,
  readReaders,
} from '../announcement/read-announcements.ts';
import { permits } from '../authorise.ts';
import { readTopics } from '../forum/read-forum.ts';
import { readPages } from '../read-all.ts';
import { eachUnit, walkPages } from './export-scope.ts';
import { nameOf, personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** What is announced to who asks, the latest first. */
export const announcementRows: RowsOf = async function* (deps, actor, _request, limits, locale) {
  const { units } = await deps.store.organisation.load();
  const yesNo = (yes: boolean) => wordOf(exportWords.yesNo, yes ? 'yes' : 'no', locale);
  for await (const page of walkPages(limits, (wanted) => readAnnouncements(deps, actor, wanted)))
    yield Promise.all(
      page.map(async (one) => [
        ...unitCells(units.get(one.unitId ?? '')),
        wordOf(exportWords.audience, one.audience, locale),
        one.title,
        one.text,
        one.effectiveFrom,
        yesNo(one.isPublic),
        one.publishedAt,
        one.withdrawn?.reason ?? null,
        yesNo(one.acknowledge),
        await acknowledgedAt(deps, actor, one),
      ]),
    );
};

/** What is announced to everybody, without a login too, the latest first. */
export const publicAnnouncementRows: RowsOf = async function* (deps, actor, _request, limits) {
  const { units } = await deps.store.organisation.load();
  for await (const page of walkPages(limits, (wanted) => readPublicAnnouncements(deps, actor, wanted)))
    yield page.map(({ unitId, title, text, effectiveFrom, publishedAt, withdrawn }) => [
      ...unitCells(units.get(unitId ?? '')),
      title,
      text,
      effectiveFrom,
      publishedAt,
      withdrawn?.reason ?? null,
    ]);
};

/** Who of the units knows of an announcement, and who does not. */
export const readerRows: RowsOf = async function* (deps, actor, request, limits) {
  const id = request.announcementId ?? '';
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    const asked = { id, unitId: unit.id, missing: false };
    for await (const page of readPages((wanted) => readReaders(deps, actor, asked, wanted)))
      yield Promise.all(
        page.map(async ({ staff, acknowledgedAt: at }) => [
          ...(await personCells(deps, actor, staff)),
          ...unitCells(unit),
          at,
        ]),
      );
  }
};

/** Topics of the units' forums, the latest first; what is hidden has neither title nor text but for moderators. */
export const topicRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  for await (const unit of eachUnit(deps, request.unitId, limits)) {
    // Staff read the forum of their own unit, not of those below.
    if (!(await permits(deps, actor, 'Query.topics', { unitId: unit.id }))) continue;
    for await (const page of readPages((wanted) => readTopics(deps, actor, unit.id, wanted))) {
      const indicators = await deps.store.indicators.getMany(
        page.flatMap(({ subject }) => (subject.kind === 'INDICATOR' ? subject.indicatorId : [])),
      );
      const codeOf = new Map(
        indicators.flatMap((one) => (one === null ? [] : [[one.id, one.code] as const])),
      );
      yield Promise.all(
        page.map(async ({ subject, title, text, authorId, at, answer, hidden }) => [
          ...unitCells(unit),
          wordOf(exportWords.topic, subject.kind, locale),
          subject.kind === 'INDICATOR' ? (codeOf.get(subject.indicatorId) ?? null) : null,
          title,
          text,
          await nameOf(deps, authorId),
          at,
          answer?.text ?? null,
          await nameOf(deps, answer?.byId ?? null),
          answer?.at ?? null,
          hidden?.reason ?? null,
        ]),
      );
    }
  }
};
