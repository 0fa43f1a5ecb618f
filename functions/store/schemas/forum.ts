import * as z from 'zod/mini';
import type { Acknowledgement, Announcement } from '../../domain/forum/announcement.ts';
import type { Post, Topic } from '../../domain/forum/forum.ts';
import { date, instant, text, textOrNull, whole } from './forms.ts';

const hidden = z.nullable(z.object({ reason: text, byId: text, at: instant }));

export const topic: z.ZodMiniType<Topic> = z.object({
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
  hidden,
  version: whole,
});

export const post: z.ZodMiniType<Post> = z.object({
  topicId: text,
  id: text,
  text,
  authorId: text,
  at: instant,
  hidden,
  version: whole,
});

export const announcement: z.ZodMiniType<Announcement> = z.object({
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
});

export const acknowledgement: z.ZodMiniType<Acknowledgement> = z.object({
  announcementId: text,
  staffId: text,
  at: instant,
  version: whole,
});
