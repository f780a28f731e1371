import type { Head } from '../../conversion/head.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'

/** True for a trajectory: it says its version, or has an agent with a name and steps with a number and a source. */
export function recognises({ document, text }: Head): boolean {
  const json = documentOf(document)
  if (!json) return /^\s*[[{]/.test(text) && /"schema_version"\s*:\s*"ATIF-v\d/.test(text)
  if (asString(json.schema_version)?.startsWith('ATIF-v')) return asArray(json.steps) !== undefined
  const first = asObject(asArray(json.steps)?.[0])
  return (
    asString(asObject(json.agent)?.name) !== undefined &&
    typeof first?.step_id === 'number' &&
    ['user', 'agent', 'system'].includes(asString(first.source) ?? '')
  )
}

const documentOf = (document: unknown): Json | undefined => asObject(document) ?? asObject(asArray(document)?.[0])

/** Members at the beginning of a document that name the session or a trajectory. */
const named = /"(?:session_id|trajectory_id)"\s*:\s*"([^"\\]{1,200})"/g

/** Trajectories of one session belong together, and those that name each other. */
export const keysOf = ({ text }: Head): readonly string[] =>
  [...new Set([...text.matchAll(named)].map((match) => match[1] ?? ''))].slice(0, 64)
