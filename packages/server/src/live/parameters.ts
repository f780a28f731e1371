import { limitOf } from '../app/parameters.ts'
import { parameterProblem } from '../app/problem.ts'
import { runIdFault } from '../receive/run-id.ts'
import type { ListPage } from './list-page.ts'

type Given<Name extends string> = Readonly<Partial<Record<Name, string>>>

/**
 * A parameter that says something where it is given.
 * @throws Problem 400 query.invalid_value for an empty one
 */
export const givenText = <Name extends string>(given: Given<Name>, name: Name): string | undefined => {
  const text = given[name]
  if (text === '') throw parameterProblem(400, 'query.invalid_value', name, 'expected a value')
  return text
}

/**
 * A parameter that is the id of a run.
 * @throws Problem 400 query.invalid_value for one that no run can have (AR-HTTP-015)
 */
export const givenRunId = <Name extends string>(given: Given<Name>, name: Name): string | undefined => {
  const id = givenText(given, name)
  const fault = id === undefined ? undefined : runIdFault(id)
  if (fault !== undefined) throw parameterProblem(400, 'query.invalid_value', name, fault)
  return id
}

/**
 * A parameter that is needed.
 * @throws Problem 400 query.missing_parameter, query.invalid_value
 */
export const requiredText = <Name extends string>(given: Given<Name>, name: Name): string =>
  needed(givenText(given, name), name)

/**
 * A parameter that is needed, the id of a run.
 * @throws Problem 400 query.missing_parameter, query.invalid_value
 */
export const requiredRunId = <Name extends string>(given: Given<Name>, name: Name): string =>
  needed(givenRunId(given, name), name)

const needed = (text: string | undefined, name: string): string => {
  if (text === undefined) throw parameterProblem(400, 'query.missing_parameter', name, 'this operation needs it')
  return text
}

/**
 * `limit` and `cursor`.
 * @throws Problem 400 query.limit
 */
export const pageParameters = (given: Given<'limit' | 'cursor'>, most: number): ListPage => ({
  limit: limitOf(given.limit, most),
  cursor: given.cursor,
})
