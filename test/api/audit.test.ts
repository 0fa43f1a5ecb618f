import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditor, employee, hrAdmin, planner, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

interface Trail {
  readonly auditTrail: {
    readonly nodes: readonly {
      readonly sequence: number;
      readonly operation: string;
      readonly actorId: string;
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
    nodes { sequence operation actorId actorRole previousHash hash after }
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
    expect((await trailOf(`${rating}SUPERIOR#${people.agencyHead}`)).codes).toEqual([]);
  });

  test('tells an inspector nothing of who is to rate them', async () => {
    for (const trail of ['PEER_PANEL#2026-Q1#', 'RATING_DECLINE#2026-Q1#'])
      expect((await trailOf(`${trail}${auditor.staffId}`)).codes).toEqual(['FORBIDDEN']);
    expect((await trailOf(`RATING_DECLINE#2026-Q1#${auditor.staffId}#${people.nurse}`)).codes).toEqual([
      'FORBIDDEN',
    ]);
    expect((await trailOf(`PEER_PANEL#2026-Q1#${people.nurse}`)).codes).toEqual([]);
  });

  test('of something that is nothing is refused, of something unknown empty', async () => {
    expect((await trailOf('units')).codes).toEqual(['INVALID_FORMAT']);
    expect((await trailOf('UNIT#none')).data.auditTrail).toEqual({
      nodes: [],
      verification: { entries: 0, brokenAt: null },
    });
  });
});
