/** An hour in which the schedule finds everything to do that it may have to do beside closing, correcting and finalising. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FollowUp } from '../../../../functions/domain/follow-up/follow-up.ts';
import { planPeriod } from '../../../../functions/domain/period/period.ts';
import type { Enrolment, Programme } from '../../../../functions/domain/training/course.ts';
import { auditCheckpointKey } from '../../../../functions/store/keys.ts';
import { AUDIT_CHECK } from '../../../../functions/usecases/audit/check-trails.ts';
import { runSchedule } from '../../../../functions/usecases/close/run-schedule.ts';
import { filed } from '../../../workflow/decisions.ts';
import { KECAMATAN } from '../../../workflow/kecamatan.ts';
import { openPeriodOf, type RegionSpec, write } from '../../../workflow/region.ts';
import type { RawTable, Services, Workflow } from '../cloud.ts';
import { publish } from './objections.ts';

const [camat, lurah, staf] = KECAMATAN.people;
const REGION: RegionSpec = {
  ...KECAMATAN,
  rules: { peers: { choice: 'DRAWN', minimum: 1, maximum: 2, drawAfterDays: 0 } },
  people: [camat, lurah, staf, staf && { ...staf, id: 'staf-2' }, staf && { ...staf, id: 'staf-3' }].filter(
    (person) => person !== undefined,
  ),
};
const BEFORE = '2026-07-02T20:00:00.000Z';
const CAMPAIGN = 'survey-1';

/** As functions/close/starter.ts: what has failed is tried again with the whole call, and a broken trail rings the alarm. */
const wholeHour = async (services: Services): Promise<void> => {
  const broken = await services.invoke('starter', async (deps) => {
    const { failed, duties } = await runSchedule(deps);
    const undone = Object.entries(duties).flatMap(([duty, report]) =>
      report.failed.map((failure) => ({ duty, ...failure })),
    );
    const trails = undone.flatMap(({ duty, id }) => (duty === AUDIT_CHECK && id !== null ? [id] : []));
    const [first] = [...failed, ...undone.filter(({ duty, id }) => duty !== AUDIT_CHECK || id === null)];
    if (first !== undefined) throw new Error(`${first.duty} has failed`, { cause: first.error });
    return trails;
  });
  for (const trail of broken) services.alarm(trail);
};

/** Somebody who can write to the table changes who has done something. */
const tamper = async ({ client, tableName }: RawTable): Promise<void> => {
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk: 'AUDIT#STAFF#lurah', sk: '0000000001' },
      UpdateExpression: 'SET actorId = :other',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':other': 'somebody' },
    }),
  );
};

/** A measure whose time is over without an outcome, and a programme that was called off, of which nobody has been told. */
const leftToTell: readonly [FollowUp, Programme, readonly Enrolment[]] = [
  {
    id: 'guidance',
    periodId: '2026-Q1',
    staffId: 'staf',
    unitId: 'kelurahan',
    measure: 'GUIDANCE',
    grounds: null,
    proposal: { by: 'camat', reason: 'x' },
    state: 'GRANTED',
    decision: { by: 'lurah', at: BEFORE, reason: 'x', from: '2026-04-20', until: '2026-07-01' },
    end: null,
    version: 0,
  },
  {
    id: 'prima-1',
    courseId: 'PRIMA',
    startsOn: '2026-07-20',
    endsOn: '2026-07-21',
    place: 'Aula',
    capacity: 1,
    state: 'CANCELLED',
    toldUpTo: '',
    version: 0,
  },
  (['ENROLLED', 'WAITING'] as const).map((state, at) => ({
    programmeId: 'prima-1',
    staffId: `staf-${at + 2}`,
    courseId: 'PRIMA',
    startsOn: '2026-07-20',
    state,
    requestedAt: BEFORE,
    hours: null,
    version: 0,
  })),
];

/**
 * A period begins and another is about to end, whose peers are drawn; an objection's decision is overdue, a survey is over, a job
 * was lost, a measure's time is over, a programme was called off, every unit is looked at, and a trail is broken. Called twice, since a call whose time is up leaves the rest.
 */
export const hour: Workflow = {
  name: 'hourly duties',
  at: '2026-07-03T02:00:00.000Z',
  late: 'FROM_THE_BEGINNING',
  // Peers are drawn by several writers.
  writesAtOnce: true,
  // How often the trails were looked at.
  leftOut: `${auditCheckpointKey.pk} | ${auditCheckpointKey.sk}`,
  prepare: async ({ store }, table) => {
    await publish({ store }, REGION);
    const objection = filed(REGION.periodId, 'staf', {
      unitId: 'kelurahan',
      assessorId: 'lurah',
      deciderId: 'camat',
    });
    await write(store, [store.objections.save(null, objection)]);
    await openPeriodOf(store, '2026-Q2', '2026-07-05T17:00:00.000Z');
    await write(store, [store.periods.save(null, planPeriod('2026-Q3', null, 420))]);
    for (const periodId of ['2026-Q2', '2026-Q3']) await store.raterSecrets.ensure(periodId);
    const campaign = {
      id: CAMPAIGN,
      unitId: 'kecamatan',
      service: { id: 'Surat keterangan', en: 'Certificates' },
      opens: '2026-06-01',
      closes: '2026-07-02',
      withoutCodePerHour: 60,
      minimumAnswers: 5,
      state: 'RUNNING',
      closedAt: null,
      result: null,
      version: 0,
    } as const;
    await write(store, [store.satisfaction.save(null, campaign)]);
    for (let at = 0; at < 6; at += 1) {
      const answer = {
        id: `answer-${at}`,
        campaignId: CAMPAIGN,
        shard: at * 2,
        channel: 'WITHOUT_CODE',
        scores: [4, 3, 4, 3, 4, 3, 4, 3, 2],
        version: 0,
      } as const;
      await write(store, [
        store.satisfaction.answer(answer, { kind: 'HOUR', hour: '2026-06-10T02', limit: 60 }),
      ]);
    }
    await write(store, [
      store.jobs.save(null, {
        id: 'j-lost',
        kind: 'EXPORT',
        requester: { id: 'lurah', staffId: 'lurah', roles: [] },
        locale: 'id',
        input: {},
        state: 'RUNNING',
        file: null,
        failure: null,
        failureParams: {},
        requestedAt: BEFORE,
        endedAt: null,
        correlationId: null,
        version: 0,
      }),
    ]);
    const [served, programme, enrolments] = leftToTell;
    await write(store, [
      store.followUps.save(null, served),
      store.training.saveProgramme(null, programme),
      ...enrolments.map((enrolment) => store.training.saveEnrolment(null, enrolment)),
    ]);
    await tamper(table);
  },
  drive: async (services) => {
    await wholeHour(services);
    await wholeHour(services);
  },
};
