/** Items by time, if all have one; else as they are. */
export const inOrder = <Item>(items: readonly Item[], time: (item: Item) => number | undefined): Item[] =>
  items.every((item) => time(item) !== undefined) ? [...items].sort((a, b) => time(a)! - time(b)!) : [...items]

/** Items by a key; each list in their order. */
export function groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
