import type { Json, JsonObject } from '../bytes/json.ts'
import { nowhere, valueAt } from '../bytes/json.ts'
import { expand } from '../http/expand.ts'
import { Room } from '../http/room.ts'
import { includes, ruleFaults } from '../http/rules.ts'
import type { Schemas } from '../http/schemas.ts'
import { show } from '../http/show.ts'
import type { Expected } from './scenario.ts'

/** Messages of one rule that are shown. */
const SHOWN = 5

/** What of a scenario's evidence is not as expected, one sentence each; empty if all is. */
export const expectationFaults = (schemas: Schemas, expected: Expected, evidence: JsonObject): readonly string[] => {
  const room = new Room({ url: new URL('http://stub'), keys: {}, seed: '', info: {} }, expected.name)
  for (const [name, { at, where, take }] of Object.entries(expected.find ?? {})) {
    const wanted = expand(room, where)
    const list = valueAt(evidence, at)
    const item = Array.isArray(list) ? list.find((each: Json) => includes(each, wanted)) : undefined
    const value = item === undefined ? nowhere : valueAt(item, take)
    if (value === nowhere) return [`${at} has no item ${show(wanted)}${take === '' ? '' : ` with ${take}`}`]
    room.captured.set(name, value)
  }
  return expected.rules.flatMap((rule) => ruleFaults(room, schemas, rule, evidence)).slice(0, SHOWN)
}
