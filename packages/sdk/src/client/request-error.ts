import { AgentRunError } from '@agent-run/core'
import type { Problem } from '@agent-run/types'

/** What is known of a request that failed. */
export interface FailedRequest {
  /** HTTP status; absent if there was no answer. */
  readonly status?: number
  /** What the server says, if it said it in the form of the protocol. */
  readonly problem?: Problem
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfter?: number
}

/**
 * A request that failed. `code` is that of the server's Problem, or one of ours: `client.unreachable`, `client.timeout`,
 * `client.redirected`, `client.status` (an error without a Problem), `client.answer` (an answer that the protocol does not
 * know), `client.digest` (the server has something else than what was sent). No key stands in it.
 */
export class RequestError extends AgentRunError implements FailedRequest {
  readonly status?: number
  readonly problem?: Problem
  readonly retryAfter?: number

  constructor(code: string, message: string, { status, problem, retryAfter }: FailedRequest = {}) {
    super(code, message, problem)
    if (status !== undefined) this.status = status
    if (problem !== undefined) this.problem = problem
    if (retryAfter !== undefined) this.retryAfter = retryAfter
  }
}

const longest = 400

/** A text of somebody else for a message: without the key, in one line, nothing in it that moves a cursor. */
export const harmless = (text: string, key: string | undefined): string => {
  const without = key === undefined ? text : text.replaceAll(key, '…')
  const line = without.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
