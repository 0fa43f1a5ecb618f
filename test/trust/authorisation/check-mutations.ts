import { fieldsOf, mutationOf } from './documents.ts';
import { MUTATIONS, type Row } from './expected.ts';
import { SAMPLES } from './samples.ts';
import { ASKERS, type Asker, NOW, relationsOf, sendAs, type World } from './world.ts';

/** What came of a request: DONE, a refusal for want of a right, or whatever else was in the way. */
type Outcome = 'DONE' | 'REFUSED' | string;

/** Codes that say "not you", "you only later", or that what was asked for is not there for you. */
const REFUSALS = ['NOT_YET', 'FORBIDDEN', 'UNAUTHENTICATED', 'NOT_A_RATER', 'SELF_AS_OTHER', 'NOT_FOUND'];

const ROLE_WORDS = { hr: 'HR_ADMIN', planner: 'PLANNER', auditor: 'AUDITOR', public: 'PUBLIC' } as const;

/** Whether a row lets somebody do it. */
export function isAllowed([about, who]: Row, asker: Asker, changes: boolean): boolean {
  const words = who.split(' ');
  const relations = relationsOf(asker, about);
  const isNever = words.some((word) => word.startsWith('!') && relations.includes(word.slice(1)));
  if (isNever) return false;
  const byRole = words.some((word) => {
    if (word === 'everyone') return true;
    if (word === 'signed-in') return asker.who !== null;
    const role = ROLE_WORDS[word as keyof typeof ROLE_WORDS];
    if (role === undefined || !asker.roles.includes(role)) return false;
    return (
      !changes ||
      role === 'AUDITOR' ||
      role === 'PUBLIC' ||
      words.includes('auditor') ||
      !asker.roles.includes('AUDITOR')
    );
  });
  return byRole || words.some((word) => relations.includes(word) || word === `@${asker.who?.staffId}`);
}

interface Told {
  readonly answer?: Readonly<Record<string, unknown>> & {
    readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
  };
}

export async function attempt(
  world: World,
  name: string,
  asker: Asker,
  input: object,
): Promise<{ readonly outcome: Outcome; readonly told: boolean; readonly codes: readonly string[] }> {
  const { data, codes } = await sendAs<Told>(world, asker, mutationOf(name), { input });
  const found = [...codes, ...(data.answer?.userErrors.map(({ code }) => code) ?? [])];
  const { userErrors: _, ...rest } = data.answer ?? { userErrors: [] };
  const told = Object.values(rest).some(
    (value) =>
      value !== null && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  if (found.length === 0) return { outcome: 'DONE', told, codes: found };
  return {
    outcome: found.some((code) => REFUSALS.includes(code)) ? 'REFUSED' : found.join(' '),
    told,
    codes: found,
  };
}

export interface Enumeration {
  readonly tried: number;
  readonly wrong: string[];
  readonly controls: number;
}

/** Mutations of the schema that the table says nothing of. */
export const mutationsWithoutRow = (): readonly string[] =>
  Object.keys(fieldsOf('Mutation')).filter(
    (name) => !Object.keys(MUTATIONS).some((sample) => sample.split(' ')[0] === name),
  );

/** Every mutation of the table as everybody, on ids that exist. Each change is taken back, and what was refused must have written nothing. */
export async function enumerateMutations(
  world: World,
  rows: Readonly<Record<string, Row>> = MUTATIONS,
): Promise<Enumeration> {
  const { api, journal } = world;
  const wrong: string[] = [];
  let tried = 0;
  let controls = 0;
  for (const [sample, row] of Object.entries(rows)) {
    const name = sample.split(' ')[0] ?? '';
    const { before, input, until } = SAMPLES[sample] ?? {};
    if (input === undefined) {
      wrong.push(`${sample}: no sample`);
      continue;
    }
    const start = journal.length;
    try {
      const prepared = (await before?.(world)) ?? '';
      const ready = journal.length;
      const body = await input(world, prepared);
      const done: string[] = [];
      for (const asker of ASKERS) {
        const { outcome: found, told } = await attempt(world, name, asker, body);
        const outcome = found === until ? 'DONE' : found;
        tried += 1;
        const expected = isAllowed(row, asker, true);
        if (outcome === 'DONE') done.push(asker.name);
        if ((outcome === 'DONE') !== expected || (outcome !== 'DONE' && outcome !== 'REFUSED'))
          wrong.push(`${sample} as ${asker.name}: ${outcome}, expected ${expected ? 'DONE' : 'REFUSED'}`);
        if (outcome !== 'DONE' && told)
          wrong.push(`${sample} as ${asker.name}: refused, and told all the same`);
        if (outcome === 'REFUSED' && journal.length > ready)
          wrong.push(`${sample} as ${asker.name}: refused, and written all the same`);
        await journal.takeBack(ready);
      }
      if (done.length === 0) wrong.push(`${sample}: nobody succeeded, so that its refusals say nothing`);
      else controls += 1;
    } catch (error) {
      wrong.push(`${sample}: cannot be prepared: ${String(error)}`);
    }
    await journal.takeBack(start);
    api.at(NOW);
  }
  return { tried, wrong, controls };
}
