const values = new WeakMap<Promise<unknown>, { readonly value: unknown }>();

/** Notes what a promise comes to, so that `withNoted` need not wait for it. @returns the same promise */
export function noted<T>(promise: Promise<T>): Promise<T> {
  promise.then(
    (value) => values.set(promise, { value }),
    () => undefined,
  );
  return promise;
}

/**
 * Uses what a promise comes to: at once where that was noted by now, else when it is known. A hundred rows that each ask for the
 * same thing would otherwise wait a hundred times for what is there.
 */
export function withNoted<T, R>(promise: Promise<T>, use: (value: T) => R | Promise<R>): R | Promise<R> {
  const known = values.get(promise);
  // What is kept under a promise is what it came to.
  return known === undefined ? promise.then(use) : use(known.value as T);
}
