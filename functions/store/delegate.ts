/** An object with some members replaced; the others stay those of the target, methods called on it. */
export function delegate<T extends object>(target: T, replaced: Partial<T>): T {
  return new Proxy(target, {
    get: (original, name) => {
      const owner: object = Object.hasOwn(replaced, name) ? replaced : original;
      const member: unknown = Reflect.get(owner, name);
      return typeof member === 'function' ? member.bind(owner) : member;
    },
  });
}
