import type { Head } from '../../conversion/head.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import { isBareHeader, readLine } from './line.ts'
import { readSession } from './session.ts'

const lineTypes = new Set(['session_meta', 'response_item', 'event_msg', 'turn_context', 'compacted'])

/** A first line that is too long to be looked at whole: instructions may stand in the header. */
const longHeader = /^\s*\{"timestamp":"[^"]{0,40}","type":"session_meta","payload":\{"id":"([^"\\]{1,128})"/

/** A rollout: lines of `type` and `payload` with a time, or the header and the bare items of the oldest versions. */
export function recognises({ objects, text }: Head): boolean {
  if (longHeader.test(text)) return true
  if (objects.some((json) => lineTypes.has(asString(json.type) ?? '') && asObject(json.payload) !== undefined))
    return true
  const [first, ...others] = objects
  return (
    first !== undefined &&
    isBareHeader(first) &&
    first.payload === undefined &&
    (others.length === 0 || others.some((json) => json.record_type !== undefined || isItem(json)))
  )
}

const isItem = (json: Json): boolean => {
  const line = readLine(json, 0)
  return typeof line !== 'string' && line.type === 'response_item'
}

/**
 * A session and those of its sub-agents belong together. A review names no parent: it is looked for among the sessions
 * of the same folder that were started on the same day.
 */
export function groupKeys({ objects, text }: Head): readonly string[] {
  const keys = new Set<string>()
  const long = longHeader.exec(text)?.[1]
  if (long !== undefined) keys.add(`session ${long}`)
  for (const json of objects) {
    const line = readLine(json, 0)
    if (typeof line === 'string' || line.type !== 'session_meta') continue
    const session = readSession(line)
    keys.add(`session ${session.id}`)
    if (session.subAgent?.parentThread) keys.add(`session ${session.subAgent.parentThread}`)
    if (session.cwd && session.created) keys.add(`folder ${session.created.text.slice(0, 10)} ${session.cwd}`)
    break
  }
  return [...keys]
}
