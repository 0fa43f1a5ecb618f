import { hash } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Activity } from '../../functions/domain/activity/activity.ts';
import type { EvidenceFile } from '../../functions/domain/activity/evidence.ts';
import { functionalLevels } from '../../functions/domain/allowance/credit.ts';
import { canonicalJson } from '../../functions/domain/canonical-json.ts';
import { decimal } from '../../functions/domain/decimal.ts';
import type { Measure, Target } from '../../functions/domain/indicator/indicator.ts';
import type { Realisation } from '../../functions/domain/indicator/realisation.ts';
import type { Unit } from '../../functions/domain/organisation/organisation.ts';
import type { Staff } from '../../functions/domain/organisation/staff.ts';
import type { PlanLine } from '../../functions/domain/plan/line.ts';
import type { Plan, PlanContent } from '../../functions/domain/plan/plan.ts';
import { CORE_VALUES } from '../../functions/domain/rating/core-values.ts';
import type { Rating } from '../../functions/domain/rating/rating.ts';
import { fromChunks, toChunks } from '../../functions/store/chunks.ts';
import {
  check,
  entityCodec,
  hotShape,
  pack,
  packWith,
  readBody,
  StoredItemError,
  unpack,
} from '../../functions/store/codec.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { DICTIONARIES, RESULT_DICTIONARY } from '../../functions/store/dictionary.ts';
import * as keys from '../../functions/store/keys.ts';
import { resultItem } from '../../functions/store/result-store.ts';
import * as activitySchemas from '../../functions/store/schemas/activity.ts';
import { peerPanel, ratingDecline } from '../../functions/store/schemas/peers.ts';
import * as schemas from '../../functions/store/schemas.ts';
import type { Store } from '../../functions/store/store.ts';
import { createTestTable, type TestTable } from '../support/dynamodb.ts';
import * as an from './examples.ts';

const text = fc.string({ unit: 'binary', maxLength: 30 });
const textOrNull = fc.option(text);
const whole = fc.integer();
const date = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString());
const number = fc
  .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([before, after]) => decimal(`${before}.${String(after).padStart(6, '0')}`));
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.record({ value: number }),
  fc.record({ low: number, high: number }),
);
const measure: fc.Arbitrary<Measure> = fc.record({
  unitOfMeasure: text,
  polarity: fc.constantFrom('MAXIMIZE', 'MINIMIZE', 'RANGE', 'STABILIZE'),
  aboveRange: fc.option(fc.constantFrom('INSIDE_IS_BEST', 'MORE_IS_BETTER')),
  realisedBy: fc.constantFrom('REPORT', 'ACTIVITY'),
  buildUp: fc.constantFrom('SUM', 'LATEST', 'RELEASED'),
});

const unit: fc.Arbitrary<Unit> = fc.record({
  id: text,
  code: text,
  name: text,
  kind: text,
  mission: textOrNull,
  parentId: textOrNull,
  heads: fc.array(fc.record({ staffId: text, from: date, to: fc.option(date) }), { maxLength: 3 }),
  shardCount: whole,
  retiredFrom: fc.option(date),
  version: whole,
});
const staff: fc.Arbitrary<Staff> = fc.record({
  id: text,
  nip: text,
  name: text,
  employment: fc.constantFrom('PNS', 'PPPK'),
  grade: textOrNull,
  email: textOrNull,
  assignments: fc.array(
    fc.record({
      unitId: text,
      shard: whole,
      position: text,
      jobGroup: text,
      assessorId: textOrNull,
      functionalLevel: fc.option(fc.constantFrom(...functionalLevels)),
      positionClass: fc.option(whole),
      from: date,
      to: fc.option(date),
    }),
    { maxLength: 3 },
  ),
  retiredFrom: fc.option(date),
  homes: fc.dictionary(
    fc.integer({ min: 2020, max: 2030 }).map(String),
    fc.record({ unitId: text, shard: whole }),
  ),
  absences: fc.array(
    fc.record({ kind: fc.constantFrom('LEAVE', 'STUDY'), from: date, to: fc.option(date) }),
    { maxLength: 2 },
  ),
  version: whole,
});
const line: fc.Arbitrary<PlanLine> = fc.record({
  id: text,
  kind: fc.constantFrom('MAIN', 'ADDITIONAL'),
  title: text,
  aspect: fc.constantFrom('QUANTITY', 'QUALITY', 'TIME', 'COST'),
  perspective: fc.option(
    fc.constantFrom('SERVICE_RECIPIENTS', 'BUSINESS_PROCESS', 'INTERNAL_STRENGTHENING', 'BUDGET'),
  ),
  goalId: textOrNull,
  serves: fc.option(fc.record({ planId: text, lineId: text, role: fc.constantFrom('CARRIES', 'SUPPORTS') })),
  indicatorId: text,
  definition: whole,
  measure,
  indicatorName: text,
  weight: whole,
  targets: fc.dictionary(fc.constantFrom('01', '02', '06', '11', '12'), target, { noNullPrototype: true }),
});
const items = <Kind extends string>(...kinds: readonly Kind[]) =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), text }), { maxLength: 2 });
const content: fc.Arbitrary<PlanContent> = fc.record({
  revision: whole,
  lines: fc.array(line, { maxLength: 3 }),
  reason: textOrNull,
  expectations: fc.record({
    general: textOrNull,
    values: fc.dictionary(fc.constantFrom(...CORE_VALUES), fc.array(text), { noNullPrototype: true }),
  }),
  attachments: fc.record({
    resources: items('PEOPLE', 'OTHER'),
    accountability: items('REPORTING', 'EVIDENCE'),
    consequences: items('POSITIVE', 'NEGATIVE'),
  }),
  agreedAt: fc.option(instant),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  id: text,
  owner: fc.oneof(
    fc.record({ kind: fc.constant('STAFF' as const), staffId: text }),
    fc.record({ kind: fc.constant('UNIT' as const), unitId: text }),
  ),
  year: whole,
  agreed: fc.option(content),
  agreedAt: fc.option(instant),
  proposal: fc.option(content),
  proposalState: fc.option(fc.constantFrom('DRAFT', 'PROPOSED', 'CHANGES_REQUESTED')),
  proposedBy: fc.option(fc.constantFrom('OWNER', 'SUPERIOR')),
  proposedById: textOrNull,
  version: whole,
});
const evidenceFile: fc.Arbitrary<EvidenceFile> = fc.record({
  id: text,
  fileName: text,
  type: fc.constantFrom('PDF', 'JPEG', 'PNG', 'XLSX', 'DOCX', 'PPTX'),
  size: whole,
  sha256: text,
  uploadedBy: text,
  uploadedAt: instant,
});
const realisation: fc.Arbitrary<Realisation> = fc.record({
  planId: text,
  lineId: text,
  month: date.map((day) => day.slice(0, 7)),
  value: number,
  evidence: fc.array(text, { maxLength: 3 }),
  files: fc.array(evidenceFile, { maxLength: 2 }),
  note: textOrNull,
  state: fc.constantFrom('REPORTED', 'VERIFIED', 'REJECTED'),
  rejection: textOrNull,
  activities: fc.option(whole),
  reportedBy: textOrNull,
  reportedAt: instant,
  version: whole,
});
const activity: fc.Arbitrary<Activity> = fc.record({
  id: text,
  planId: text,
  staffId: text,
  lineId: text,
  day: date,
  title: text,
  amount: fc.option(number),
  note: textOrNull,
  state: fc.constantFrom('REPORTED', 'VERIFIED', 'RETURNED', 'WITHDRAWN'),
  returnReason: textOrNull,
  evidence: fc.array(evidenceFile, { maxLength: 2 }),
  reportedBy: text,
  reportedAt: instant,
  decidedAt: fc.option(instant),
  version: whole,
});
const rating: fc.Arbitrary<Rating> = fc.record({
  periodId: text,
  rateeId: text,
  group: fc.constantFrom('SUPERIOR', 'PEER', 'SUBORDINATE', 'SELF', 'PUBLIC'),
  raterId: text,
  instrumentId: text,
  instrumentVersion: whole,
  scores: fc.array(whole, { maxLength: 7 }),
  comment: textOrNull,
  source: fc.constantFrom('RATER', 'IMPORT'),
  ratedAt: fc.option(instant),
  afterRun: whole,
  earlier: fc.array(
    fc.record({
      afterRun: whole,
      instrumentId: text,
      instrumentVersion: whole,
      scores: fc.array(whole, { maxLength: 7 }),
      comment: textOrNull,
    }),
    { maxLength: 2 },
  ),
  version: whole,
});

/** Through text and item and back, the version replaced by the one that is written. */
function roundTrip<T extends { readonly version: number }>(
  schema: Parameters<typeof entityCodec<T>>[1],
  values: fc.Arbitrary<T>,
): void {
  const codec = entityCodec<T>('TEST', schema);
  fc.assert(
    fc.property(values, fc.integer({ min: 1 }), (value, version) => {
      const written = codec.toText(value, version);
      const read = codec.read({ body: pack(written), auditHash: 'a' });
      expect(read).toEqual({ ...value, version, auditHash: 'a' });
      expect(codec.toText(read, version)).toBe(written);
    }),
    { numRuns: 150 },
  );
}

describe('what is written is what is read', () => {
  test('unit', () => roundTrip(schemas.unit, unit));
  test('staff', () => roundTrip(schemas.staff, staff));
  test('plan', () => roundTrip(schemas.plan, plan));
  test('realisation', () => roundTrip(schemas.realisation, realisation));
  test('activity', () => roundTrip(activitySchemas.activity, activity));
  test('rating', () => roundTrip(schemas.rating, rating));
  test('peer panel and decline', () => {
    const key = { periodId: text, version: whole };
    const member = fc.record({
      staffId: text,
      state: fc.constantFrom('NOMINATED', 'APPROVED', 'REFUSED', 'DECLINED'),
      origin: fc.constantFrom('RATEE', 'ASSESSOR', 'LOT'),
      reason: textOrNull,
    });
    const members = fc.array(member, { maxLength: 4 });
    const panel = fc.record({ ...key, staffId: text, assigned: fc.boolean(), members, seed: textOrNull });
    roundTrip(peerPanel, panel);
    roundTrip(ratingDecline, fc.record({ ...key, rateeId: text, raterId: text, reason: text }));
  });
  test('period with its frozen policy', () => {
    const codec = entityCodec('TEST', schemas.period);
    const value = an.period('2026-Q1', 'CLOSING', { policy: an.policy({ writtenBy: ['s-1'] }) });

    expect(codec.read({ body: pack(codec.toText(value, 3)), auditHash: '' })).toMatchObject({
      ...value,
      version: 3,
    });
  });
  test('result and unit result', () => {
    const through = (value: unknown) => pack(JSON.stringify(value));

    expect(readBody('TEST', schemas.result, through(an.result()))).toEqual(an.result());
    expect(readBody('TEST', schemas.unitResult, through(an.unitResult()))).toEqual(an.unitResult());
    expect(readBody('TEST', schemas.result, resultItem(an.result())['body'])).toEqual(an.result());
  });
  test('texts with a dictionary', () => {
    const long = fc.string({ minLength: 1_200, maxLength: 20_000, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.oneof(fc.string(), long), (value) => {
        expect(unpack(packWith(RESULT_DICTIONARY, value))).toBe(value);
      }),
    );
  });
  test('a dictionary that bodies were written with stays as it is', () => {
    expect([...DICTIONARIES].map(([number, text]) => [number, hash('sha256', text)])).toEqual([
      [1, '3b08cf323809ce2c6227ca86fc5848b2716d7e6a0ab408a84332e417b10bf1a0'],
    ]);
  });
  test('a body with a dictionary that is not known is refused', () => {
    const body = Buffer.from(packWith(RESULT_DICTIONARY, JSON.stringify(an.result())));
    body[1] = 255;

    expect(() => readBody('TEST', schemas.result, body)).toThrow('body cannot be unpacked');
  });
  test('texts of any length in chunks', () => {
    for (const length of [0, 1, 100_000, 3_000_000]) {
      let state = 1;
      const characters = Array.from({ length }, () => {
        state = Math.imul(state, 48_271) >>> 0;
        return String.fromCharCode(33 + (state % 94));
      }).join('');
      const items = toChunks('pk', 'P#', characters);

      expect(fromChunks('TEST', items)).toBe(characters);
      expect(fromChunks('TEST', items.slice(0, -1))).toBeNull();
      for (const { bytes } of items) expect((bytes as Uint8Array).length).toBeLessThanOrEqual(350_000);
    }
  });
  test('chunks that an interrupted earlier writing left behind are passed over', () => {
    const longer = toChunks(
      'pk',
      'P#',
      crypto.getRandomValues(Buffer.alloc(60_000)).toString('hex').repeat(1),
    );
    const items = toChunks('pk', 'P#', 'short');

    expect(fromChunks('TEST', [...items, ...longer.slice(1), { ...longer[0], chunk: 7 }])).toBe('short');
  });
});

/** The value, and the same with one member (or the whole) in the place of another, or of none. */
const damaged = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, fc.nat(), fc.jsonValue({ maxDepth: 1 }), fc.boolean())
    .map(([intact, at, other, isAbsent]) => {
      const copy: { readonly value: unknown } = JSON.parse(JSON.stringify({ value: intact }));
      const places: [object, string][] = [];
      const walk = (inside: object): void => {
        for (const [key, member] of Object.entries(inside)) {
          places.push([inside, key]);
          if (typeof member === 'object' && member !== null) walk(member);
        }
      };
      walk(copy);
      const [parent, key] = places[at % places.length] ?? [copy, 'value'];
      if (isAbsent) Reflect.deleteProperty(parent, key);
      else Reflect.set(parent, key, other);
      return copy.value;
    });

describe('a shape that has been asked for often, and was compiled,', () => {
  const same = <T>(schema: Parameters<typeof hotShape<T>>[0], value: fc.Arbitrary<T>): void => {
    const shape = hotShape(schema);
    const used = Array.from({ length: 500 }, () => shape()).at(-1) ?? schema();
    expect(used).not.toBe(schema());
    const outcomeOf = (by: typeof schema, one: unknown): string => {
      try {
        return JSON.stringify(check('TEST', by, one));
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(fc.oneof(value, damaged(value)), (one) => {
        expect(outcomeOf(() => used, one)).toBe(outcomeOf(schema, one));
      }),
      { numRuns: 400 },
    );
  };
  test('takes and refuses the same plans', () => same(schemas.plan, plan));
  test('takes and refuses the same realisations', () => same(schemas.realisation, realisation));
  test('takes and refuses the same ratings', () => same(schemas.rating, rating));
  test('takes and refuses the same staff', () => same(schemas.staff, staff));
});

describe('canonical JSON', () => {
  test('is the same for the same value, however its members are ordered', () => {
    const shuffled = (value: object) => Object.fromEntries(Object.entries(value).toReversed());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: 1e21 })).toBe(
      '{"a":1e+21,"b":[1,{"c":"é","d":null}]}',
    );
  });

  test('leaves out what is undefined, and puts keys in the order of their code units', () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
    expect(canonicalJson({ 10: 1, 9: 2, '\u{1F600}': 3, '\uFB33': 4 })).toBe(
      '{"10":1,"9":2,"\u{1F600}":3,"\uFB33":4}',
    );
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  test.each([[undefined], [Number.NaN], [new Map()], [1n], [[undefined]]])('has no word for %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('an item that does not fit its codec', () => {
  let table: TestTable;
  let store: Store;
  beforeAll(async () => {
    table = await createTestTable();
    store = createStore({ client: table.client, tableName: table.tableName });
  });
  afterAll(() => table.drop());

  test.each([
    ['no JSON', 'Siti Rahasia {'],
    ['another shape', JSON.stringify({ ...an.staff({ id: 's-x', name: 'Siti Rahasia' }), nip: 19850101 })],
    ['nothing', null],
    ['bytes that are not compressed text', Buffer.from('Siti Rahasia')],
  ])('(%s) is a loud error that names the pattern and nobody', async (name, body) => {
    const id = `s-${name}`;
    await store.commit(an.intent(), [store.staff.save(null, an.staff({ id }))]);
    await table.client.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: keys.staffKey(id),
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': body },
      }),
    );

    const error = await store.staff.get(id).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(StoredItemError);
    expect(error).toMatchObject({ pattern: 'STAFF# / STAFF' });
    expect(error).not.toHaveProperty('cause');
    expect(String(error)).not.toMatch(/Siti|Rahasia|1985/);
  });

  test('is not written in the first place', () => {
    const broken = an.goal();
    Reflect.set(broken, 'fromYear', '2025');

    expect(() => store.goals.save(null, broken)).toThrow(StoredItemError);
  });

  test('of a time that did not know who brought a figure is read on the safe side', () => {
    const { source: _source, ...rating } = an.rating({ source: 'IMPORT' });
    const { reportedBy: _reportedBy, ...realisation } = an.realisation({ reportedBy: 's-0001' });
    expect(readBody('RATE#', schemas.rating, canonicalJson(rating)).source).toBe('RATER');
    expect(readBody('REAL#', schemas.realisation, canonicalJson(realisation)).reportedBy).toBeNull();
  });

  test('with members of a later version is read, and they are left out', () => {
    const body = JSON.stringify({ ...an.goal(), colour: 'red' });

    expect(readBody('TEST', schemas.goal, body)).toEqual(an.goal());
  });
});

describe('the size of realistic items', () => {
  const size = (item: Readonly<Record<string, unknown>>): number =>
    Object.entries(item).reduce(
      (sum, [name, value]) =>
        sum + name.length + (value instanceof Uint8Array ? value.length : Buffer.byteLength(String(value))),
      0,
    );

  test('a result of eight lines fits one write unit, a ranking page of 300 twelve read units', () => {
    const entries = Array.from({ length: 300 }, (_, at) => ({
      staffId: `s-${crypto.randomUUID()}`,
      unitId: `u-${crypto.randomUUID().slice(0, 8)}`,
      score: Math.floor(Math.random() * 120_000_000),
      rank: at + 1,
    }));

    expect(JSON.stringify(an.result()).length).toBeGreaterThan(5_000);
    expect(size(resultItem(an.result()))).toBeLessThan(1_024);
    expect(pack(JSON.stringify(entries)).length).toBeLessThan(12 * 4_096);
  });

  test('a plan of eight lines with twelve monthly targets fits two write units', () => {
    const lines = Array.from({ length: 8 }, (_, at) =>
      an.planLine({ id: `L${at + 1}`, title: `${an.planLine().title} ${at}`, indicatorId: `i-${at}` }),
    );
    const body = canonicalJson(an.plan({ agreed: an.planContent(1, lines), proposal: null }));

    expect(body.length).toBeGreaterThan(5_000);
    expect(pack(body).length).toBeLessThan(2_000);
    expect(unpack(pack(body))).toBe(body);
  });

  test('a rating and a realisation fit one write unit', () => {
    for (const body of [canonicalJson(an.rating()), canonicalJson(an.realisation())]) {
      expect(body.length).toBeLessThan(500);
    }
  });
});
