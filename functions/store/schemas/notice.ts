import * as z from 'zod/mini';
import { NOTICE_KINDS, type Notice, type NoticePreferences } from '../../domain/notice/notice.ts';

const text = z.string();

/** What lies in the item of a notice; where it lies says for whom and when. */
export const notice: z.ZodMiniType<Pick<Notice, 'kind' | 'refs'>> = z.object({
  kind: z.enum(NOTICE_KINDS),
  refs: z.object({
    periodId: z.exactOptional(text),
    staffId: z.exactOptional(text),
    unitId: z.exactOptional(text),
    planId: z.exactOptional(text),
    month: z.exactOptional(text),
    subjectId: z.exactOptional(text),
    days: z.exactOptional(z.int()),
  }),
});

export const noticePreferences: z.ZodMiniType<NoticePreferences> = z.object({
  owner: text,
  mail: z.enum(['NONE', 'DAILY', 'AT_ONCE']),
  locale: z.enum(['id', 'en']),
  version: z.int(),
});
