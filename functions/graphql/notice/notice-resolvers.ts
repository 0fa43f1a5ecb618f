import { noticeText } from '../../domain/notice/notice-text.ts';
import { markAllNoticesRead, markNoticesRead } from '../../usecases/notice/mark-read.ts';
import { countUnread, idOfNotice, readInbox, type Unread } from '../../usecases/notice/read-inbox.ts';
import { readPreferences, setPreferences } from '../../usecases/notice/set-preferences.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const localeOf = (language: 'ID' | 'EN') => (language === 'ID' ? ('id' as const) : ('en' as const));
const asUnread = (unread: Unread | null) => ({ unread });

export const noticeResolvers: Resolvers = {
  Query: {
    notices: (_, args, { deps, actor }) =>
      connect({ query: 'Query.notices', scope: actor.id }, args, (page) => readInbox(deps, actor, page)),
    noticePreferences: (_, __, { deps, actor }) => readPreferences(deps, actor),
    unreadNotices: (_, __, { deps, actor }) => countUnread(deps, actor),
  },
  Mutation: {
    setNoticePreferences: (_, { input }, context) =>
      mutate(
        context,
        () =>
          setPreferences(context.deps, context.actor, { ...input, locale: localeOf(input.language ?? 'ID') }),
        (preferences) => ({ preferences }),
        () => readPreferences(context.deps, context.actor),
      ),
    markNoticesRead: (_, { input }, context) =>
      mutate(context, () => markNoticesRead(context.deps, context.actor, input), asUnread),
    markAllNoticesRead: (_, { input }, context) =>
      mutate(context, () => markAllNoticesRead(context.deps, context.actor, input), asUnread),
  },
  NoticePreferences: { language: ({ locale }) => (locale === 'id' ? 'ID' : 'EN') },
  Notice: {
    id: (notice) => idOfNotice(notice),
    title: (notice, _, { locale }) => noticeText(notice, locale).title,
    text: (notice, _, { locale }) => noticeText(notice, locale).text,
    period: ({ refs }, _, { deps }) =>
      refs.periodId === undefined ? null : deps.store.periods.get(refs.periodId),
    staff: ({ refs }, _, context) =>
      refs.staffId === context.actor.staffId ? null : staffOf(context, refs.staffId),
    unit: ({ refs }, _, context) => unitOf(context, refs.unitId),
    planId: ({ refs }) => refs.planId ?? null,
    month: ({ refs }) => refs.month ?? null,
    subjectId: ({ refs }) => refs.subjectId ?? null,
    days: ({ refs }) => refs.days ?? null,
  },
};
