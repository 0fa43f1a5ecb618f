import { type Problem, problem } from '../problem.ts';
import { checkText } from '../text.ts';
import type { Instant } from '../time.ts';

/** What may be uploaded as evidence: documents, pictures and tables that a reader can open and that run nothing. */
export const EVIDENCE_TYPES = {
  PDF: { contentType: 'application/pdf', extension: 'pdf' },
  JPEG: { contentType: 'image/jpeg', extension: 'jpg' },
  PNG: { contentType: 'image/png', extension: 'png' },
  XLSX: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
  },
  DOCX: {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extension: 'docx',
  },
  PPTX: {
    contentType: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extension: 'pptx',
  },
} as const;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

/** A file that shows what was done (bukti dukung), confirmed and kept. It belongs to one activity or realisation. */
export interface EvidenceFile {
  /** Opaque; names the file in storage too. */
  readonly id: string;
  /** As the uploader called it. */
  readonly fileName: string;
  readonly type: EvidenceType;
  /** In bytes. */
  readonly size: number;
  /** SHA-256 of the content, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** The actor who uploaded it; only they take it away again. */
  readonly uploadedBy: string;
  readonly uploadedAt: Instant;
}

/** Limits of evidence: `bytes` of one file, `files` of one activity or realisation, `fileName` in characters. */
export const EVIDENCE_LIMITS = { bytes: 20 * 1024 * 1024, files: 10, fileName: 200 } as const;

/** Checks what somebody announces to upload. REQUIRED, TOO_LONG, INVALID_FORMAT, OUT_OF_RANGE */
export const checkEvidence = ({
  fileName,
  size,
  sha256,
}: Pick<EvidenceFile, 'fileName' | 'size' | 'sha256'>): Problem[] => {
  const problems = checkText(fileName, 'fileName', EVIDENCE_LIMITS.fileName, 'LINE');
  if (!Number.isInteger(size) || size < 1 || size > EVIDENCE_LIMITS.bytes)
    problems.push(problem('OUT_OF_RANGE', 'size', { minimum: 1, maximum: EVIDENCE_LIMITS.bytes }));
  if (!/^[0-9a-f]{64}$/i.test(sha256)) problems.push(problem('INVALID_FORMAT', 'sha256'));
  return problems;
};
