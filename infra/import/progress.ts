import { SingleBar } from 'cli-progress';
import type { Progress } from './import-file.ts';
import type { Texts } from './texts.ts';

const MILLISECONDS_BETWEEN_LINES = 5000;

export interface ProgressDisplay {
  show(progress: Progress): void;
  end(): void;
}

/** A bar on a terminal; elsewhere (logs, pipes) a plain line every five seconds. */
export const createProgressDisplay = (texts: Texts, stream: NodeJS.WriteStream): ProgressDisplay =>
  stream.isTTY ? barOn(stream) : linesOn(texts, stream);

const barOn = (stream: NodeJS.WriteStream): ProgressDisplay => {
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage}% {value}/{total} · {duration_formatted} · ETA {eta_formatted}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    hideCursor: true,
  });
  let started = false;
  return {
    show: ({ totalRows, rows }) => {
      if (totalRows === null) return;
      if (started) bar.update(rows);
      else bar.start(totalRows, rows);
      started = true;
    },
    end: () => {
      if (started) bar.stop();
    },
  };
};

const linesOn = (texts: Texts, stream: NodeJS.WriteStream): ProgressDisplay => {
  let next = Date.now() + MILLISECONDS_BETWEEN_LINES;
  return {
    show: ({ totalRows, rows }) => {
      if (Date.now() < next) return;
      next = Date.now() + MILLISECONDS_BETWEEN_LINES;
      stream.write(`${totalRows === null ? texts.checking(rows) : texts.sending(rows, totalRows)}\n`);
    },
    end: () => undefined,
  };
};
