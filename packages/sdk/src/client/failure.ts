import type { Problem } from '@agent-run/types'
import type { OpenAnswer } from './attempt.ts'
import { readObject, readWhole } from './body.ts'
import type { Settings } from './options.ts'
import { harmless, RequestError } from './request-error.ts'
import { readRetryAfter } from './retry.ts'

/** Longest Problem that is read, in octets. */
const longestProblem = 1024 * 1024

/** What an answer that is an error says. */
export async function readFailure(answer: OpenAnswer, { key }: Settings): Promise<RequestError> {
  const { status } = answer
  const retryAfter = readRetryAfter(answer.header('retry-after'), answer.header('date'))
  const problem = await readProblem(answer, key)
  const known = { status, ...(retryAfter === undefined ? {} : { retryAfter }) }
  if (problem === undefined)
    return new RequestError('client.status', `the server answered ${status} and did not say why`, known)
  return failureOf(problem, key, known)
}

/** The error that a Problem is, in its words. */
export function failureOf(
  problem: Problem,
  key: string | undefined,
  known: { readonly status: number; readonly retryAfter?: number },
): RequestError {
  const { code, title, detail, errors = [] } = problem
  const [first] = Array.isArray(errors) ? errors : []
  const words = [
    typeof detail === 'string' ? `${title}: ${detail}` : title,
    first && wordsOf(first, code, [title, detail]),
    errors.length > 1 && `and ${errors.length - 1} more`,
  ]
  const message = words.filter((part) => typeof part === 'string').join('; ')
  return new RequestError(code, harmless(`${message} (${known.status})`, key), { ...known, problem })
}

/** What an error says beyond the problem itself: each thing is said once. */
const wordsOf = (
  { code, pointer, parameter, message }: NonNullable<Problem['errors']>[number],
  known: string,
  said: readonly (string | undefined)[],
): string | undefined => {
  const where = pointer ?? parameter
  const place = where === undefined ? '' : `at ${where || 'the root'}`
  const isNew = !said.some((text) => text?.includes(message))
  if (!isNew) return place || undefined
  return `${[code === known ? '' : code, place].filter(Boolean).join(' ') || code}: ${message}`
}

async function readProblem(answer: OpenAnswer, key: string | undefined): Promise<Problem | undefined> {
  try {
    const problem = readObject<Partial<Problem>>(await readWhole(answer, longestProblem), answer.status)
    const { code, title } = problem
    if (typeof code !== 'string' || !/^[a-z_]+(\.[a-z0-9_]+)+$/.test(code) || typeof title !== 'string')
      return undefined
    // A server, or something before it, may send back what it was sent.
    const text = JSON.stringify(problem)
    return (key === undefined || !text.includes(key) ? problem : JSON.parse(text.replaceAll(key, '…'))) as Problem
  } catch {
    return undefined
  } finally {
    answer.close()
  }
}
