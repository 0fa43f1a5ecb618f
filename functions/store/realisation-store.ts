import type { Realisation } from '../domain/indicator/realisation.ts';
import { periodsCovering } from '../domain/period/span.ts';
import { getItems } from './batch-get.ts';
import { bodyAlone, entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { Stored, WorkAddress, Write } from './contract/stored.ts';
import { auditName, realisationKey, realisationPrefix, workPartition } from './keys.ts';
import * as schemas from './schemas.ts';
import type { RealisationStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { type Gate, prepare } from './write.ts';

const codec = entityCodec<Realisation>('WORK# / REAL#', schemas.realisation);

/** A key names the month without its year, which the partition has. */
const isOfYear = ({ year }: WorkAddress, { month }: Pick<Realisation, 'month'>): boolean =>
  Number(month.slice(0, 4)) === year;

export function realisationStore(table: Table): RealisationStore {
  const saveWith = (
    address: WorkAddress,
    before: Stored<Realisation> | null,
    after: Realisation,
    gates: readonly Gate[],
  ): Write =>
    prepare(
      {
        audit: auditName.realisation(after),
        key: realisationKey(address, after),
        ...codec.change(before, after),
        attributes: { state: after.state },
        ifPresent: conflict,
      },
      undefined,
      gates,
    );
  return {
    get: async (address, key) => {
      if (!isOfYear(address, key)) return null;
      const item = await getItem(table, realisationKey(address, key));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (of) => {
      const items = await getItems(
        table,
        of.map(({ address, ...key }) => realisationKey(address, key)),
      );
      return of.map(({ address, ...key }, at) => {
        const item = items[at];
        return item === undefined || !isOfYear(address, key) ? null : codec.read(item);
      });
    },
    // The months of a plan lie apart, so that the close of a quarter reads only its own: one query a month, side by side.
    ofPlan: async (address, planId, months) =>
      (
        await Promise.all(
          months.map((month) =>
            queryAll(table, { pk: workPartition(address), prefix: realisationPrefix(month, planId) }),
          ),
        )
      )
        .flat()
        .map(codec.read),
    ofCollection: async (address, from, to) =>
      (
        await queryAll(table, {
          pk: workPartition(address),
          from: realisationPrefix(from),
          to: realisationPrefix(to),
          attributes: bodyAlone,
        })
      ).map(codec.readValue),
    // What an earlier release wrote says its state in the body alone.
    reportedIn: async (address, from, to) =>
      (
        await queryAll(table, {
          pk: workPartition(address),
          from: realisationPrefix(from),
          to: realisationPrefix(to),
          filter: {
            expression: 'attribute_not_exists(#state) OR #state = :reported',
            names: { '#state': 'state' },
            values: { ':reported': 'REPORTED' },
          },
        })
      )
        .map(codec.read)
        .filter(({ state }) => state === 'REPORTED'),
    save: (address, before, after) =>
      saveWith(
        address,
        before,
        after,
        periodsCovering(after.month).map((periodId) => ({ kind: 'NOT_SHUT', periodId })),
      ),
    correct: (address, before, after) =>
      saveWith(address, before, after, [{ kind: 'YEAR', year: address.year }]),
  };
}
