import { nearest } from '../suggest/nearest.ts'

/** Longer names are nobody's typing mistake. */
const LONGEST = 64

/** Words that different runtimes use for the same thing. A group's first word that is allowed is the one suggested. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['completed', 'succeeded', 'success', 'successful', 'complete', 'done', 'finished', 'passed', 'ok'],
  ['failed', 'failure', 'fail', 'error', 'errored'],
  ['cancelled', 'aborted', 'stopped', 'killed'],
  ['timeout', 'timed_out'],
  ['running', 'in_progress', 'active', 'started'],
  ['pending', 'queued', 'waiting', 'scheduled'],
  ['denied', 'block', 'rejected', 'declined', 'refused', 'blocked'],
  ['approved', 'allow', 'accepted', 'allowed', 'granted'],
  ['user', 'human'],
  ['assistant', 'model'],
  ['model_call', 'llm', 'llm_call', 'generation'],
  ['tool_call', 'tool', 'tool_use', 'function_call'],
  ['manual', 'user', 'human'],
  ['cron', 'schedule', 'scheduled'],
]

/** The allowed value that was probably meant: with other capitals or separators, nearly right, or in other words. */
export function suggestValue(found: string, allowed: readonly string[]): string | undefined {
  if (found.length > LONGEST) return undefined
  const word = snakeCase(found)
  if (allowed.includes(word)) return word
  return nearest(word, allowed) ?? synonym(word, allowed) ?? synonym(nearest(word, SYNONYMS.flat()), allowed)
}

const synonym = (word: string | undefined, allowed: readonly string[]): string | undefined =>
  SYNONYMS.filter((group) => word !== undefined && group.includes(word))
    .flat()
    .find((value) => allowed.includes(value))

/** The member that was probably meant: `agentVersion` → `agent_version`, then the nearest; only one not there yet. */
export function suggestMember(found: string, known: readonly string[], present: object): string | undefined {
  if (found.length > LONGEST) return undefined
  const missing = known.filter((name) => !Object.hasOwn(present, name))
  const snake = snakeCase(found)
  return missing.includes(snake) ? snake : nearest(snake, missing)
}

/** `agentID`, `agent-id` and `Agent ID` → `agent_id`. */
const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase()
