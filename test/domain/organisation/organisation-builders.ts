import type { Organisation, Unit } from '../../../functions/domain/organisation/organisation.ts';

type Row = readonly [id: string, parentId: string | null, headId: string | null];

/** Units by id, parent and head (null: vacant); the code is the id. */
export const organisationOf = (rows: readonly Row[]): Organisation => ({
  version: 1,
  units: new Map(
    rows.map(([id, parentId, headId]): [string, Unit] => [
      id,
      {
        id,
        code: id,
        name: id,
        kind: 'DINAS',
        mission: null,
        parentId,
        heads: headId === null ? [] : [{ staffId: headId, from: '2020-01-01', to: null }],
        shardCount: 1,
        retiredFrom: null,
        version: 1,
      },
    ]),
  ),
});

/** The same organisation with another head of one unit. */
export const headed = (organisation: Organisation, unitId: string, headId: string | null): Organisation => ({
  version: organisation.version + 1,
  units: new Map(
    [...organisation.units].map(([id, unit]) => [
      id,
      id === unitId
        ? { ...unit, heads: headId === null ? [] : [{ staffId: headId, from: '2020-01-01', to: null }] }
        : unit,
    ]),
  ),
});
