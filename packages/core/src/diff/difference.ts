import type { Difference } from '@agent-run/types'
import { canonicalize } from '../canonical/index.ts'

/** A value that can be compared by its text, under a name, and of several with that name the one of a subject. */
export interface Setting {
  readonly name: string
  readonly subject?: string
  /** Absent: there is nothing to say but that it is there. */
  readonly value?: string
}

const LONGEST = 1000

/** A text as a difference shows it: what is very long is cut. */
export const shownText = (text: string): string => {
  if (text.length <= LONGEST) return text
  const head = text.slice(0, LONGEST - 1)
  // Half of a surrogate pair is no text.
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`
}

/** Any value of a record as text: itself, or its canonical JSON. */
export const textOfValue = (value: unknown): string => (typeof value === 'string' ? value : canonicalize(value))

/** What differs between two lists of settings, in the order of the later one, with what it lacks at its old place. */
export const compareSettings = (before: readonly Setting[], after: readonly Setting[]): Difference[] => {
  const [old, fresh] = [byKey(before), byKey(after)]
  const differences: Difference[] = []
  for (const [key, setting] of merge(old, fresh)) {
    const difference = compareSetting(setting, old.get(key), fresh.get(key))
    if (difference) differences.push(difference)
  }
  return differences
}

/** What differs between two sets of values by name, what the earlier one has first. */
export const compareNamed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Difference[] => {
  const differences: Difference[] = []
  for (const [name, value] of before) {
    const other = after.get(name)
    if (other === undefined) differences.push({ change: 'removed', name, before: shownText(value) })
    else if (other !== value)
      differences.push({ change: 'changed', name, before: shownText(value), after: shownText(other) })
  }
  for (const [name, value] of after)
    if (!before.has(name)) differences.push({ change: 'added', name, after: shownText(value) })
  return differences
}

const compareSetting = (
  { name, subject }: Setting,
  before: Setting | undefined,
  after: Setting | undefined,
): Difference | undefined => {
  if (before && after && before.value === after.value) return undefined
  return {
    change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    name,
    ...(subject === undefined ? {} : { subject: shownText(subject) }),
    ...(before?.value === undefined ? {} : { before: shownText(before.value) }),
    ...(after?.value === undefined ? {} : { after: shownText(after.value) }),
  }
}

/** Settings by name and subject; where several are alike in both, their values together are compared. */
const byKey = (settings: readonly Setting[]): Map<string, Setting> => {
  const map = new Map<string, Setting>()
  for (const setting of settings) {
    const key = JSON.stringify([setting.name, setting.subject ?? null])
    const known = map.get(key)
    if (known === undefined) map.set(key, setting)
    else if (known.value !== setting.value)
      map.set(key, { ...known, value: [known.value, setting.value].filter((value) => value !== undefined).join(', ') })
  }
  return map
}

/** Groups of one name stay together, in the order in which the names are met, first the earlier settings of each. */
const merge = (before: ReadonlyMap<string, Setting>, after: ReadonlyMap<string, Setting>): Map<string, Setting> => {
  const groups = new Map<string, [string, Setting][]>()
  for (const [key, setting] of [...before, ...after]) {
    const group = groups.get(setting.name)
    if (group) group.push([key, setting])
    else groups.set(setting.name, [[key, setting]])
  }
  return new Map([...groups.values()].flat())
}
