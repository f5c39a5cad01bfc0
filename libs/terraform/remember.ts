/**
 * Works something out once for each object that it is asked about, for as long as somebody holds that object, or once for
 * each text.
 *
 * @param work gives the same for the same object or text
 */
export function remember<Key extends object | string, Result>(
  work: (key: Key) => Result,
): (key: Key) => Result {
  const ofObjects = new WeakMap<object, { readonly result: Result }>();
  const ofTexts = new Map<string, { readonly result: Result }>();
  return (key) => {
    const known = typeof key === 'string' ? ofTexts.get(key) : ofObjects.get(key);
    if (known !== undefined) return known.result;
    const result = work(key);
    if (typeof key === 'string') ofTexts.set(key, { result });
    else ofObjects.set(key, { result });
    return result;
  };
}
