import { valueAt } from '../bytes/json.ts'
import { readBody } from '../http/judge.ts'
import { Missing } from '../http/room.ts'
import type { WrittenCodeCase } from './code-case.ts'

/** Requests that a case sends to find a limit: so many at once, so many times. */
const AT_ONCE = 25
const ROUNDS = 16

export const rateCases: readonly WrittenCodeCase[] = [
  {
    name: 'rate_limit_without_retry_after',
    requirement: 'AR-HTTP-013',
    capability: 'core',
    description: 'A client that asks too often is answered 429 with Retry-After.',
    fault: 'Closes the connection, answers 503, or does not say when to come back.',
    run: async (stage) => {
      for (let round = 0; round < ROUNDS; round++) {
        const requests = Array.from({ length: AT_ONCE }, () =>
          stage.once({ method: 'GET', path: '/api/v1/runs?limit=1' }),
        )
        for (const outcome of await Promise.all(requests)) {
          if ('failure' in outcome) return [outcome.failure]
          const { status, headers, octets } = outcome.answer
          if (status === 200) continue
          if (status !== 429) return [`answered ${status}, expected 200 or 429`]
          const code = valueAt(readBody(octets), '/code')
          return [
            ...(/^[0-9]+$/.test(headers['retry-after'] ?? '') ? [] : ['Retry-After is not a number of seconds']),
            ...(code === 'rate.limited' ? [] : ['the code of the problem is not rate.limited']),
          ]
        }
      }
      throw new Missing(`a limit below ${AT_ONCE * ROUNDS} requests in a row was not met`)
    },
  },
]
