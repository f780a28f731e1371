import { portableId } from '../../conversion/identity.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The id of a turn, derived from the source: the same after every import, and the same in a forked copy, where the
 * session id is another one but the UUID of the prompt is not. An id that is no UUID is unique only in its session.
 */
export function turnId(sessionId: string | undefined, agentId: string | undefined, prompt: string): string {
  if (uuid.test(prompt)) return prompt
  return portableId([sessionId ?? 'session', ...(agentId ? [agentId] : []), prompt].join('.'))
}
