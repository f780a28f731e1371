import fc from 'fast-check'

/** A JSON value that may be changed. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value }

const other: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, true, 0, 1, -1, '', 'x', '2026-11-20T14:00:30Z', '2030-02-30T00:00:00Z', [], {}),
  fc.constantFrom<Value>('approved', 'denied', 'succeeded', 'handoff', 'model_call', 's-0', 's-1', 'run_1', 'ap-1'),
  fc.constantFrom<Value>(`sha256:${'0'.repeat(64)}`, { toJSON: 1 }, [[]], [null], [{}], 1e15),
)

/** One change of a record: at a place chosen by a number, delete, replace, double or move what is there. */
export const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('delete', 'replace', 'double', 'turn', 'copy'),
  value: other,
  source: fc.nat(),
})

export interface Change {
  readonly place: number
  readonly kind: 'delete' | 'replace' | 'double' | 'turn' | 'copy'
  readonly value: Value
  readonly source: number
}

interface Place {
  readonly holder: Value[] | { [name: string]: Value }
  readonly key: string | number
}

const placesOf = (value: Value): readonly Place[] => {
  if (typeof value !== 'object' || value === null) return []
  const own: readonly Place[] = Object.keys(value).map((key) => ({
    holder: value,
    key: Array.isArray(value) ? Number(key) : key,
  }))
  return [...own, ...Object.values(value).flatMap(placesOf)]
}

/** A changed copy of a value. */
export const changed = (original: Value, { place, kind, value, source }: Change): Value => {
  const copy = structuredClone(original)
  const places = placesOf(copy)
  const at = places[place % places.length]
  const from = places[source % places.length]
  if (at === undefined || from === undefined) return copy
  const { holder, key } = at
  const items = Array.isArray(holder) ? holder : undefined
  const named = holder as { [name: string]: Value }
  if (kind === 'delete') items === undefined ? delete named[key] : items.splice(Number(key), 1)
  else if (kind === 'replace') named[key] = value
  else if (kind === 'copy') named[key] = structuredClone((from.holder as { [name: string]: Value })[from.key]!)
  else if (kind === 'double' && items !== undefined) items.push(structuredClone(items[Number(key)]!))
  else if (kind === 'turn' && items !== undefined) items.reverse()
  return copy
}
