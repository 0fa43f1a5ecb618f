import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whose signatures are good. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  /** The path as it was sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** S3 takes a signature in headers for so long before and after its time. */
const SKEW_MILLISECONDS = 15 * 60 * 1000;

/**
 * Checks the signature of a request to S3, in its headers or, presigned, in its query.
 *
 * @param now in milliseconds
 * @returns the code of S3's error, null for a good signature
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export function checkSignature(request: SignedRequest, key: SigningKey, now: number): string | null {
  const { query, headers } = request;
  const isPresigned = query.has('X-Amz-Signature');
  const given = isPresigned ? fromQuery(query) : fromHeaders(headers);
  if (given === null) return 'AccessDenied';
  const begin = parseAmzDate(given.date);
  if (begin === null || given.credential !== credentialOf(key, given.date)) return 'InvalidAccessKeyId';
  const end = isPresigned ? begin + given.lifetimeSeconds * 1000 : begin + SKEW_MILLISECONDS;
  if (now > end) return isPresigned ? 'AccessDenied' : 'RequestTimeTooSkewed';
  const signedNames = given.signedHeaders.split(';');
  if (!signedNames.includes('host')) return 'AccessDenied';
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(query),
    ...signedNames.map((name) => `${name}:${headerValue(headers[name])}`),
    '',
    given.signedHeaders,
    given.payloadHash,
  ].join('\n');
  const scope = given.credential.slice(given.credential.indexOf('/') + 1);
  const text = [ALGORITHM, given.date, scope, sha256(canonical)].join('\n');
  return isSignature(given.signature, text, key, given.date) ? null : 'SignatureDoesNotMatch';
}

/** Whether a text was signed with the key on the day of the time stamp `20260131T…`. */
export function isSignature(signature: string, text: string, key: SigningKey, date: string): boolean {
  const parts = [date.slice(0, 8), key.region, 's3', 'aws4_request'];
  const signing = parts.reduce<Buffer | string>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${key.secretAccessKey}`,
  );
  const expected = createHmac('sha256', signing).update(text).digest();
  // Decoding stops at what is not hexadecimal, so that a longer text could pass for its beginning.
  return /^[0-9a-f]{64}$/.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected);
}

/** The credential that a signature of this day names. */
export const credentialOf = (key: SigningKey, date: string): string =>
  `${key.accessKeyId}/${date.slice(0, 8)}/${key.region}/s3/aws4_request`;

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

interface GivenSignature {
  readonly credential: string;
  /** `20260131T070000Z` */
  readonly date: string;
  readonly lifetimeSeconds: number;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly payloadHash: string;
}

function fromQuery(query: URLSearchParams): GivenSignature | null {
  const lifetime = query.get('X-Amz-Expires') ?? '';
  if (query.get('X-Amz-Algorithm') !== ALGORITHM || !/^\d{1,6}$/.test(lifetime)) return null;
  return {
    credential: query.get('X-Amz-Credential') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    lifetimeSeconds: Number(lifetime),
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

function fromHeaders(headers: IncomingHttpHeaders): GivenSignature | null {
  const [, credential, signedHeaders, signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return null;
  return {
    credential,
    date: headerValue(headers['x-amz-date']),
    lifetimeSeconds: 0,
    signedHeaders,
    signature,
    payloadHash: headerValue(headers['x-amz-content-sha256']),
  };
}

function parseAmzDate(date: string): number | null {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  return parts.length === 0 ? null : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

const headerValue = (value: string | readonly string[] | undefined): string =>
  (typeof value === 'string' ? value : (value ?? []).join(',')).trim().replace(/ +/g, ' ');
