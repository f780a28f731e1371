import type { Step } from '@agent-run/types'

/** What an error that a call ended with says about its step. */
export interface Failure {
  readonly status: 'failed' | 'cancelled' | 'timeout'
  readonly error: string
  readonly error_type: NonNullable<Step['error_type']>
  readonly exit_code?: number
}

const bySystemCode: Readonly<Record<string, Failure['error_type']>> = {
  ENOENT: 'not_found',
  EACCES: 'permission_denied',
  EPERM: 'permission_denied',
  ECONNREFUSED: 'network',
  ECONNRESET: 'network',
  ENOTFOUND: 'network',
  EAI_AGAIN: 'network',
  EPIPE: 'network',
  ETIMEDOUT: 'timeout',
}

const byHttpStatus = (status: number): Failure['error_type'] | undefined => {
  if (status === 429) return 'rate_limited'
  if (status === 401 || status === 403) return 'permission_denied'
  if (status === 404) return 'not_found'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 500) return 'provider_error'
  return status >= 400 ? 'invalid_request' : undefined
}

/**
 * Reads what was thrown, as far as it says anything about itself.
 * @param otherwise the kind of error where it does not
 */
export function readError(thrown: unknown, otherwise: Failure['error_type']): Failure {
  const { name, code, status, exitCode, message } = membersOf(thrown)
  const text = typeof message === 'string' && message !== '' ? message : typeof thrown === 'string' ? thrown : 'error'
  if (name === 'AbortError' || code === 'ABORT_ERR')
    return { status: 'cancelled', error: text, error_type: 'cancelled' }
  if (name === 'TimeoutError') return { status: 'timeout', error: text, error_type: 'timeout' }
  const exit = [exitCode, code].find((value) => Number.isSafeInteger(value)) as number | undefined
  const type =
    (typeof code === 'string' ? bySystemCode[code] : undefined) ??
    (typeof status === 'number' ? byHttpStatus(status) : undefined) ??
    otherwise
  return {
    status: type === 'timeout' ? 'timeout' : 'failed',
    error: text,
    error_type: type,
    ...(exit === undefined ? {} : { exit_code: exit }),
  }
}

/** Members of what was thrown; a getter of a stranger's error may itself throw. */
const membersOf = (thrown: unknown): Readonly<Record<string, unknown>> => {
  if (typeof thrown !== 'object' || thrown === null) return {}
  const members: Record<string, unknown> = {}
  for (const name of ['name', 'code', 'status', 'exitCode', 'message']) {
    try {
      members[name] = (thrown as Record<string, unknown>)[name]
    } catch {
      // Nothing is known of it then.
    }
  }
  return members
}
