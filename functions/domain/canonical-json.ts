/**
 * JSON with one spelling for one value (RFC 8785 for the values of this system: keys sorted by UTF-16 code units, no
 * spaces): the same value is the same text, and so has the same hash, wherever it was built. A member that is undefined is
 * left out, as in JSON.
 * @throws TypeError for what JSON has no word for: undefined elsewhere, numbers that are not finite, bigints, class instances
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
      if (isPlain(value)) return objectJson(value);
      throw new TypeError('only plain objects have canonical JSON');
    default:
      throw new TypeError(`${typeof value} has no canonical JSON`);
  }
}

/** Also without a prototype, as GraphQL makes its inputs. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
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
    const member: unknown = Reflect.get(value, key);
    if (member === undefined) continue;
    text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}
