import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { type Arguments, readEverything } from '../../api/unmask/crawler.ts';
import { type Enumeration, isAllowed } from './check-mutations.ts';
import { fieldsOf, schema } from './documents.ts';
import { FIELDS, QUERIES, type ReadRow, TYPES } from './expected-reads.ts';
import { type About, ASKERS, type Asker, CLOSED, INDICATOR, OPEN, RELATIONS, type World } from './world.ts';

/** A person and a unit that is asked about. */
interface Subject {
  readonly person: About;
  readonly unit: About;
}
/** What things are found in; what is asked about to begin with. */
interface Context {
  readonly person: string | undefined;
  readonly unit: string | undefined;
}

const SUBJECTS: readonly Subject[] = [
  { person: 'n1', unit: 'puskesmas' },
  { person: 't1', unit: 'dispar' },
];

/** Queries whose ids are those of n1 and the puskesmas alone. */
const ONLY_FIRST = [
  'activity',
  'job',
  'objection',
  'evidenceLink',
  'topic',
  'announcementReaders',
  'jointActivity',
  'carryover',
];

const EXPORTS: Readonly<Record<string, string>> = {
  STAFF: '',
  ENROLMENTS: '',
  ACTIVITIES: 'month: "2026-04"',
  ALLOWANCES: 'month: "2026-03"',
  PLANS: 'year: 2026',
  PROGRESS: 'year: 2026',
  UNIT_PROGRESS: 'year: 2026',
  CAREER_PLANS: '',
  FEEDBACK: '',
  GUIDANCE: '',
  COUNSELLING: '',
  TOPICS: '',
  JOINT_ACTIVITIES: '',
  COURSES: '',
  REALISATIONS: 'year: 2026',
  STAFF_ENROLMENTS: '',
  GOAL_SERVICE: 'year: 2026',
  PLAN_TEMPLATES: '',
  PROGRAMME_EFFECTS: '',
  RUNNING_SURVEYS: '',
  SUGGESTIONS: '',
  PUBLIC_ANNOUNCEMENTS: '',
};

/** Tables that nothing narrows to a unit. */
const OF_THE_REGION = [
  'OBJECTIONS',
  'ENROLMENTS',
  'INDICATOR_REVIEWS',
  'LATE_CORRECTIONS',
  'COURSES',
  'GOAL_SERVICE',
  'PLAN_TEMPLATES',
  'PROGRAMME_EFFECTS',
  'RUNNING_SURVEYS',
  'SUGGESTIONS',
  'PUBLIC_ANNOUNCEMENTS',
];

/** The arguments with which a sample is asked. */
function valuesOf({ ids }: World, { person, unit }: Subject, variant: string | undefined): Arguments {
  const id = (name: string): string => JSON.stringify(ids[name] ?? '');
  const open = [
    'proposal',
    'assessorRating',
    'ratingChanges',
    'peerPanel',
    'contactCodeBatches',
    'calibration',
    'unitEvaluation',
    'ratingCompletion',
    'carryover',
    'myRating',
  ];
  const realisation = `{ planId: "${person}:2026", lineId: "L1", month: "2026-04" }`;
  const ofProgramme = variant === 'ENROLMENTS' ? `, programmeId: ${id('programme')}` : '';
  const ofCampaign = variant === 'SUGGESTIONS' ? `, campaignId: ${id('campaign')}` : '';
  const place = OF_THE_REGION.includes(variant ?? '') ? '' : `unitId: "${unit}", `;
  return {
    periodId: `"${CLOSED}"`,
    ...Object.fromEntries(open.map((query) => [`${query}.periodId`, `"${OPEN}"`])),
    staffId: `"${person}"`,
    rateeId: `"${person}"`,
    group: 'PEER',
    unitId: `"${unit}"`,
    unitIds: `["${unit}"]`,
    year: '2026',
    first: '20',
    ...(variant === 'AROUND' && { 'ranking.around': `"${person}"` }),
    'contactForm.code': JSON.stringify(ids['contactCode']),
    'surveyOfCode.code': JSON.stringify(ids['surveyCode']),
    'indicators.unitId': 'null',
    'jointActivities.staffId': 'null',
    'myRating.rateeId': '"n3"',
    missing: 'true',
    'carryover.staffId': '"mv"',
    'chart.input': `{ kind: ${variant ?? 'UNIT_TREND'}, unitId: "${unit}"${variant === 'STAFF_TREND' ? `, staffId: "${person}"` : ''}${variant === 'RANKING' ? `, periodId: "${CLOSED}"` : ''} }`,
    'ranking.scope': `{ kind: UNIT, unitId: "${unit}" }`,
    'staffMembers.filter': `{ unitId: "${unit}" }`,
    'exportTable.input': `{ table: ${variant ?? 'STAFF'}, format: CSV, ${place}${EXPORTS[variant ?? 'STAFF'] ?? `periodId: "${CLOSED}"`}${ofProgramme}${ofCampaign} }`,
    'document.input': `{ kind: EVALUATION, staffId: "${person}", periodId: "${CLOSED}" }`,
    'evidenceLink.target': `{ realisation: ${realisation} }`,
    'realisationTrace.planId': `"${person}:2026"`,
    'realisationTrace.lineId': '"L1"',
    'realisationTrace.month': '"2026-04"',
    'planDraft.planId': `"${person}:2026"`,
    'planById.id': `"${person}:2026"`,
    'activities.filter': `{ staffId: "${person}" }`,
    'reportedActivities.filter': '{ state: REPORTED }',
    entity: `"STAFF#${person}"`,
    evidenceId: id('evidence'),
    'staff.id': `"${person}"`,
    'unit.id': `"${unit}"`,
    'period.id': `"${CLOSED}"`,
    'policy.on': '"2026-03-31"',
    'goal.id': id('goal'),
    'indicator.id': `"${INDICATOR}"`,
    'activity.id': id('activity'),
    'announcementReaders.id': id('announcement'),
    'course.id': id('course'),
    'programme.id': id('programme'),
    'job.id': id('jobOfN1'),
    'jointActivity.id': id('joint'),
    'objection.id': id('objection'),
    'planTemplate.id': id('template'),
    'surveyCampaign.id': id('campaign'),
    'topic.id': id('topic'),
  };
}

const rowFor = (row: ReadRow, { person, unit }: Context, world: World): readonly [About, string] => {
  const [kind, who] = row;
  const named = kind === 'person' ? person : kind === 'unit' ? unit : 'region';
  // The unit without staff lies in the agency of tourism.
  const about = named === world.ids['spareUnit'] ? 'dispar' : named;
  return [about !== undefined && about in RELATIONS ? (about as About) : 'region', who];
};

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

const idIn = (value: Json | undefined): string | undefined => {
  const id =
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as { id?: Json }).id
      : undefined;
  return typeof id === 'string' ? id : undefined;
};

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' &&
    'nodes' in value &&
    Array.isArray(value['nodes']) &&
    value['nodes'].length === 0);

/** Every field with a value below an object, with what it is found in. */
function walk(
  value: Json,
  type: GraphQLObjectType,
  context: Context,
  see: (field: string, context: Context) => void,
): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  const object = value as { readonly [key: string]: Json };
  const proposal = object['proposal'];
  const within: Context = {
    person:
      type.name === 'Staff'
        ? (idIn(object) ?? context.person)
        : (idIn(object['staff']) ??
          (type.name === 'CalibrationEntry' &&
          proposal !== null &&
          typeof proposal === 'object' &&
          !Array.isArray(proposal)
            ? idIn((proposal as { staff?: Json }).staff)
            : undefined) ??
          context.person),
    unit: type.name === 'Unit' ? (idIn(object) ?? context.unit) : (idIn(object['unit']) ?? context.unit),
  };
  const isPlain = !/(Connection|Edge)$/.test(type.name);
  for (const [name, field] of Object.entries(type.getFields())) {
    const inner = object[name];
    if (inner === undefined || isEmpty(inner)) continue;
    if (isPlain) see(`${type.name}.${name}`, within);
    const named = getNamedType(field.type);
    if (!isObjectType(named)) continue;
    for (const each of Array.isArray(inner) ? inner : [inner]) walk(each, named, within, see);
  }
}

export interface Reads {
  readonly queries: Enumeration;
  readonly fields: Enumeration;
  /** Queries that had nothing to show to anybody. */
  readonly withoutControl: readonly string[];
}

/** Object types of answers that the table says nothing of. */
export const typesWithoutRow = (): readonly string[] =>
  Object.values(schema.getTypeMap())
    .filter(
      (type) => isObjectType(type) && !/^__|^Query$|^Mutation$|(Payload|Connection|Edge)$/.test(type.name),
    )
    .map(({ name }) => name)
    .filter((name) => TYPES[name] === undefined);

export const queriesWithoutRow = (): readonly string[] =>
  Object.keys(fieldsOf('Query')).filter(
    (name) => !Object.keys(QUERIES).some((sample) => sample.split(' ')[0] === name),
  );

/** Every query as everybody who has an account, and nobody, as deep as the endpoint's limits allow. */
export async function enumerateReads(
  world: World,
  isAsked: (sample: string) => boolean = () => true,
): Promise<Reads> {
  const wrongQueries = new Set<string>();
  const wrongFields = new Set<string>();
  const seen = new Set<string>();
  const withoutControl: string[] = [];
  let queries = 0;
  let fields = 0;
  const query = schema.getQueryType();
  if (query == null) throw new Error('no Query');
  for (const [sample, row] of Object.entries(QUERIES)) {
    if (!isAsked(sample)) continue;
    const [name = '', variant] = sample.split(' ');
    let shown = 0;
    const silent: string[] = [];
    for (const subject of ONLY_FIRST.includes(name) ? SUBJECTS.slice(0, 1) : SUBJECTS) {
      const values = valuesOf(world, subject, variant);
      const about: Context = name === 'carryover' ? { person: 'mv', unit: 'puskesmas2' } : subject;
      for (const asker of ASKERS.filter(({ claims }) => claims === undefined)) {
        const answers = await readEverything(world.api.handler, asker.who, values, (field) => field === name);
        // The crawler takes the number of a refusal out of the text.
        const text = (answers[name] ?? '').replace(/,(?=\})/g, '');
        queries += 1;
        const who = `${sample} about ${subject.person}, ${subject.unit} as ${asker.name}`;
        const { data, errors = [] } = text.startsWith('{')
          ? (JSON.parse(text) as {
              data?: { [name: string]: Json };
              errors?: { path?: unknown[]; extensions: { code: string } }[];
            })
          : {};
        const refused = errors.some(
          ({ path, extensions }) =>
            (path?.length ?? 1) <= 1 && /^(FORBIDDEN|UNAUTHENTICATED)$/.test(extensions.code),
        );
        const expected = isAllowed(rowFor(row, about, world), asker, false);
        const nothing = isEmpty(data?.[name]) || /"rows":0\b/.test(text);
        if (expected && refused) wrongQueries.add(`${who}: REFUSED, expected an answer`);
        if (!expected && !nothing) wrongQueries.add(`${who}: answered, expected REFUSED`);
        if (errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR'))
          wrongQueries.add(`${who}: failed`);
        if (expected && !nothing) shown += 1;
        if (!expected && !refused) silent.push(who);
        walk({ [name]: data?.[name] ?? null }, query, about, (field, context) => {
          if (field.startsWith('Query.')) return;
          fields += 1;
          seen.add(field);
          for (const rule of [TYPES[field.split('.')[0] ?? ''], FIELDS[field]])
            if (rule !== undefined && !isRead(rule, context, asker, world))
              wrongFields.add(`${field} of ${context.person}, ${context.unit} by ${sample} as ${asker.name}`);
        });
      }
    }
    if (shown > 0) continue;
    withoutControl.push(sample);
    for (const who of silent) wrongQueries.add(`${who}: not refused, and nobody saw anything`);
  }
  return {
    queries: {
      tried: queries,
      wrong: [...wrongQueries],
      controls: Object.keys(QUERIES).length - withoutControl.length,
    },
    fields: { tried: fields, wrong: [...wrongFields], controls: seen.size },
    withoutControl,
  };
}

const isRead = (row: ReadRow, context: Context, asker: Asker, world: World): boolean =>
  isAllowed(rowFor(row, context, world), asker, false);
