import * as z from 'zod/mini';
import { NOTICE_KINDS, type Notice, type NoticePreferences } from '../../domain/notice/notice.ts';
import { type Shape, shape, text, whole } from './forms.ts';

/** What lies in the item of a notice; where it lies says for whom and when. */
export const notice: Shape<Pick<Notice, 'kind' | 'refs'>> = shape(() =>
  z.object({
    kind: z.enum(NOTICE_KINDS),
    refs: z.object({
      periodId: z.exactOptional(text),
      staffId: z.exactOptional(text),
      unitId: z.exactOptional(text),
      planId: z.exactOptional(text),
      month: z.exactOptional(text),
      subjectId: z.exactOptional(text),
      days: z.exactOptional(whole),
    }),
  }),
);

export const noticePreferences: Shape<NoticePreferences> = shape(() =>
  z.object({
    owner: text,
    mail: z.enum(['NONE', 'DAILY', 'AT_ONCE']),
    locale: z.enum(['id', 'en']),
    version: whole,
  }),
);
