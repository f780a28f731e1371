import type { Finding } from '@agent-run/core'
import type { Problem as ProblemBody } from '@agent-run/types'
import { titleOf } from './problem-titles.ts'

/** Base of `Problem.type`: an identifier, nothing fetches it. */
const TYPE_BASE = 'https://w3id.org/agent-run/v1/errors#'

/** One thing that was found in a request (schemas/problem-error.json). */
export interface ProblemError {
  readonly code: string
  /** JSON Pointer into the body. */
  readonly pointer?: string
  readonly message: string
  readonly requirement?: string
  /** Name of the parameter or header, where it is none of the body. */
  readonly parameter?: string
}

/** What a problem may say besides its status and code. */
export interface ProblemDetails {
  /** One sentence: what was found and what was expected. Never a payload, an id or a key. */
  readonly detail?: string
  readonly errors?: readonly ProblemError[]
  /** The limit that was exceeded, in its own unit (octets, lines). */
  readonly limit?: number
  /** The head that a journal line was to follow. */
  readonly expected?: { readonly seq: number; readonly head: string }
  /** Headers of the answer: Allow, Retry-After … */
  readonly headers?: Readonly<Record<string, string>>
  /** What is behind it; for the log, never for the answer. */
  readonly cause?: unknown
}

/** An answer that is an error: thrown by routes, sent as application/problem+json (RFC 9457, AR-HTTP-004). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  /** Dotted, stable code, listed in `spec/errors.md`. */
  readonly code: string
  readonly details: ProblemDetails

  constructor(status: number, code: string, details: ProblemDetails = {}) {
    super(details.detail ?? titleOf(code), details.cause === undefined ? undefined : { cause: details.cause })
    this.status = status
    this.code = code
    this.details = details
  }

  /** The Problem object (schemas/problem.json). */
  toJSON(): ProblemBody {
    const { detail, errors, limit, expected } = this.details
    return {
      type: TYPE_BASE + this.code,
      title: titleOf(this.code),
      status: this.status,
      code: this.code,
      ...(detail === undefined ? {} : { detail }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
      ...(limit === undefined ? {} : { limit }),
      ...(expected === undefined ? {} : { expected }),
    }
  }
}

/** A problem, to be thrown: `throw problem(404, 'run.unknown')`. */
export const problem = (status: number, code: string, details?: ProblemDetails): Problem =>
  new Problem(status, code, details)

/** Findings as `errors[]`. */
export const problemErrors = (findings: readonly Finding[]): ProblemError[] =>
  findings.map(({ code, path, message, requirement }) => ({
    code,
    pointer: path,
    message,
    ...(requirement === undefined ? {} : { requirement }),
  }))

/** A problem about one parameter or header. */
export const parameterProblem = (status: number, code: string, parameter: string, message: string): Problem =>
  problem(status, code, { detail: message, errors: [{ code, parameter, message }] })
