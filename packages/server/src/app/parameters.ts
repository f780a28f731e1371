import type { FastifyRequest } from 'fastify'
import { runIdFault } from '../receive/run-id.ts'
import { parameterProblem, problem } from './problem.ts'

/**
 * The query parameters of a request in their order, repeated ones included. Form-encoded, so `+` is a space.
 * @throws Problem 400 http.malformed for percent-encoding that is none or not UTF-8
 */
export const parametersOf = (request: FastifyRequest): readonly (readonly [name: string, value: string])[] => {
  const url = request.raw.url as string
  const at = url.indexOf('?')
  if (at < 0) return []
  return url
    .slice(at + 1)
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0 ? [decoded(part), ''] : [decoded(part.slice(0, equals)), decoded(part.slice(equals + 1))]
    })
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw problem(400, 'http.malformed', { detail: 'found percent-encoding that is not UTF-8 in the query' })
  }
}

/**
 * Query parameters of an operation that knows these names, each at most once.
 * @throws Problem 400 query.unknown_parameter, query.invalid_value (AR-HTTP-043, AR-HTTP-044)
 */
export const knownParameters = <Name extends string>(
  request: FastifyRequest,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> => {
  const found: Partial<Record<string, string>> = {}
  for (const [name, value] of parametersOf(request)) {
    if (!(names as readonly string[]).includes(name)) throw unknownParameter(name, names)
    if (Object.hasOwn(found, name)) throw parameterProblem(400, 'query.invalid_value', name, 'expected it once')
    found[name] = value
  }
  return found as Readonly<Partial<Record<Name, string>>>
}

/** A parameter that the operation does not have. Its name is shown: it is the client's own. */
export const unknownParameter = (name: string, names: readonly string[]): Error =>
  parameterProblem(
    400,
    'query.unknown_parameter',
    name,
    names.length === 0 ? 'this operation has no parameters' : `expected one of ${names.join(', ')}`,
  )

/**
 * `limit` of a page.
 * @param most the largest one, and the default where it is smaller than 50
 * @throws Problem 400 query.limit (AR-HTTP-042)
 */
export const limitOf = (text: string | undefined, most: number): number => {
  if (text === undefined) return Math.min(50, most)
  const limit = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 0
  if (limit < 1 || limit > most)
    throw parameterProblem(400, 'query.limit', 'limit', `expected an integer from 1 to ${most}`)
  return limit
}

/**
 * The run id of a path `/api/v1/runs/:id…`.
 * @throws Problem 422 run.id (AR-HTTP-015)
 */
export const runIdOf = (request: FastifyRequest): string => {
  const { id } = request.params as { readonly id: string }
  const fault = runIdFault(id)
  if (fault !== undefined) throw parameterProblem(422, 'run.id', 'id', fault)
  return id
}
