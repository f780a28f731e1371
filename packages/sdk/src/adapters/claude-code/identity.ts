import { digest } from '@agent-run/core'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const portable = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/

/**
 * The id of a turn, derived from the source: the same after every import, and the same in a forked copy, where the
 * session id is another one but the UUID of the prompt is not. An id that is no UUID is unique only in its session.
 */
export function turnId(sessionId: string | undefined, agentId: string | undefined, prompt: string): string {
  if (uuid.test(prompt)) return prompt
  return portableId([sessionId ?? 'session', ...(agentId ? [agentId] : []), prompt].join('.'))
}

/** An id that is safe wherever ids go (files, addresses, terminals): as it is, or cleaned and told apart by a digest. */
export function portableId(id: string): string {
  if (portable.test(id)) return id
  const cleaned = id
    .slice(0, 80)
    .replace(/[^A-Za-z0-9._~-]/g, '_')
    .replace(/^[^A-Za-z0-9]+/, '')
  return `${cleaned === '' ? 'id' : cleaned}-${digest(id).slice('sha256:'.length, 'sha256:'.length + 12)}`
}
