/** The value of a key, computed the first time it is asked for. */
export function remembered<K, V>(known: Map<K, V>, key: K, compute: () => V): V {
  const value = known.get(key)
  if (value !== undefined) return value
  const fresh = compute()
  known.set(key, fresh)
  return fresh
}
