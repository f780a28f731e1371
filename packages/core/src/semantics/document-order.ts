import { isObject, type JsonObject } from './object.ts'

/**
 * Places of a record in the order in which they stand in it, members as they were written (spec/verdict.md, the first
 * error). Takes time linear in the objects that the places lead through.
 * @param paths JSON Pointers of members that the schemas name, so without escapes
 */
export const inDocumentOrder = (run: JsonObject, paths: readonly string[]): readonly string[] => {
  if (paths.length < 2) return paths
  const members = new Map<JsonObject, Map<string, number>>()
  const positionOf = (name: string, object: JsonObject): number => {
    const known = members.get(object) ?? new Map(Object.keys(object).map((each, index) => [each, index]))
    members.set(object, known)
    return known.get(name) ?? 0
  }
  const positionsOf = (path: string): number[] => {
    let value: unknown = run
    return path
      .slice(1)
      .split('/')
      .map((token) => {
        const holder = value
        if (Array.isArray(holder)) {
          value = holder[Number(token)]
          return Number(token)
        }
        if (!isObject(holder)) return 0
        value = holder[token]
        return positionOf(token, holder)
      })
  }
  return paths
    .map((path) => ({ path, positions: positionsOf(path) }))
    .sort((a, b) => compare(a.positions, b.positions))
    .map(({ path }) => path)
}

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let depth = 0; depth < Math.min(a.length, b.length); depth++) {
    const difference = (a[depth] ?? 0) - (b[depth] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
