import * as z from 'zod/mini';
import type { Activity } from '../../domain/activity/activity.ts';
import type { EvidenceFile } from '../../domain/activity/evidence.ts';
import type { EvidenceTicket } from '../contract/evidence.ts';
import {
  date,
  decimal,
  instant,
  instantOrNull,
  type Shape,
  shape,
  text,
  textOrNull,
  whole,
} from './forms.ts';

const fileFields = shape(() => ({
  id: text,
  fileName: text,
  type: z.enum(['PDF', 'JPEG', 'PNG', 'XLSX', 'DOCX', 'PPTX']),
  size: whole,
  sha256: text,
  uploadedBy: text,
}));

export const evidenceFile: Shape<EvidenceFile> = shape(() =>
  z.object({ ...fileFields(), uploadedAt: instant }),
);

export const evidenceTicket: Shape<EvidenceTicket> = shape(() =>
  z.object({
    ...fileFields(),
    target: text,
    expiresAt: instant,
  }),
);

export const activity: Shape<Activity> = shape(() =>
  z.object({
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
    evidence: z.array(evidenceFile()),
    reportedBy: text,
    reportedAt: instant,
    decidedAt: instantOrNull,
    version: whole,
  }),
);
