import { synthesiseTable } from '../../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../../infra/local/dynamodb-local.ts';
import type { DatabaseConnection } from '../../../infra/local/table.ts';
import type { RegionSpec } from '../../workflow/region.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';
import { agreeOnPlan, indicatorFor } from './agreement.ts';
import { type Arena, openArena } from './clients.ts';
import { redeemCodes } from './codes.ts';
import { rateAtDeadline } from './deadline.ts';
import { competeForPlaces } from './places.ts';
import type { Played } from './scenario.ts';

const PERIOD = '2026-Q1';
const NURSES = Array.from({ length: 8 }, (_, at) => `perawat-${at + 1}`);

/** A puskesmas with its head and eight nurses; nothing is planned and nobody is rated. */
const REGION: RegionSpec = {
  periodId: PERIOD,
  units: [
    { id: 'dinas', head: 'kadis' },
    { id: 'puskesmas-a', parent: 'dinas', head: 'kapus' },
  ],
  people: [
    { id: 'kadis', unit: 'dinas', jobGroup: 'leader' },
    { id: 'kapus', unit: 'puskesmas-a', jobGroup: 'leader' },
    ...NURSES.map((id) => ({ id, unit: 'puskesmas-a', jobGroup: 'nurse' })),
  ],
};

/** How often each scenario is played; a plan is agreed on once a nurse, so eight times at most. */
export interface Rounds {
  readonly codes: number;
  readonly places: number;
  readonly agreements: number;
  readonly deadlines: number;
}

const FULL: Rounds = { codes: 25, places: 40, agreements: 8, deadlines: 12 };

/** What people compete for, played by many clients at once, with every history checked against a model of one after the other. */
export async function checkCompetition({ seed }: TrustOptions): Promise<readonly Finding[]> {
  const database = await startDynamoDbLocal();
  try {
    return await compete(database, synthesiseTable('competition'), FULL, seed);
  } finally {
    await database.close();
  }
}

export async function compete(
  database: DatabaseConnection,
  table: Parameters<typeof openArena>[1],
  rounds: Rounds,
  seed: number,
): Promise<readonly Finding[]> {
  const repeat = async (times: number, act: (round: number) => Promise<Played>): Promise<Played[]> => {
    const played: Played[] = [];
    for (let round = 0; round < times; round += 1) played.push(await act(round));
    return played;
  };
  const close = (arena: Arena): Promise<Played> =>
    rateAtDeadline(arena, PERIOD, 'kapus', NURSES, 4 + arena.random(40));
  const arena = await openArena(database, table, REGION, seed);
  try {
    const codes = await repeat(rounds.codes, () => redeemCodes(arena, 'kapus'));
    const places = await repeat(rounds.places, () => competeForPlaces(arena, NURSES));
    const indicatorId = await indicatorFor(arena);
    const agreements = await repeat(rounds.agreements, (round) =>
      agreeOnPlan(arena, indicatorId, { owner: NURSES[round] ?? '', superior: 'kapus', year: 2026 }),
    );
    const deadlines = [await close(arena)];
    // A period closes once: each further time it takes a region of its own.
    for (let round = 1; round < rounds.deadlines; round += 1) {
      const another = await openArena(database, table, REGION, seed + round);
      try {
        deadlines.push(await close(another));
      } finally {
        another.close();
      }
    }
    return rowsOf({ codes, places, agreements, deadlines });
  } finally {
    arena.close();
  }
}

type Scenarios = Readonly<Record<keyof Rounds, readonly Played[]>>;

const rowsOf = ({ codes, places, agreements, deadlines }: Scenarios): readonly Finding[] => [
  row('single-use codes and the limit without one, redeemed at once', codes),
  row('places of a programme, with queue, double clicks and more places', places),
  row('a plan’s dialogue from two devices on each side', agreements),
  row('ratings replaced while the close begins', deadlines),
];

const row = (subject: string, played: readonly Played[]): Finding =>
  finding(
    subject,
    { count: sum(played, 'operations'), of: 'operations' },
    'violations',
    played.flatMap(({ wrong }) => wrong),
    `${sum(played, 'again')} asked to try again`,
  );

const sum = (played: readonly Played[], of: 'operations' | 'again'): number =>
  played.reduce((total, one) => total + one[of], 0);
