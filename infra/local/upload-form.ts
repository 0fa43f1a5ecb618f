import { credentialOf, isSignature, type SigningKey } from './sigv4.ts';

/** Why S3 refuses a request. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** Fields that a policy need not name. */
const UNNAMED: ReadonlySet<string> = new Set(['x-amz-signature', 'policy', 'file']);

/**
 * Checks an upload by a form against the policy that was signed for it: signature, time, every field, and the size.
 *
 * @param fields by lower-case name
 * @param size of the file, in bytes
 * @param now in milliseconds
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function checkForm(
  fields: ReadonlyMap<string, string>,
  size: number,
  key: SigningKey & { readonly bucket: string },
  now: number,
): Refusal | null {
  const policyText = fields.get('policy') ?? '';
  const date = fields.get('x-amz-date') ?? '';
  if (fields.get('x-amz-credential') !== credentialOf(key, date)) return DENIED;
  if (!isSignature(fields.get('x-amz-signature') ?? '', policyText, key, date))
    return { status: 403, code: 'SignatureDoesNotMatch' };
  const policy = readPolicy(policyText);
  if (policy === null) return { status: 400, code: 'InvalidPolicyDocument' };
  if (now > Date.parse(policy.expiration)) return DENIED;

  // The bucket is that of the address, whether or not a field names it.
  const given = new Map([...fields, ['bucket', key.bucket]]);
  const named = new Set(['bucket']);
  for (const condition of policy.conditions) {
    if (condition.kind === 'SIZE') {
      if (size < condition.least) return { status: 400, code: 'EntityTooSmall' };
      if (size > condition.most) return { status: 400, code: 'EntityTooLarge' };
      continue;
    }
    named.add(condition.field);
    const value = given.get(condition.field) ?? '';
    const holds = condition.kind === 'EQUAL' ? value === condition.text : value.startsWith(condition.text);
    if (!holds) return DENIED;
  }
  const stranger = [...fields.keys()].some((name) => !named.has(name) && !UNNAMED.has(name));
  return stranger ? DENIED : null;
}

const DENIED: Refusal = { status: 403, code: 'AccessDenied' };

type Condition =
  | { readonly kind: 'EQUAL' | 'PREFIX'; readonly field: string; readonly text: string }
  | { readonly kind: 'SIZE'; readonly least: number; readonly most: number };

function readPolicy(text: string): { expiration: string; conditions: readonly Condition[] } | null {
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof expiration !== 'string' || !Array.isArray(conditions)) return null;
    const read = conditions.flatMap(readCondition);
    return read.includes(null) ? null : { expiration, conditions: read.filter((each) => each !== null) };
  } catch {
    return null;
  }
}

function readCondition(condition: unknown): readonly (Condition | null)[] {
  if (Array.isArray(condition)) {
    const [operator, first, second] = condition;
    if (operator === 'content-length-range')
      return [{ kind: 'SIZE', least: Number(first), most: Number(second) }];
    const field = String(first).replace(/^\$/, '').toLowerCase();
    if (operator === 'eq') return [{ kind: 'EQUAL', field, text: String(second) }];
    return [operator === 'starts-with' ? { kind: 'PREFIX', field, text: String(second) } : null];
  }
  if (typeof condition !== 'object' || condition === null) return [null];
  return Object.entries(condition).map(([name, value]) => ({
    kind: 'EQUAL',
    field: name.toLowerCase(),
    text: String(value),
  }));
}
