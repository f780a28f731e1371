import type { Head } from '../../conversion/head.ts'
import { asString, type Json } from '../../conversion/json.ts'
import { sessionFolder } from './delegations.ts'
import { hookNames } from './hook-log.ts'
import { metaName } from './read.ts'
import { readTelemetry } from './telemetry-records.ts'

/** Whether a file is a transcript, a description of a sub-agent, a log of hooks or a telemetry log of Claude Code. */
export function recognises({ name, text, objects, document }: Head): boolean {
  if (metaName.test(name)) return asString((document as Json | undefined)?.agentType) !== undefined
  if (objects.length === 0) return isLongLine(text)
  return objects.some((json) => isTranscriptLine(json) || isHookLine(json) || readTelemetry(json) !== undefined)
}

const isTranscriptLine = (json: Json): boolean =>
  typeof json.sessionId === 'string' || typeof json.uuid === 'string'
    ? 'isSidechain' in json ||
      'parentUuid' in json ||
      json.type === 'permission-mode' ||
      json.type === 'queue-operation'
    : (json.type === 'summary' && typeof json.leafUuid === 'string') ||
      (json.type === 'file-history-snapshot' && typeof json.messageId === 'string')

/** Other agents have hooks of the same names, which stand in their own folders. */
const isHookLine = (json: Json): boolean =>
  typeof json.session_id === 'string' &&
  hookNames.has(asString(json.hook_event_name) ?? '') &&
  !/[\\/]\.(?:codex|gemini|copilot|cursor)[\\/]/.test(asString(json.transcript_path) ?? '')

/** A first line that is longer than what was read of it. */
const isLongLine = (text: string): boolean =>
  text.startsWith('{') && /"(?:isSidechain|parentUuid)":/.test(text) && /"(?:sessionId|uuid)":"/.test(text)

/**
 * What a file belongs to: the sessions it names, the folder of the session it lies in, and the first line of its
 * conversation, which a fork shares with what it was copied from.
 */
export function groupKeys({ name, text, objects }: Head): readonly string[] {
  const keys = new Set<string>()
  const put = (kind: string, value: string | undefined): void => {
    if (value !== undefined) keys.add(`${kind} ${value}`)
  }
  const folder = sessionFolder(name)?.path ?? /^(.+)\.jsonl(?:\.gz)?$/.exec(name)?.[1]
  put('folder', folder)
  if (metaName.test(name)) return [...keys]
  for (const json of objects) {
    put('session', asString(json.sessionId) ?? (asString(json.hook_event_name) && asString(json.session_id)))
    for (const { session } of readTelemetry(json) ?? []) put('session', session === '' ? undefined : session)
  }
  const first = objects.find(({ type }) => type === 'user' || type === 'assistant')
  if (first?.isSidechain !== true) put('line', asString(first?.uuid))
  if (objects.length === 0) {
    put('session', /"sessionId":"([^"\\]{1,128})"/.exec(text)?.[1])
    put('line', /"uuid":"([^"\\]{1,128})"/.exec(text)?.[1])
  }
  return [...keys]
}
