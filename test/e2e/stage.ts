import { expect } from 'vitest';
import type { PolicyRules } from '../../functions/domain/period/policy.ts';
import type { Runtime } from '../../infra/local/runtime.ts';
import { ask, mutate, startSystem, type Who } from './endpoint.ts';

type Input = Readonly<Record<string, unknown>>;

/** Somebody in a story, as their app speaks for them to the endpoint. */
export interface Voice {
  /** Makes a change that is made. @param selection of the payload */
  do<Payload>(name: string, input: Input, selection?: string): Promise<Payload>;
  /** Tries a change that is refused. @returns `CODE path` of every problem */
  refused(name: string, input: Input): Promise<readonly string[]>;
  /** The answer to a query that is answered. */
  see<Data>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  /** The codes with which a query is refused. */
  hidden(query: string, variables?: Readonly<Record<string, unknown>>): Promise<readonly string[]>;
}

/** Mutations whose input has not their own name. */
const INPUTS: Readonly<Record<string, string>> = {
  agreeAgreement: 'AgreePlanInput',
  requestDocument: 'DocumentInput',
};
const inputOf = (name: string): string =>
  INPUTS[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;

/** @param who null: nobody, at `/public` */
const voiceOf = (runtime: Runtime, who: Who | null): Voice => {
  const send = (name: string, input: Input, selection: string) =>
    mutate<Readonly<Record<string, unknown>>>(runtime, who, name, inputOf(name), input, selection);
  return {
    do: async <Payload>(name: string, input: Input, selection = '') => {
      const { userErrors, ...payload } = await send(name, input, selection);
      expect([name, userErrors]).toEqual([name, []]);
      return payload as Payload;
    },
    refused: async (name, input) =>
      (await send(name, input, '')).userErrors.map(({ code, path }) => [code, ...path].join(' ')),
    see: async <Data>(query: string, variables = {}) => {
      const { data, errors } = await ask<Data>(runtime, who, query, variables);
      expect([query, errors]).toEqual([query, []]);
      return data;
    },
    hidden: async (query, variables = {}) =>
      (await ask(runtime, who, query, variables)).errors.map(({ extensions }) => extensions?.code ?? ''),
  };
};

interface UnitSpec {
  readonly name: string;
  readonly kind: string;
  readonly parentCode?: string;
  /** Name of the head. */
  readonly head: string;
}

interface PersonSpec {
  /** Code. */
  readonly unit: string;
  readonly position: string;
  readonly jobGroup: string;
  /** First day; the beginning of the year before last if left out. */
  readonly from?: string;
  readonly functionalLevel?: string;
  readonly positionClass?: number;
}

/** A region as a story begins. Names are unique and serve as their own keys. */
export interface Setting<Name extends string> {
  readonly table: string;
  /** The first day, by the clock of Jakarta. */
  readonly day: string;
  /** By code, those above first. */
  readonly units: Readonly<Record<string, UnitSpec>>;
  readonly cast: Readonly<Record<Name, PersonSpec>>;
  /** Measures by code. */
  readonly indicators: Readonly<Record<string, object>>;
  /** In force from the first day on. */
  readonly rules: PolicyRules;
}

/** The region while its story is told. */
export interface Stage<Name extends string> {
  readonly runtime: Runtime;
  readonly office: Voice;
  readonly planner: Voice;
  /** Somebody who is not signed in. */
  readonly citizen: Voice;
  as(name: Name): Voice;
  /** Of a person, a unit or an indicator. @throws Error for somebody unknown */
  id(name: string): string;
  nip(name: Name): string;
  planOf(name: Name, year: number): string;
  /** Sets the clock to a time of Jakarta. */
  on(day: string, time?: string): void;
  /** What the schedule does in an hour. @returns how the closes that were due have ended */
  hour(): Promise<readonly string[]>;
}

const SINCE = '2024-01-01';
const instantOf = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`);

/** Starts the system and loads the region through the endpoint. Once a process. */
export const setStage = async <Name extends string>(setting: Setting<Name>): Promise<Stage<Name>> => {
  const { cast, units, indicators } = setting;
  const runtime = await startSystem(setting.table, instantOf(setting.day, '09:00'));
  const office = voiceOf(runtime, { username: 'kepegawaian', groups: ['hr_admin'] });
  const planner = voiceOf(runtime, { username: 'bappeda', groups: ['planner'] });
  const people: readonly [string, PersonSpec][] = Object.entries(cast);
  const nip = (name: string): string => nipOf(people.findIndex(([known]) => known === name) + 1);

  const rows = Object.entries(units).map(([code, { head: _, ...unit }]) => ({ code, ...unit }));
  await office.do('importUnits', { rows });
  await office.do('importStaff', {
    rows: people.map(([name, { unit, ...person }]) => ({
      nip: nip(name),
      name,
      employment: 'PNS',
      from: SINCE,
      unitCode: unit,
      ...person,
    })),
  });
  await office.do('importUnits', {
    rows: rows.map((row) => ({ ...row, headNip: nip(units[row.code]?.head ?? ''), headFrom: SINCE })),
  });
  await planner.do('importIndicators', {
    rows: Object.entries(indicators).map(([code, measure]) => ({
      code,
      name: `Indikator ${code}`,
      source: 'Register',
      effectiveFrom: SINCE,
      ...measure,
    })),
  });
  await adoptPolicy(office, setting.day, setting.rules);

  const ids = await readIds(
    office,
    Object.keys(indicators),
    people.map(([name]) => nip(name)),
  );
  const id = (name: string): string => {
    const found = ids.get(name in cast ? nip(name) : name);
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found;
  };
  return {
    runtime,
    office,
    planner,
    citizen: voiceOf(runtime, null),
    as: (name) => voiceOf(runtime, { username: id(name) }),
    id,
    nip,
    planOf: (name, year) => `${id(name)}:${year}`,
    on: (day, time = '09:00') => runtime.setClock(instantOf(day, time)),
    hour: async () => (await runtime.runScheduleOnce()).map(({ status }) => status),
  };
};

interface Coded {
  readonly id: string;
  readonly code: string;
}

/** Ids by NIP, unit's code and indicator's code. @param nips at most 20, as the fields of an operation are */
const readIds = async (
  office: Voice,
  codes: readonly string[],
  nips: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { units, indicators } = await office.see<{
    units: readonly (Coded & { readonly subtree: readonly Coded[] })[];
    indicators: { readonly nodes: readonly Coded[] };
  }>('{ units { id code subtree { id code } } indicators(first: 100) { nodes { id code } } }');
  // Not from the list of a unit's staff: some of the cast come later.
  const people = await office.see<Readonly<Record<string, { readonly id: string }>>>(
    `{ ${nips.map((nip) => `nip${nip}: staff(nip: "${nip}") { id }`).join(' ')} }`,
  );
  return new Map([
    ...units.flatMap(({ subtree, ...unit }) => [unit, ...subtree]).map(({ id, code }) => [code, id] as const),
    ...indicators.nodes.filter(({ code }) => codes.includes(code)).map(({ id, code }) => [code, id] as const),
    ...nips.map((nip) => [nip, people[`nip${nip}`]?.id ?? ''] as const),
  ]);
};

/** Drafts the region's rules and puts them in force. */
const adoptPolicy = async (office: Voice, effectiveFrom: string, rules: PolicyRules): Promise<void> => {
  const { policy } = await office.do<{ policy: { readonly id: string; readonly version: number } }>(
    'draftPolicy',
    { effectiveFrom, rules },
    'policy { id version }',
  );
  await office.do('activatePolicy', {
    ...policy,
    reason: 'Peraturan kepala daerah tentang penilaian kinerja',
  });
};

/** NIP of a woman born on 1 January 1980 and appointed in January 2005. @param serial 1 to 999 */
const nipOf = (serial: number): string => `198001012005012${String(serial).padStart(3, '0')}`;
