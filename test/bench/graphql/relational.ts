import { Client } from 'pg';
import {
  INSTRUMENTS,
  PERIOD_ID,
  planOf,
  ratingsOf,
  realisationsOf,
  STAFF_A_UNIT,
  staffIdOf,
  unitIdOf,
} from '../bulk-region.ts';
import type { Postgres } from '../postgres.ts';
import { OPEN_PERIOD } from './operations.ts';

/** What the endpoint says of a person's result, as far as rows are made of it. */
export interface ExplainedResult {
  readonly summary: string;
  readonly predicate: string | null;
  readonly score: Figure | null;
  readonly scoreShares: { readonly workResult: string; readonly behaviour: string } | null;
  readonly ranks: Readonly<
    Record<'unit' | 'jobGroup' | 'region', { readonly rank: number; readonly of: number } | null>
  >;
  readonly workResult: {
    readonly score: Figure | null;
    readonly lines: readonly {
      readonly lineId: string;
      readonly title: string;
      readonly target: { readonly value: string | null } | null;
      readonly realisation: string | null;
      readonly achievement: Figure | null;
      readonly weight: string;
      readonly effectiveWeight: string | null;
      readonly rating: string | null;
      readonly months: readonly {
        readonly month: string;
        readonly realisation: string | null;
        readonly state: string | null;
      }[];
    }[];
  };
  readonly behaviour: {
    readonly score: Figure | null;
    readonly rawScore: Figure | null;
    readonly counts: string;
    readonly pools: readonly {
      readonly groups: readonly string[];
      readonly raters: number;
      readonly mean: { readonly numerator: string; readonly denominator: string } | null;
      readonly points: Figure | null;
      readonly effectiveWeight: string | null;
    }[];
  };
  readonly roundingNote: string | null;
}
interface Figure {
  readonly exact?: string;
  readonly shown?: string;
}

export interface Person {
  readonly staffId: string;
  readonly result: ExplainedResult | null;
}

/** A straightforward relational schema of the same: keys, foreign keys, and an index for each list that is asked for. */
const SCHEMA = `
create table unit (id text primary key, code text not null unique, name text not null, mission text, parent_id text references unit, head_id text);
create index on unit (parent_id);
create table person (id text primary key, nip text not null unique, name text not null, roles text[] not null, position text not null, grade text not null,
  job_group text not null, unit_id text not null references unit, assessor_id text references person);
create index on person (unit_id, name);
create index on person (assessor_id);
create table period (id text primary key, state text not null, closes_at timestamptz not null);
create table plan (id text primary key, staff_id text references person, unit_id text references unit, year int not null, version int not null default 0, proposal_state text,
  unique (staff_id, year));
create index on plan (unit_id);
create table plan_line (plan_id text references plan, line_id text, title text not null, indicator_name text not null, weight numeric not null, primary key (plan_id, line_id));
create table target (plan_id text, line_id text, month text, value numeric not null, primary key (plan_id, line_id, month), foreign key (plan_id, line_id) references plan_line);
create table realisation (plan_id text, line_id text, month text, value numeric not null, evidence text[] not null default '{}', state text not null default 'REPORTED',
  version int not null default 0, primary key (plan_id, line_id, month), foreign key (plan_id, line_id) references plan_line);
create index on realisation (plan_id) where state = 'REPORTED';
create table instrument (id text primary key, scale_low int not null, scale_high int not null);
create table rating (period_id text references period, ratee_id text references person, rater_id text not null, rater_group text not null, instrument_id text not null references instrument,
  scores int[] not null, version int not null default 0, primary key (period_id, ratee_id, rater_group, rater_id));
create index on rating (instrument_id);
create table unit_result (unit_id text references unit, period_id text references period, score_shown numeric, predicate text, primary key (unit_id, period_id));
create index on unit_result (period_id);
create table result (staff_id text references person, period_id text references period, unit_id text not null references unit, summary text not null, predicate text,
  score_exact numeric, score_shown numeric, work_share numeric, behaviour_share numeric, rank_unit int, of_unit int, rank_job_group int, of_job_group int, rank_region int, of_region int,
  work_score numeric, behaviour_score numeric, raw_score numeric, counts text not null, rounding_note text, primary key (staff_id, period_id));
create index on result (period_id, rank_region);
create index on result (unit_id);
create table result_line (staff_id text, period_id text, line_id text, title text not null, target numeric, realisation numeric, achievement numeric, weight numeric not null,
  effective_weight numeric, rating text, primary key (staff_id, period_id, line_id), foreign key (staff_id, period_id) references result);
create table result_month (staff_id text, period_id text, line_id text, month text, realisation numeric, state text, primary key (staff_id, period_id, line_id, month),
  foreign key (staff_id, period_id, line_id) references result_line);
create table result_pool (staff_id text, period_id text, pool int, groups text[] not null, raters int not null, numerator numeric, denominator numeric, points numeric, effective_weight numeric,
  primary key (staff_id, period_id, pool), foreign key (staff_id, period_id) references result);
create table notice (id bigserial primary key, staff_id text not null references person, kind text not null, title text not null, text text not null, at timestamptz not null, read boolean not null);
create index on notice (staff_id, read);
create index on notice (staff_id, at);
create type task as (kind text, staff_id text, plan_id text, period_id text, rater_group text, count int, deadline timestamptz);
comment on type task is E'@foreignKey (staff_id) references person (id)';
create function my_tasks(me text) returns setof task language sql stable as $$
  select 'VERIFY_REALISATIONS', s.id, p.id, null, null, count(*)::int, null::timestamptz
    from person s join plan p on p.staff_id = s.id join realisation r on r.plan_id = p.id and r.state = 'REPORTED' where s.assessor_id = me group by s.id, p.id
  union all
  select 'AGREE_PLAN', s.id, p.id, null, null, 1, null from person s join plan p on p.staff_id = s.id where s.assessor_id = me and p.proposal_state = 'PROPOSED'
  union all
  select 'RATE', s.id, null, d.id, 'SUPERIOR', 1, d.closes_at from period d cross join person s where d.state = 'OPEN' and s.assessor_id = me
    and not exists (select from rating r where r.period_id = d.id and r.ratee_id = s.id and r.rater_group = 'SUPERIOR' and r.rater_id = me)
$$;
`;

type Row = readonly unknown[];

/** Writes the region's rows: what was seeded, and the results as the endpoint tells them. */
export async function loadRegion(postgres: Postgres, people: readonly Person[]): Promise<void> {
  const { host, user, database } = postgres;
  const client = new Client({ host, user, database });
  await client.connect();
  try {
    await client.query(SCHEMA);
    const insert = async (table: string, columns: string, rows: readonly Row[]): Promise<void> => {
      const names = columns.split(' ');
      for (let from = 0; from < rows.length; from += 2_000) {
        const objects = rows
          .slice(from, from + 2_000)
          .map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
        await client.query(
          `insert into ${table} (${names.join(', ')}) select ${names.join(', ')} from json_populate_recordset(null::${table}, $1)`,
          [JSON.stringify(objects)],
        );
      }
    };
    const units = Math.ceil(people.length / STAFF_A_UNIT);
    const unitOf = (person: number): number => Math.floor(person / STAFF_A_UNIT);
    const headOf = (person: number): string => staffIdOf(unitOf(person) * STAFF_A_UNIT);
    await insert(
      'unit',
      'id code name mission parent_id head_id',
      Array.from({ length: units }, (_, unit) => [
        unitIdOf(unit),
        unitIdOf(unit),
        `Puskesmas ${unit}`,
        null,
        unit === 0 ? null : unitIdOf(0),
        staffIdOf(unit * STAFF_A_UNIT),
      ]),
    );
    await insert(
      'person',
      'id nip name roles position grade job_group unit_id assessor_id',
      people.map(({ staffId }, person) => [
        staffId,
        `19800101200501${String(1_000_000 + person).slice(-4)}${person}`,
        `Pegawai ${person}`,
        ['STAFF'],
        'Perawat Ahli Muda',
        'III/c',
        'nurse',
        unitIdOf(unitOf(person)),
        headOf(person) === staffId ? staffIdOf(0) : headOf(person),
      ]),
    );
    await insert('period', 'id state closes_at', [
      [PERIOD_ID, 'PUBLISHED', '2026-04-05T17:00:00.000Z'],
      [OPEN_PERIOD.id, 'OPEN', OPEN_PERIOD.closesAt],
    ]);
    await insert(
      'instrument',
      'id scale_low scale_high',
      INSTRUMENTS.map(({ id, scale }) => [id, scale.low, scale.high]),
    );
    const plans = people.map(({ staffId }, person) => ({
      plan: planOf({ kind: 'STAFF', staffId }),
      staffId,
      person,
    }));
    await insert(
      'plan',
      'id staff_id unit_id year version',
      plans.map(({ plan, staffId }) => [plan.id, staffId, null, plan.year, 0]),
    );
    const lines = plans.flatMap(({ plan }) =>
      (plan.agreed?.lines ?? []).map((line) => ({ planId: plan.id, line })),
    );
    await insert(
      'plan_line',
      'plan_id line_id title indicator_name weight',
      lines.map(({ planId, line }) => [planId, line.id, line.title, line.indicatorName, line.weight / 100]),
    );
    await insert(
      'target',
      'plan_id line_id month value',
      lines.flatMap(({ planId, line }) =>
        Object.entries(line.targets).map(([month, target]) => [
          planId,
          line.id,
          month,
          'value' in target ? target.value : null,
        ]),
      ),
    );
    await insert(
      'realisation',
      'plan_id line_id month value evidence state version',
      plans.flatMap(({ plan, person }) =>
        realisationsOf(plan.id, person).map((each) => [
          plan.id,
          each.lineId,
          each.month,
          each.value,
          each.evidence,
          each.state,
          0,
        ]),
      ),
    );
    await insert(
      'rating',
      'period_id ratee_id rater_id rater_group instrument_id scores version',
      people.flatMap((_, person) =>
        ratingsOf(person).map((each) => [
          each.periodId,
          each.rateeId,
          each.raterId,
          each.group,
          each.instrumentId,
          each.scores,
          0,
        ]),
      ),
    );
    await insert(
      'unit_result',
      'unit_id period_id score_shown predicate',
      Array.from({ length: units }, (_, unit) => [unitIdOf(unit), PERIOD_ID, 100, 'GOOD']),
    );
    const results = people.flatMap(({ staffId, result }, person) =>
      result === null ? [] : [{ staffId, result, unit: unitIdOf(unitOf(person)) }],
    );
    await insert(
      'result',
      'staff_id period_id unit_id summary predicate score_exact score_shown work_share behaviour_share rank_unit of_unit rank_job_group of_job_group rank_region of_region work_score behaviour_score raw_score counts rounding_note',
      results.map(({ staffId, unit, result: r }) => [
        staffId,
        PERIOD_ID,
        unit,
        r.summary,
        r.predicate,
        r.score?.exact,
        r.score?.shown,
        r.scoreShares?.workResult,
        r.scoreShares?.behaviour,
        r.ranks.unit?.rank,
        r.ranks.unit?.of,
        r.ranks.jobGroup?.rank,
        r.ranks.jobGroup?.of,
        r.ranks.region?.rank,
        r.ranks.region?.of,
        r.workResult.score?.exact,
        r.behaviour.score?.exact,
        r.behaviour.rawScore?.exact,
        r.behaviour.counts,
        r.roundingNote,
      ]),
    );
    const resultLines = results.flatMap(({ staffId, result }) =>
      result.workResult.lines.map((line) => ({ staffId, line })),
    );
    await insert(
      'result_line',
      'staff_id period_id line_id title target realisation achievement weight effective_weight rating',
      resultLines.map(({ staffId, line }) => [
        staffId,
        PERIOD_ID,
        line.lineId,
        line.title,
        line.target?.value,
        line.realisation,
        line.achievement?.shown,
        line.weight,
        line.effectiveWeight,
        line.rating,
      ]),
    );
    await insert(
      'result_month',
      'staff_id period_id line_id month realisation state',
      resultLines.flatMap(({ staffId, line }) =>
        line.months.map((each) => [
          staffId,
          PERIOD_ID,
          line.lineId,
          each.month,
          each.realisation,
          each.state,
        ]),
      ),
    );
    await insert(
      'result_pool',
      'staff_id period_id pool groups raters numerator denominator points effective_weight',
      results.flatMap(({ staffId, result }) =>
        result.behaviour.pools.map((pool, at) => [
          staffId,
          PERIOD_ID,
          at,
          pool.groups,
          pool.raters,
          pool.mean?.numerator,
          pool.mean?.denominator,
          pool.points?.shown,
          pool.effectiveWeight,
        ]),
      ),
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
