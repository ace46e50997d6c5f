/** At most so many items out of a stream of unknown length, in memory for twice as many: those of the smallest hashes. */

export interface HashedSample<Item> {
  /** false: it would be dropped, so nothing needs to be computed for it. */
  wants(hash: number): boolean
  add(hash: number, item: Item): void
  /** In order of hash. */
  items(): Item[]
}

/** Which items are kept depends on the hashes alone, not on the order; of equal hashes at the limit the first come stay. */
export function createHashedSample<Item>(most: number): HashedSample<Item> {
  let kept: { readonly hash: number; readonly item: Item }[] = []
  let limit = Number.POSITIVE_INFINITY
  const cut = (): void => {
    kept.sort((a, b) => a.hash - b.hash)
    if (kept.length <= most) return
    kept = kept.slice(0, most)
    limit = kept.at(-1)!.hash
  }
  return {
    wants: (hash) => hash < limit,
    add(hash, item) {
      if (hash >= limit) return
      kept.push({ hash, item })
      if (kept.length >= 2 * most) cut()
    },
    items() {
      cut()
      return kept.map(({ item }) => item)
    },
  }
}
