import * as z from 'zod/mini';
import type { Activity } from '../../domain/activity/activity.ts';
import type { EvidenceFile } from '../../domain/activity/evidence.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { EvidenceTicket } from '../contract/evidence.ts';

const text = z.string();
const textOrNull = z.nullable(text);
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const decimal = z.custom<Decimal>(
  (value) => typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value),
);

const fileFields = {
  id: text,
  fileName: text,
  type: z.enum(['PDF', 'JPEG', 'PNG', 'XLSX', 'DOCX', 'PPTX']),
  size: z.int(),
  sha256: text,
  uploadedBy: text,
};

export const evidenceFile: z.ZodMiniType<EvidenceFile> = z.object({ ...fileFields, uploadedAt: instant });

export const evidenceTicket: z.ZodMiniType<EvidenceTicket> = z.object({
  ...fileFields,
  target: text,
  expiresAt: instant,
});

export const activity: z.ZodMiniType<Activity> = z.object({
  id: text,
  planId: text,
  staffId: text,
  lineId: text,
  day: date,
  title: text,
  amount: z.nullable(decimal),
  note: textOrNull,
  state: z.enum(['REPORTED', 'VERIFIED', 'RETURNED', 'WITHDRAWN']),
  returnReason: textOrNull,
  evidence: z.array(evidenceFile),
  reportedBy: text,
  reportedAt: instant,
  decidedAt: z.nullable(instant),
  version: z.int(),
});
