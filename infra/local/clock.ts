/**
 * Sets the clock of this process: from now on it runs from `start`, at its usual pace. Handlers ask Date, as they do
 * in the cloud, and so a test can let the days of an objection go by.
 *
 * @returns what sets the clock right again
 */
export function setClock(start: Date): () => void {
  const RealDate = globalThis.Date;
  const offset = start.getTime() - RealDate.now();
  const now = (): number => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(target, parameters.length === 0 ? [now()] : parameters, newTarget),
    apply: (target) => new target(now()).toString(),
    get: (target, property, receiver) => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  });
  return () => {
    globalThis.Date = RealDate;
  };
}
