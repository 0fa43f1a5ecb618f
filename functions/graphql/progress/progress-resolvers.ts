import type { Organisation } from '../../domain/organisation/organisation.ts';
import {
  PERSON_PACES,
  sumCounts,
  sumLacking,
  type UnitProgress,
} from '../../domain/progress/unit-progress.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import {
  peopleOf,
  progressOfAgreement,
  readProgress,
  readRegionProgress,
  readUnitProgress,
  unitsBelow,
} from '../../usecases/progress/read-progress.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { connect } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const countsOf = (counts: UnitProgress['counts']) =>
  PERSON_PACES.map((pace) => ({ pace, count: counts[pace] }));

/** Units by code: what was read at once is cut into pages. */
const pageOfUnits =
  (organisation: Organisation, units: readonly UnitProgress[]) =>
  async ({ first, after }: PageRequest): Promise<Page<UnitProgress>> => {
    const sorted = units
      .flatMap((value) => {
        const unit = organisation.units.get(value.unitId);
        return unit === undefined ? [] : [{ value, position: `${unit.code} ${unit.id}` }];
      })
      .filter(({ position }) => after === null || position > after)
      .sort((a, b) => (a.position < b.position ? -1 : 1));
    return { items: sorted.slice(0, first), hasMore: sorted.length > first };
  };

export const progressResolvers: Resolvers = {
  Query: {
    progress: (_, args, { deps, actor }) => readProgress(deps, actor, args),
    unitProgress: (_, args, { deps, actor }) => readUnitProgress(deps, actor, args),
    regionProgress: async (_, { year }, { deps, actor }) => ({
      year,
      units: await readRegionProgress(deps, actor, year),
    }),
  },
  PlanProgress: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
  LineProgress: {
    lineId: ({ line }) => line.id,
    kind: ({ line }) => line.kind,
    title: ({ line }) => line.title,
    measure: ({ line }) => line.measure,
  },
  UnitProgress: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    counts: ({ counts }) => countsOf(counts),
    agreementPace: ({ agreement }) => agreement,
    agreement: (progress, _, { deps }) => progressOfAgreement(deps, progress),
    people: (progress, { paces, lacking, ...args }, { deps, actor }) =>
      connect(
        {
          query: 'UnitProgress.people',
          scope: [progress.unitId, progress.year, paces ?? null, lacking ?? false],
        },
        args,
        (page) => peopleOf(deps, actor, progress, { paces, lacking }, page),
      ),
    below: async (progress, _, { deps }) => countsOf(sumCounts(await unitsBelow(deps, progress))),
    lackingBelow: async (progress, _, { deps }) => sumLacking(await unitsBelow(deps, progress)),
    unitsBelow: async (progress, args, { deps }) =>
      connect(
        { query: 'UnitProgress.unitsBelow', scope: [progress.unitId, progress.year] },
        args,
        pageOfUnits(await deps.store.organisation.load(), await unitsBelow(deps, progress)),
      ),
  },
  RegionProgress: {
    counts: ({ units }) => countsOf(sumCounts(units)),
    lacking: ({ units }) => sumLacking(units),
    oldestAt: ({ units }) => units.map(({ at }) => at).sort()[0] ?? null,
    units: async ({ units, year }, args, { deps }) =>
      connect(
        { query: 'RegionProgress.units', scope: year },
        args,
        pageOfUnits(await deps.store.organisation.load(), units),
      ),
  },
  PersonProgress: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
