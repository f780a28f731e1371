import { isObject, type Json, type JsonObject } from '../bytes/json.ts'

/** The records that a record is tied to by delegation, over any number of hands; itself not among them. */
export type Relatives = (record: JsonObject) => readonly JsonObject[]

/** Finds the families in records: those who name each other as parent or child, so that nobody is held against strangers. */
export const findFamilies = (records: readonly JsonObject[]): Relatives => {
  const elder = new Map<string, string>()
  const head = (id: string): string => {
    let found = id
    for (let next = elder.get(found); next !== undefined; next = elder.get(found)) found = next
    if (found !== id) elder.set(id, found)
    return found
  }
  for (const record of records) {
    for (const other of namesIn(record)) {
      const [one, two] = [head(String(record.id)), head(other)]
      if (one !== two) elder.set(one, two)
    }
  }
  const families = new Map<string, JsonObject[]>()
  for (const record of records) {
    const name = head(String(record.id))
    const family = families.get(name)
    if (family === undefined) families.set(name, [record])
    else family.push(record)
  }
  return ({ id }) => (families.get(head(String(id))) ?? []).filter((each) => each.id !== id)
}

const namesIn = ({ provenance, steps }: JsonObject): readonly string[] => {
  const parents = isObject(provenance) ? named(provenance.parents, 'run_id') : []
  return [...parents, ...named(steps, 'child_run_id')]
}

const named = (list: Json | undefined, member: string): readonly string[] =>
  Array.isArray(list)
    ? list.flatMap((item: Json) => {
        const name = isObject(item) ? item[member] : undefined
        return typeof name === 'string' ? [name] : []
      })
    : []
