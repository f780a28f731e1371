import type { OpenAnswer } from './attempt.ts'
import { joined } from './octet-lines.ts'
import { RequestError } from './request-error.ts'

/**
 * Reads an answer whole.
 * @param most octets that are held
 * @throws RequestError `client.answer` if it is longer
 */
export async function readWhole(answer: OpenAnswer, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.chunks) {
    length += chunk.length
    if (length > most)
      throw new RequestError('client.answer', `the answer is longer than ${most} octets`, { status: answer.status })
    parts.push(chunk)
  }
  return joined(parts, length)
}

/**
 * A JSON answer.
 * @throws RequestError `client.answer` if it is none, or no object
 */
export function readObject<T extends object>(octets: Uint8Array, status: number): T {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T
  } catch {
    // Said below: what came may be anything, and is not repeated.
  }
  throw new RequestError('client.answer', `the answer (${status}) is no JSON object; is this an agent-run server?`, {
    status,
  })
}
