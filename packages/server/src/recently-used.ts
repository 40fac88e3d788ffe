/** What was used last, within a number: of more, what was not asked for for longest is let go. */
export interface RecentlyUsed<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  delete(key: K): void
}

/** @param most values that are kept */
export function createRecentlyUsed<K, V extends NonNullable<unknown>>(most: number): RecentlyUsed<K, V> {
  const values = new Map<K, V>()
  return {
    get(key) {
      const value = values.get(key)
      if (value === undefined) return undefined
      values.delete(key)
      values.set(key, value)
      return value
    },
    set(key, value) {
      values.delete(key)
      const oldest = values.keys().next()
      if (values.size >= most && !oldest.done) values.delete(oldest.value)
      values.set(key, value)
    },
    delete: (key) => void values.delete(key),
  }
}
