import * as z from 'zod/mini';
import type { Acknowledgement, Announcement } from '../../domain/forum/announcement.ts';
import type { Post, Topic } from '../../domain/forum/forum.ts';
import { date, instant, type Shape, shape, text, textOrNull, whole } from './forms.ts';

const hidden = shape(() => z.nullable(z.object({ reason: text, byId: text, at: instant })));

export const topic: Shape<Topic> = shape(() =>
  z.object({
    id: text,
    unitId: text,
    subject: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('INDICATOR'), indicatorId: text }),
      z.object({ kind: z.literal('POLICY'), policyId: text }),
      z.object({ kind: z.literal('GENERAL') }),
    ]),
    title: text,
    text,
    authorId: text,
    at: instant,
    answer: z.nullable(z.object({ text, byId: text, at: instant })),
    hidden: hidden(),
    version: whole,
  }),
);

export const post: Shape<Post> = shape(() =>
  z.object({
    topicId: text,
    id: text,
    text,
    authorId: text,
    at: instant,
    hidden: hidden(),
    version: whole,
  }),
);

export const announcement: Shape<Announcement> = shape(() =>
  z.object({
    id: text,
    unitId: textOrNull,
    audience: z.enum(['UNIT', 'UNIT_AND_BELOW', 'REGION']),
    title: text,
    text,
    effectiveFrom: date,
    acknowledge: z.boolean(),
    isPublic: z.boolean(),
    publishedById: text,
    publishedAt: instant,
    withdrawn: z.nullable(z.object({ reason: text, byId: text, at: instant })),
    version: whole,
  }),
);

export const acknowledgement: Shape<Acknowledgement> = shape(() =>
  z.object({
    announcementId: text,
    staffId: text,
    at: instant,
    version: whole,
  }),
);
