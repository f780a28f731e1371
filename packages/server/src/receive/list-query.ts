import { type Finding, type RunFilter, readRunFilter } from '@agent-run/core'
import { limitOf } from '../app/parameters.ts'
import { type Problem, parameterProblem, problem } from '../app/problem.ts'

/** What GET /runs is asked for. */
export interface ListQuery {
  readonly filter: RunFilter
  readonly limit: number
  readonly cursor: string | undefined
  /** What a cursor of this query is good for: this query and no other. */
  readonly purpose: string
}

type Parameter = readonly [name: string, value: string]

/**
 * Reads the parameters of GET /runs.
 * @param most largest page
 * @throws Problem 400 query.unknown_parameter, query.invalid_value, query.limit
 */
export const readListQuery = (parameters: readonly Parameter[], most: number): ListQuery => {
  const isOwn = ([name]: Parameter): boolean => name === 'limit' || name === 'cursor'
  const own = new Map<string, string>()
  for (const [name, value] of parameters.filter(isOwn)) {
    if (own.has(name)) throw parameterProblem(400, 'query.invalid_value', name, 'expected it once')
    own.set(name, value)
  }
  const read = readRunFilter(parameters.filter((parameter) => !isOwn(parameter)))
  if (!read.ok) throw refuseFilter(read.findings)
  return {
    filter: read.filter,
    limit: limitOf(own.get('limit'), most),
    cursor: own.get('cursor'),
    purpose: purposeOf(read.filter),
  }
}

/** The findings as a problem that names the parameters; its code is that of the first. */
export const refuseFilter = (findings: readonly Finding[]): Problem =>
  problem(400, findings[0]?.code ?? 'query.invalid_value', {
    errors: findings.map(({ code, path, message, allowed, suggestion }) => ({
      code,
      parameter: path,
      message:
        message +
        (suggestion === undefined ? '' : `; did you mean ${suggestion}?`) +
        (allowed === undefined || suggestion !== undefined ? '' : `: ${allowed.join(', ')}`),
    })),
  })

const purposeOf = ({ facts, since, until }: RunFilter): string =>
  JSON.stringify(['runs', facts.map(({ kind, value }) => `${kind}=${value}`).sort(), since ?? null, until ?? null])
