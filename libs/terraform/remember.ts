/**
 * Works something out once for each object that it is asked about, for as long as somebody holds that object.
 *
 * @param work gives the same for the same object
 */
export function remember<Key extends object, Result>(work: (key: Key) => Result): (key: Key) => Result {
  const results = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known.result;
    const result = work(key);
    results.set(key, { result });
    return result;
  };
}
