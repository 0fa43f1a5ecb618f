/**
 * What a TransactWriteItems costs by DynamoDB's published rule: two write units for each KB, begun ones whole, of each item, and
 * the same again in each index that the item is in. DynamoDB Local leaves conditional puts out of its own count.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

const BYTES_OF_A_UNIT = 1024;
const UNITS_IN_A_TRANSACTION = 2;
const INDEX_KEY = /^gsi\dpk$/;
const NESTING_BYTES = 3;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Write units of a request's body. Of an update, delete or check only the key is known: taken as one KB. */
export const transactionUnits = (body: Buffer): number => {
  const request: unknown = JSON.parse(body.toString('utf8'));
  const actions: unknown = isObject(request) ? request['TransactItems'] : [];
  if (!Array.isArray(actions)) return 0;
  return actions.reduce((sum: number, action: unknown) => sum + actionUnits(action), 0);
};

const actionUnits = (action: unknown): number => {
  const put = isObject(action) ? action['Put'] : undefined;
  const item = isObject(put) ? put['Item'] : undefined;
  if (!isObject(item)) return UNITS_IN_A_TRANSACTION;
  const indexes = Object.keys(item).filter((name) => INDEX_KEY.test(name)).length;
  return UNITS_IN_A_TRANSACTION * Math.ceil(itemBytes(item) / BYTES_OF_A_UNIT) * (1 + indexes);
};

/** Size of an item, or of a map's content: names and values. */
const itemBytes = (item: Json): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

const valueBytes = (value: unknown): number => {
  if (!isObject(value)) return 0;
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'B') return Buffer.byteLength(String(content), 'base64');
  if (type === 'N') return Math.ceil(String(content).replaceAll(/[-.]/g, '').length / 2) + 1;
  if (type === 'M' && isObject(content)) {
    return NESTING_BYTES + Object.keys(content).length + itemBytes(content);
  }
  if (!Array.isArray(content)) return 1;
  const elements: readonly unknown[] = content;
  if (type === 'L') return elements.reduce((sum: number, each) => sum + 1 + valueBytes(each), NESTING_BYTES);
  return elements.reduce((sum: number, each) => sum + valueBytes({ [type.charAt(0)]: each }), 0);
};
