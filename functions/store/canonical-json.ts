import { hash } from 'node:crypto';

/**
 * JSON with one spelling for one value (RFC 8785 for the values that are stored: keys sorted by UTF-16 code units,
 * no spaces). Throws TypeError on what JSON has no word for.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no JSON');
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return arrayJson(value);
      if (Object.getPrototypeOf(value) === Object.prototype) return objectJson(value);
      throw new TypeError('only plain objects have canonical JSON');
    default:
      throw new TypeError(`${typeof value} has no canonical JSON`);
  }
}

function arrayJson(values: readonly unknown[]): string {
  let text = '[';
  for (const value of values) text += `${text === '[' ? '' : ','}${canonicalJson(value)}`;
  return `${text}]`;
}

// Not by way of an object with sorted keys: an object puts keys like "10" first, whatever order they are given in.
function objectJson(value: object): string {
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(Reflect.get(value, key))}`;
  }
  return `${text}}`;
}

/** SHA-256 of text in UTF-8, hex. */
export const sha256 = (text: string): string => hash('sha256', text);
