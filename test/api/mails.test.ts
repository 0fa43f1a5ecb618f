import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import {
  type Mail,
  MailBusyError,
  MailRefusedError,
  type MailSender,
  sendMails,
} from '../../functions/usecases/mail/send-mails.ts';
import { notify } from '../../functions/usecases/notice/notify.ts';
import { goal, intent } from '../store/examples.ts';
import { auditor, type Caller, caller, hrAdmin, problemsOf, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, importStaff, people, staffRow } from './example-region.ts';

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

const nurse = caller(people.nurse);
const head = caller(people.head);

let outbox: Mail[] = [];
let fails: Error | null = null;
const sender = {
  send: async (mail: Mail) => {
    if (fails !== null) throw fails;
    outbox.push(mail);
  },
};
/** Who has a role; null: nobody can be asked. */
let holders: readonly string[] | null = [];
const roles = {
  holdersOf: async () => {
    if (holders === null) throw new Error('the user pool is out of reach');
    return holders;
  },
};
/** Runs the mailer and hands over what it sent. */
async function run(): Promise<readonly Mail[]> {
  outbox = [];
  await sendMails({ ...api.deps, sender, roles, appUrl: 'https://kinerja.example.go.id' }, () => true);
  return outbox;
}

let occasion = 0;
async function tell(...staffIds: string[]): Promise<void> {
  occasion += 1;
  const { store } = api.deps;
  const told = notify(api.deps, {
    kind: 'PLAN_PROPOSED',
    to: staffIds.map((staffId) => ({ kind: 'PERSON', staffId })),
    refs: { planId: 'p-1', staffId: people.colleague },
    occasion,
  });
  await store.commit(intent({ at: api.deps.now() }), [
    store.goals.save(null, goal({ id: `g-${occasion}`, code: `G${occasion}` })),
    ...told,
  ]);
}

async function prefer(who: Caller, mail: string, language = 'ID'): Promise<void> {
  const { data } = await send<{ noticePreferences: { version: number } }>(
    api.handler,
    who,
    '{ noticePreferences { version } }',
  );
  const { errors } = await send(
    api.handler,
    who,
    'mutation ($input: SetNoticePreferencesInput!) { setNoticePreferences(input: $input) { userErrors { code } } }',
    { input: { mail, language, version: data.noticePreferences.version } },
  );
  expect(errors).toEqual([]);
}

describe('an address', () => {
  test('is imported, checked, and seen by its owner and personnel alone', async () => {
    const bad = await importStaff(api, [
      staffRow(4, 'Dewi Perawat', 'P', { email: 'dewi@x\r\nBcc: a@b.id' }),
    ]);
    expect(problemsOf(bad)).toContain('INVALID_FORMAT rows 0 email');
    const rows = [
      staffRow(2, 'Budi Kepala', 'P', {
        position: 'Kepala Puskesmas',
        jobGroup: 'leader',
        email: 'budi@daerah.go.id',
      }),
      staffRow(3, 'Citra Perawat', 'P', { email: 'citra@daerah.go.id' }),
    ];
    expect(await importStaff(api, rows)).toMatchObject({ imported: 2, userErrors: [] });
    const again = await importStaff(api, [staffRow(3, 'Citra Perawat', 'P')]);
    expect(again).toMatchObject({ unchanged: 1 });

    const seen = async (who: Caller) =>
      (
        await send<{ staff: { email: string | null } }>(
          api.handler,
          who,
          'query ($id: ID!) { staff(id: $id) { email } }',
          { id: people.nurse },
        )
      ).data.staff.email;
    expect(await Promise.all([nurse, hrAdmin, head, auditor].map(seen))).toEqual([
      'citra@daerah.go.id',
      'citra@daerah.go.id',
      null,
      null,
    ]);
  });
});

describe('mails', () => {
  test('come once a day, in one, at seven in the morning, where nothing else was chosen', async () => {
    await tell(people.nurse);
    await tell(people.nurse, people.colleague);
    expect(await run()).toEqual([]);
    api.at('2026-03-10T23:59:00.000Z');
    expect(await run()).toEqual([]);
    api.at('2026-03-11T00:00:00.000Z');
    const [mail, ...others] = await run();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'citra@daerah.go.id', subject: 'Kinerja: 2 pemberitahuan' });
    expect(mail?.text).toContain('https://kinerja.example.go.id');
    expect(await run()).toEqual([]);
  });

  test('name nobody and no figure', async () => {
    await prefer(head, 'AT_ONCE', 'EN');
    await tell(people.head);
    const [mail] = await run();
    expect(mail).toMatchObject({ subject: 'Kinerja: A plan or agreement was proposed' });
    for (const secret of ['Budi', 'Citra', 'Dewi', people.colleague, people.head, 'p-1'])
      expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toContain(secret);
  });

  test('come not at all to who wants none, nor about what was read meanwhile', async () => {
    await prefer(nurse, 'NONE');
    await tell(people.nurse);
    expect(await run()).toEqual([]);
    await prefer(nurse, 'AT_ONCE');
    await tell(people.nurse);
    const { data } = await send<{ notices: { nodes: { id: string }[] } }>(
      api.handler,
      nurse,
      '{ notices { nodes { id } } }',
    );
    await send(
      api.handler,
      nurse,
      'mutation ($ids: [ID!]!) { markNoticesRead(input: { ids: $ids }) { userErrors { code } } }',
      { ids: data.notices.nodes.map(({ id }) => id) },
    );
    expect(await run()).toEqual([]);
  });

  test('tell each of what everybody is told, once, also when the run is cut short', async () => {
    await send(
      api.handler,
      hrAdmin,
      'mutation { planPeriod(input: { id: "2026-Q1", closesAt: "2026-04-05T17:00:00.000Z" }) { userErrors { code } } }',
    );
    await runSchedule({ ...api.deps, startClose: async () => undefined });
    let calls = 0;
    await sendMails({ ...api.deps, sender, roles, appUrl: null }, () => {
      calls += 1;
      return calls < 3;
    });
    const before = outbox.length;
    const rest = await run();
    expect([...outbox.slice(0, before), ...rest].map(({ to }) => to).sort()).toEqual([
      'budi@daerah.go.id',
      'citra@daerah.go.id',
    ]);
    expect(await run()).toEqual([]);
  });

  describe('about what a role is told', () => {
    const HR = { kind: 'ROLE', role: 'HR_ADMIN' } as const;
    let told = 0;
    const tellRole = async () => {
      told += 1;
      const at = api.deps.now();
      await api.deps.store.notices.put({
        kind: 'FOLLOW_UP_PROPOSED',
        to: [HR],
        refs: { periodId: '2026-Q1' },
        occasion: told,
        at,
      });
    };
    const addresses = (mails: readonly Mail[]) => mails.map(({ to }) => to).sort();

    test('go to each who has it, once, as they chose; to nobody else, nor to an account without a person', async () => {
      holders = [people.head, 'office-account', people.nurse, people.head];
      await tellRole();
      const mails = await run();
      expect(addresses(mails)).toEqual(['budi@daerah.go.id', 'citra@daerah.go.id']);
      expect(mails.find(({ to }) => to.startsWith('budi'))?.subject).toBe(
        'Kinerja: A follow-up was proposed',
      );
      for (const { subject, text, html } of mails)
        for (const secret of ['Budi', 'Citra', people.head, people.nurse, 'office-account'])
          expect(subject + text + html).not.toContain(secret);
      expect(await run()).toEqual([]);
    });

    test('go on behind those who have theirs when the run was cut short and others have joined', async () => {
      // Two parts of a hundred: the second begins behind 'a-099'.
      holders = [...Array.from({ length: 120 }, (_, at) => `a-${String(at).padStart(3, '0')}`), people.head];
      await tellRole();
      let calls = 0;
      const cutShort = () => {
        calls += 1;
        return calls < 2;
      };
      await sendMails({ ...api.deps, sender, roles, appUrl: null }, cutShort);
      const cursors = (await api.deps.store.mails.mailings()).map(({ cursor }) => cursor);
      expect(cursors).toEqual(['a-099']);
      holders = ['a-000', ...holders];
      expect(addresses(await run())).toEqual(['budi@daerah.go.id']);
      expect(await api.deps.store.mails.mailings()).toEqual([]);
      expect(await run()).toEqual([]);
    });

    test('wait while nobody can be asked who has it; what is for others goes out soon, and the run fails', async () => {
      const before = api.deps.now();
      holders = null;
      await tellRole();
      await tell(people.head);
      outbox = [];
      const attempt = () => sendMails({ ...api.deps, sender, roles, appUrl: null }, () => true);
      await expect(attempt()).rejects.toMatchObject({ name: 'RolesUnknownError' });
      // It may pass with the next run, which then sends one mail about both.
      expect(outbox).toEqual([]);
      api.at(new Date(Date.parse(before) + 15 * 60_000).toISOString());
      await expect(attempt()).rejects.toMatchObject({ cause: { message: 'the user pool is out of reach' } });
      expect(addresses(outbox)).toEqual(['budi@daerah.go.id']);
      holders = [people.head];
      expect(addresses(await run())).toEqual(['budi@daerah.go.id']);
      api.at(before);
    });

    test('are none where it was read in the inbox meanwhile', async () => {
      await prefer(nurse, 'DAILY');
      holders = [people.nurse];
      const before = api.deps.now();
      api.at('2026-03-11T01:00:00.000Z');
      await tellRole();
      expect(await run()).toEqual([]);
      const { store } = api.deps;
      const [mark] = (await store.notices.page([HR], { first: 1, after: null }, '2026-01-01T00:00:00.000Z'))
        .items;
      if (mark === undefined) throw new Error('nothing was told');
      await store.notices.markRead(people.nurse, [mark.value], api.deps.now());
      api.at('2026-03-12T01:00:00.000Z');
      expect(await run()).toEqual([]);
      api.at(before);
      await prefer(nurse, 'AT_ONCE');
    });
  });

  test('are sent once by two senders at the same time', async () => {
    await tell(people.head);
    outbox = [];
    const deps = { ...api.deps, sender, roles, appUrl: null };
    const outcomes = await Promise.allSettled([sendMails(deps, () => true), sendMails(deps, () => true)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(outbox).toHaveLength(1);
  });

  test('wait when the service is busy, with the same id when they are sent', async () => {
    await tell(people.head);
    fails = new MailBusyError('TooManyRequestsException');
    await expect(run()).rejects.toBe(fails);
    fails = null;
    expect(await run()).toHaveLength(1);
  });

  test('wait when the service is busy after some; a run that can send none says so', async () => {
    for (const staffId of [people.head, people.nurse, people.colleague]) await tell(staffId);
    const deps = { ...api.deps, roles, appUrl: null };
    let left = 1;
    const sent: string[] = [];
    const busy: MailSender = {
      send: async ({ to }) => {
        if (left === 0) throw new MailBusyError('LimitExceededException');
        left -= 1;
        sent.push(to);
      },
    };
    expect(await sendMails({ ...deps, sender: busy }, () => true)).toEqual({
      sent: 1,
      refused: 0,
      givenUp: 0,
    });
    await expect(sendMails({ ...deps, sender: busy }, () => true)).rejects.toThrow(MailBusyError);
    left = 9;
    await sendMails({ ...deps, sender: busy }, () => true);
    expect(new Set(sent).size).toBe(sent.length);
  });

  test('that are refused are tried again, later each time, and given up in the end', async () => {
    await tell(people.head);
    fails = new MailRefusedError('MessageRejected');
    const deps = { ...api.deps, sender, roles, appUrl: null };
    let hours = 0;
    const reports = [];
    for (let attempt = 0; attempt < 7; attempt += 1) {
      reports.push(await sendMails(deps, () => true));
      hours += 24;
      api.at(new Date(Date.parse('2026-03-11T00:00:00.000Z') + hours * 3_600_000).toISOString());
    }
    fails = null;
    expect(reports.map(({ refused, givenUp }) => [refused, givenUp])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  test('tell of nothing older than two weeks, when nothing could be sent for so long', async () => {
    const { store } = api.deps;
    holders = [people.head];
    const tellAll = async () => {
      await tell(people.head);
      const at = api.deps.now();
      const to = [{ kind: 'ROLE', role: 'HR_ADMIN' }] as const;
      await store.notices.put({ kind: 'FOLLOW_UP_PROPOSED', to, refs: {}, occasion: at, at });
    };
    api.at('2026-04-14T23:59:59.999Z');
    await tellAll();
    api.at('2026-04-15T00:00:00.000Z');
    await tellAll();
    // Fourteen days after the second occasion, and a moment more than that after the first.
    api.at('2026-04-29T00:00:00.000Z');
    const [mail, ...others] = await run();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'budi@daerah.go.id', subject: 'Kinerja: 2 notices' });
    expect(await store.mails.mailings()).toEqual([]);
    expect(await run()).toEqual([]);
  });
});
