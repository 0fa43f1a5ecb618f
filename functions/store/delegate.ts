/** An object with some members replaced; the others stay those of the target, methods called on it. */
export function delegate<T extends object>(target: T, replaced: Partial<T>): T {
  const methods = new Map<PropertyKey, unknown>();
  return new Proxy(target, {
    get: (original, name) => {
      const known = methods.get(name);
      if (known !== undefined) return known;
      const owner: object = Object.hasOwn(replaced, name) ? replaced : original;
      const member: unknown = Reflect.get(owner, name);
      if (typeof member !== 'function') return member;
      const method: unknown = member.bind(owner);
      methods.set(name, method);
      return method;
    },
  });
}
