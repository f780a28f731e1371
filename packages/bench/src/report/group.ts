/** Values by key, in the order in which keys come first. `Map.groupBy` does this from Node 21 on. */
export const groupBy = <T, K>(values: Iterable<T>, key: (value: T) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const name = key(value)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [value])
    else group.push(value)
  }
  return groups
}
