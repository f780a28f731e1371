import { AgentRunError } from '@agent-run/core'
import pg from 'pg'
import { storeError } from './faults.ts'

/** Why a database cannot be opened, by error codes of PostgreSQL (its manual, appendix A) and of the system. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^ENOENT$/, 'there is no such socket'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'this host is not known'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the host does not answer'],
  [/^(ECONNRESET|EPIPE)$/, 'what listens there hung up'],
  [/^3D000$/, 'there is no such database'],
  [/^28P01$/, 'the password is wrong, or there is no such user'],
  [/^28...$/, 'this user may not connect, or there is no such user'],
  [/^42501$/, 'this user may not do that in this database'],
  [/^53300$/, 'it has no connection left'],
  [/^57P0.$/, 'it is starting or stopping'],
]

/** How `pg` reports, without a code, what went wrong while it connected. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/password must be a (non-empty )?string/i, 'it wants a password, and none was given; PGPASSWORD holds one too'],
  [/timeout|timed out/i, 'the host does not answer'],
  [/does not support SSL/i, 'it does not speak TLS'],
  [/certificate/i, 'its certificate is not trusted'],
  [/connection (terminated|ended)/i, 'what listens there hung up'],
]

/**
 * An error at opening, with what was tried and why it failed: for whoever starts a program. Never for answers, which
 * strangers read.
 */
export const openFault = (url: string, error: unknown): unknown => {
  const reason = reasonOf(error)
  if (reason === undefined) return storeError(error)
  return new AgentRunError('store.unavailable', `the database cannot be opened: ${reason} (${placeOf(url)})`, error)
}

/** Host, port, database and user of a URL with what the environment adds, never the password. */
export const placeOf = (url: string): string => {
  const { host, port, database, user } = new pg.Client({ connectionString: url })
  return `host ${host}, port ${port}, database ${database ?? user ?? '?'}, user ${user ?? '?'}`
}

const reasonOf = (error: unknown): string | undefined => {
  if (error instanceof AgentRunError) return undefined
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string }
  const [reasons, text] = typeof code === 'string' ? [REASONS, code] : [MESSAGES, message]
  return reasons.find(([pattern]) => pattern.test(text))?.[1]
}
