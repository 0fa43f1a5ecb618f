import type { Instant } from '../../domain/time.ts';

/** What a file is there for; each area has its own life in storage (infra/file-bucket.ts). */
export type FileArea = 'evidence' | 'exports';

/**
 * The name of a file in storage: an area and an opaque id, for example `evidence/e-01J…`. It stands in links and access
 * logs, so it never holds anything about a person.
 */
export type FileKey = `${FileArea}/${string}`;

/** What storage itself enforces on an upload. */
export interface UploadTerms {
  readonly contentType: string;
  /** In bytes. */
  readonly size: { readonly exactly: number } | { readonly atMost: number };
  /** SHA-256 of the content, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly expiresInSeconds: number;
}

/** Leave to upload one file: a form (`multipart/form-data`) with these fields and, last, the field `file`. */
export interface UploadTicket {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: Instant;
}

/** What a downloaded file is called, and until when the link works. */
export interface DownloadTerms {
  /** Stands in the link: ASCII letters, digits, `.`, `_`, `-`, at most 100, and nothing about a person. */
  readonly fileName: string;
  readonly expiresInSeconds: number;
}

/** A link that anybody who has it may use until it expires. */
export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** A file in storage. */
export interface StoredFile {
  /** In bytes. */
  readonly size: number;
  readonly contentType: string;
  /** 64 lower-case hexadecimal digits; null when it was stored without one. */
  readonly sha256: string | null;
}

/**
 * Files, kept privately: nobody reads one but by a link of `presignDownload`.
 *
 * An upload by a client waits apart until `keepUpload`; what nobody keeps is gone after a day or two.
 */
export interface FileStore {
  /** A ticket to upload the file; storage refuses what does not keep the terms. */
  presignUpload(key: FileKey, terms: UploadTerms): Promise<UploadTicket>;
  /** What was uploaded and waits; null when nothing does. */
  headUpload(key: FileKey): Promise<StoredFile | null>;
  /** Keeps what was uploaded, under its key. May be repeated while the upload waits. @throws FileMissingError */
  keepUpload(key: FileKey): Promise<void>;
  /** A link to a file that is kept; it attaches the file, so that no browser runs what is in it. */
  presignDownload(key: FileKey, terms: DownloadTerms): Promise<DownloadLink>;
  /** Stores what the system itself made; replaces what was there. */
  put(key: FileKey, bytes: Uint8Array, contentType: string): Promise<void>;
  /**
   * Stores what the system makes as it is made, a few megabytes at a time; once there, a file is never replaced. What is read
   * of `content` is only there as a whole: if it throws, nothing is stored, and the error is thrown on.
   * @returns the size in bytes of what is there: what was stored first, when two store under one key
   */
  write(key: FileKey, content: AsyncIterable<Uint8Array>, contentType: string): Promise<number>;
  /** The content of a file that is kept; null when there is none. */
  get(key: FileKey): Promise<Uint8Array | null>;
  /** A file that is kept; null when there is none. */
  head(key: FileKey): Promise<StoredFile | null>;
  /** Deletes a file that is kept, if it is there; storage can bring it back for some weeks. */
  delete(key: FileKey): Promise<void>;
}
