import { setTimeout } from 'node:timers/promises';

/** Waits a random time up to `base × 2^attempt` milliseconds, at most `ceiling` ("full jitter"). */
export async function backOff(attempt: number, base = 25, ceiling = 1_000): Promise<void> {
  await setTimeout(Math.random() * Math.min(ceiling, base * 2 ** attempt));
}
