import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { setClock } from '../../infra/local/clock.ts';
import { createQueue, startSchedule } from '../../infra/local/schedule.ts';

describe('a schedule', () => {
  test('acts at once and again and again, never twice at a time, and goes on after a failure', async () => {
    let running = 0;
    let most = 0;
    let calls = 0;
    const errors: unknown[] = [];
    const schedule = startSchedule({
      everySeconds: 0.01,
      act: async () => {
        calls += 1;
        running += 1;
        most = Math.max(most, running);
        await wait(15);
        running -= 1;
        if (calls === 2) throw new Error('the second call');
      },
      onError: (error) => errors.push(error),
    });
    expect(calls).toBe(1);

    await expect.poll(() => calls).toBeGreaterThan(3);
    await schedule.stop();

    const stoppedAt = calls;
    await wait(50);
    expect(calls).toBe(stoppedAt);
    expect(running).toBe(0);
    expect(most).toBe(1);
    expect(errors).toHaveLength(1);
  });
});

describe('a queue', () => {
  test('lets one call wait for another, whether that fails or not', async () => {
    const order: string[] = [];
    let call = 0;
    const queue = createQueue(async () => {
      call += 1;
      const own = call;
      order.push(`begin ${own}`);
      await wait(5);
      order.push(`end ${own}`);
      if (own === 1) throw new Error('first');
      return own;
    });

    const first = queue.run();
    const second = queue.run();

    await expect(first).rejects.toThrow('first');
    expect(await second).toBe(2);
    await queue.idle();
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

describe('the clock', () => {
  test('runs from the time that is set, and right again afterwards', () => {
    const before = Date.now();

    const reset = setClock(new Date('2026-04-01T00:00:00.000Z'));
    const shifted = new Date().toISOString();
    const given = new Date(0).toISOString();
    const isDate = new Date() instanceof Date;
    reset();

    expect(shifted).toMatch(/^2026-04-01T00:00:0/);
    expect(given).toBe('1970-01-01T00:00:00.000Z');
    expect(isDate).toBe(true);
    expect(Date.now() - before).toBeLessThan(5000);
  });
});
