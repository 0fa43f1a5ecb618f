import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditedKey, auditName, trailParts } from '../../functions/store/keys.ts';
import { auditor, employee, hrAdmin, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

interface Trail {
  readonly auditTrail: {
    readonly nodes: readonly {
      readonly sequence: number;
      readonly operation: string;
      readonly actorId: string;
      readonly actor: { readonly name: string } | null;
      readonly actorRole: string;
      readonly previousHash: string;
      readonly hash: string;
      readonly after: string | null;
    }[];
    readonly verification: { readonly entries: number; readonly brokenAt: number | null };
  };
}

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const TRAIL = `query ($entity: String!) {
  auditTrail(entity: $entity) {
    nodes { sequence operation actorId actor { name } actorRole previousHash hash after }
    verification { entries brokenAt }
  }
}`;
const trailOf = (entity: string, who = auditor) => send<Trail>(api.handler, who, TRAIL, { entity });

describe('the audit trail', () => {
  test('says who did what in which role, each entry chained to the one before', async () => {
    const { data, codes } = await trailOf(`UNIT#${unitId('D')}`);
    expect(codes).toEqual([]);
    const { nodes, verification } = data.auditTrail;
    expect(
      nodes.map(({ sequence, operation, actorId, actorRole }) => [sequence, operation, actorId, actorRole]),
    ).toEqual([
      [1, 'importUnits', hrAdmin.staffId, 'HR_ADMIN'],
      [2, 'importUnits', hrAdmin.staffId, 'HR_ADMIN'],
    ]);
    // An account of nobody on staff.
    expect(nodes[0]?.actor).toBeNull();
    expect(nodes[1]?.previousHash).toBe(nodes[0]?.hash);
    expect(JSON.parse(nodes[1]?.after ?? '')).toMatchObject({
      code: 'D',
      heads: [{ staffId: people.agencyHead }],
    });
    expect(verification).toEqual({ entries: 2, brokenAt: null });
  });

  test('is for inspectors', async () => {
    for (const who of [employee, hrAdmin, planner])
      expect((await trailOf(`UNIT#${unitId('D')}`, who)).codes).toEqual(['FORBIDDEN']);
  });

  test('names nobody who rated anonymously', async () => {
    const rating = `RATING#2026-Q1#${people.head}#`;
    for (const group of ['PEER', 'SUBORDINATE', 'PUBLIC'])
      expect((await trailOf(`${rating}${group}#${people.nurse}`)).codes).toEqual(['FORBIDDEN']);
    expect((await trailOf(`${rating}SUPERIOR#${people.agencyHead}`)).codes).toEqual(['NOT_FOUND']);
  });

  test('tells an inspector nothing of how they are rated, and who is to rate them', async () => {
    expect((await trailOf(`ASSESSOR_RATING#2026-Q1#${auditor.staffId}`)).codes).toEqual(['FORBIDDEN']);
    expect((await trailOf(`RATING#2026-Q1#${auditor.staffId}#SUPERIOR#${people.head}`)).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await trailOf(`ASSESSOR_RATING#2026-Q1#${people.nurse}`)).codes).toEqual(['NOT_FOUND']);
    expect((await trailOf(`PEER_PANEL#2026-Q1#${auditor.staffId}`)).codes).toEqual(['FORBIDDEN']);
    expect((await trailOf(`RATING_DECLINE#2026-Q1#${auditor.staffId}#${people.nurse}`)).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await trailOf(`PEER_PANEL#2026-Q1#${people.nurse}`)).codes).toEqual(['NOT_FOUND']);
  });

  test('of something that is nothing, or of which nothing is known, is refused', async () => {
    for (const entity of ['units', 'FOO#1', 'OBJECTION#2026-Q1:1:n1', 'UNIT#', 'UNIT#a#b', 'constructor#a'])
      expect([entity, (await trailOf(entity)).codes]).toEqual([entity, ['INVALID_FORMAT']]);
    const { errors } = await trailOf('OBJECTION#2026-Q1:1:n1');
    expect(errors[0]?.message).toContain('OBJECTION#staffId#periodId#attempt');
    for (const entity of ['UNIT#none', 'OBJECTION#n1#2026-Q1#1', 'PLAN#n1:2026'])
      expect([entity, (await trailOf(entity)).codes]).toEqual([entity, ['NOT_FOUND']]);
  });

  test('is found by the names that the contract lists', () => {
    const schema = readFileSync(new URL('../../schema/audit.graphql', import.meta.url), 'utf8');
    for (const [kind, parts] of Object.entries(trailParts)) {
      expect(schema).toContain(`\`${[kind, ...parts].join('#')}\``);
      expect(auditedKey([kind, ...parts.map(() => 'L1.c-1')].join('#')), kind).not.toBeNull();
    }
    const names = Object.values(auditName).map((name) => String(name).match(/`([A-Z_]+)#/)?.[1]);
    for (const kind of names.filter((kind) => kind !== undefined)) expect(trailParts).toHaveProperty(kind);
  });
});
