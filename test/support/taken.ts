/** The first `count` of what never ends. */
export function taken<Item>(items: Iterable<Item>, count: number): Item[] {
  const found: Item[] = []
  for (const item of items) {
    found.push(item)
    if (found.length === count) break
  }
  return found
}
