export interface ScheduleOptions {
  readonly everySeconds: number;
  readonly act: () => Promise<unknown>;
  /** Told of a call that failed; the schedule goes on. */
  readonly onError: (error: unknown) => void;
}

export interface Schedule {
  /** No further call begins; returns when the one that runs has ended. */
  stop(): Promise<void>;
}

/**
 * Stands where EventBridge stands in the cloud: acts at once and then again `everySeconds` after the end of the call
 * before.
 */
export function startSchedule({ everySeconds, act, onError }: ScheduleOptions): Schedule {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void>;
  const tick = async (): Promise<void> => {
    await act().catch(onError);
    if (stopped) return;
    timer = setTimeout(() => {
      last = tick();
    }, everySeconds * 1000);
    timer.unref();
  };
  last = tick();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return last;
    },
  };
}

export interface Queue<Answer> {
  /** Acts when every call before has ended. */
  run(): Promise<Answer>;
  /** Returns when nothing runs. */
  idle(): Promise<void>;
}

/** Makes calls of one action wait for each other: never two at once. */
export function createQueue<Answer>(act: () => Promise<Answer>): Queue<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: () => {
      const next = last.then(act, act);
      last = next;
      return next;
    },
    idle: async () => {
      await last.catch(() => undefined);
    },
  };
}
