import { canonicalJson } from '../domain/canonical-json.ts';
import { type CorrectionContent, NOTHING_CORRECTED } from '../domain/period/correction.ts';
import type { Period, PeriodState } from '../domain/period/period.ts';
import { problem } from '../domain/problem.ts';
import { check, entityCodec, pack } from './codec.ts';
import type { Stored } from './contract/stored.ts';
import {
  auditName,
  closingIn,
  decisionsKey,
  frozenKey,
  GATE_COUNT,
  periodGateKey,
  periodKey,
  periodsPartition,
  yearsGateKey,
} from './keys.ts';
import { closeRegister, takeFromRegister } from './objection-register.ts';
import { requireVersion } from './organisation-store.ts';
import { destroyRaterSecret } from './rater-secret-store.ts';
import * as schemas from './schemas.ts';
import type { Frozen, PeriodStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { requireUnchanged } from './version-check.ts';
import { type Action, prepare } from './write.ts';

const codec = entityCodec<Period>('PERIODS / period', schemas.period);

export function periodStore(table: Table): PeriodStore {
  const read = async (id: string): Promise<Stored<Period> | null> => {
    const item = await getItem(table, periodKey(id));
    return item === undefined ? null : codec.read(item);
  };
  const isCancelled = ({ state }: Period): boolean => state === 'CANCELLED';
  return {
    get: async (id) => {
      const period = await read(id);
      return period !== null && isCancelled(period) ? null : period;
    },
    cancelled: async (id) => {
      const period = await read(id);
      return period !== null && isCancelled(period) ? period : null;
    },
    list: async () =>
      (await queryAll(table, { pk: periodsPartition }))
        .map(codec.read)
        .filter((period) => !isCancelled(period)),
    save: (before, after, frozen, correction) =>
      prepare(
        {
          audit: auditName.period(after.id),
          key: periodKey(after.id),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => [
          ...gateFlips(table, after, before?.state ?? null, after.state),
          ...(after.state === 'FINAL' && before?.state !== 'FINAL'
            ? [destroyRaterSecret(table, after.id)]
            : []),
          ...(frozen == null
            ? []
            : [
                requireVersion(table, frozen.organisationVersion),
                ...(frozen.unchanged ?? []).map(({ id, version }) =>
                  requireUnchanged(table, periodKey(id), version),
                ),
                ...freeze(table, after, frozen),
              ]),
          ...objectionActions(table, before, after, correction ?? NOTHING_CORRECTED),
        ],
      ),
  };
}

/** What a change of a period does to the register of objections, and to the record of a correction run. */
function objectionActions(
  table: Table,
  before: Period | null,
  after: Period,
  correction: CorrectionContent,
): Action[] {
  const { id, attempt, correcting } = after;
  if (before === null) return [];
  if (before.state === 'PUBLISHED') {
    if (after.state === 'OPEN') return [closeRegister(table, id, before.attempt, false)];
    if (after.state === 'FINAL') return [closeRegister(table, id, attempt, true)];
  }
  if (before.correcting === null && correcting !== null) {
    const key = decisionsKey(id, correcting);
    const item = { ...key, staff: correction.decisions, follows: correction.follows };
    return [{ key, item: { Put: { TableName: table.name, Item: item } }, refusal: () => null }];
  }
  return before.correcting !== null && correcting === null && correction.decisions.length > 0
    ? [takeFromRegister(table, id, attempt, correction.decisions)]
    : [];
}

/** What a change of state does to the gates. All are set alike in one transaction, so that any one of them tells the truth. */
function gateFlips(table: Table, period: Period, before: PeriodState | null, after: PeriodState): Action[] {
  const gates = Array.from({ length: GATE_COUNT }, (_, gate) => gate);
  const enters = (state: PeriodState) => before !== state && after === state;
  const leaves = (state: PeriodState) => before === state && after !== state;
  return [
    ...(enters('OPEN') || leaves('OPEN')
      ? gates.map((gate) => putPeriodGate(table, period.id, gate, after === 'OPEN'))
      : []),
    ...(enters('CLOSING') || leaves('CLOSING')
      ? gates.map((gate) => holdYear(table, period, gate, after === 'CLOSING' ? 'ADD' : 'DELETE'))
      : []),
  ];
}

function putPeriodGate(table: Table, periodId: string, gate: number, open: boolean): Action {
  const key = periodGateKey(periodId, gate);
  return {
    key,
    item: { Put: { TableName: table.name, Item: { ...key, open } } },
    refusal: () => null,
  };
}

/** The year is still as long as the set of its closing periods is not empty; DynamoDB drops a set with its last member. */
function holdYear(table: Table, { id, year }: Period, gate: number, change: 'ADD' | 'DELETE'): Action {
  const key = yearsGateKey(gate);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: `${change} ${closingIn(year)} :period`,
        ExpressionAttributeValues: { ':period': new Set([id]) },
      },
    },
    refusal: () => null,
  };
}

/** Keeps with the run what it was begun with: of several snapshots the one that counts, and a copy of the policy. */
function freeze(table: Table, { id, run, policy }: Period, frozen: Frozen): Action[] {
  if (run === null || policy === null) return [];
  const key = frozenKey(id, run);
  const { organisationVersion, snapshot, builtOn } = frozen;
  const item = {
    ...key,
    organisationVersion,
    snapshot,
    ...(builtOn !== undefined && { builtOn }),
    policy: pack(canonicalJson(check(codec.pattern, schemas.policy, policy))),
  };
  return [{ key, item: { Put: { TableName: table.name, Item: item } }, refusal: () => null }];
}
