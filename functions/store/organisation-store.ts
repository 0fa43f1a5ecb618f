import type { Unit } from '../domain/organisation/organisation.ts';
import { problem, reject } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import {
  auditName,
  organisationPartition,
  organisationVersionKey,
  rosterVersionKey,
  staffKey,
  unitCodeKey,
  unitKey,
  unitPrefix,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { OrganisationStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { uniqueness } from './uniqueness.ts';
import { requireUnchanged, unchanged } from './version-check.ts';
import { type Action, prepare } from './write.ts';

const codec = entityCodec<Unit>('ORG / UNIT#', schemas.unit);

type Loaded = Awaited<ReturnType<OrganisationStore['load']>>;

/** Readings of the tree before giving up: it would have to change during each of them. */
const READINGS = 10;

export function organisationStore(table: Table): OrganisationStore {
  let known: { readonly version: number; readonly organisation: Promise<Loaded> } | undefined;

  const currentVersion = async (): Promise<number> =>
    Number((await getItem(table, organisationVersionKey))?.['version'] ?? 0);

  /** The units as they are at one version: read again when it was raised while they were read. */
  const read = async (from: number): Promise<Loaded> => {
    let version = from;
    for (let reading = 1; reading <= READINGS; reading += 1) {
      const units = (await queryAll(table, { pk: organisationPartition, prefix: unitPrefix })).map(
        codec.read,
      );
      const after = await currentVersion();
      if (after === version) {
        return {
          version,
          units: new Map(units.map(({ auditHash: _, ...unit }) => [unit.id, unit])),
          trails: new Map(units.map(({ id, auditHash }) => [id, auditHash])),
        };
      }
      version = after;
    }
    throw reject('BUSY');
  };

  const unit: OrganisationStore['unit'] = async (id) => {
    const item = await getItem(table, unitKey(id));
    return item === undefined ? null : codec.read(item);
  };

  return {
    load: async () => {
      const version = await currentVersion();
      if (known?.version !== version) {
        const organisation = read(version);
        known = { version, organisation };
        const settle = (settled: typeof known): void => {
          if (known?.organisation === organisation) known = settled;
        };
        organisation.then(
          ({ version: reached }) => settle({ version: reached, organisation }),
          () => settle(undefined),
        );
      }
      return known.organisation;
    },
    unit,
    unitByCode: async (code) => {
      const item = await getItem(table, unitCodeKey(code));
      return item === undefined ? null : unit(String(item['id']));
    },
    save: (organisationVersion, before, after, { heads = [], rosterVersion } = {}) =>
      prepare(
        {
          audit: auditName.unit(after.id),
          key: unitKey(after.id),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => [
          raiseVersion(table, organisationVersion),
          ...heads.map(({ id, version }) => requireUnchanged(table, staffKey(id), version)),
          ...(rosterVersion === undefined ? [] : [shutRoster(table, after.id, rosterVersion)]),
          ...uniqueness(table, {
            field: 'code',
            owner: after.id,
            before: before && { key: unitCodeKey(before.code) },
            after: { key: unitCodeKey(after.code), shown: after.code },
          }),
        ],
      ),
  };
}

/** Two changes of the tree that both read the same version never both win. */
function raiseVersion(table: Table, from: number): Action {
  return {
    key: organisationVersionKey,
    item: {
      Update: {
        TableName: table.name,
        Key: organisationVersionKey,
        UpdateExpression: 'SET #version = :next',
        ...unchanged(from, { ':next': from + 1 }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: conflict,
    shared: `raise ${from}`,
  };
}

/** The organisation is still at that version. */
export const requireVersion = (table: Table, version: number): Action =>
  requireUnchanged(table, organisationVersionKey, version);

/** From then on nobody can join; whoever joined since the version was read is found by the condition. */
function shutRoster(table: Table, unitId: string, rosterVersion: number): Action {
  const key = rosterVersionKey(unitId);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET retired = :true',
        ...unchanged(rosterVersion, { ':true': true }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}
