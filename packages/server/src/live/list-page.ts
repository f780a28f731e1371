import type { AppContext } from '../app/context.ts'
import { parameterProblem } from '../app/problem.ts'

/** A page of a list that is asked for. */
export interface ListPage {
  readonly limit: number
  readonly cursor: string | undefined
}

/** Where a page begins: what the cursor carries, undefined for the first page. */
export const positionOf = (
  { tokens }: Pick<AppContext, 'tokens'>,
  tenant: string,
  purpose: string,
  cursor: string | undefined,
): string | undefined => {
  if (cursor === undefined) return undefined
  const position = tokens.open(tenant, purpose, cursor)
  if (position === undefined)
    throw parameterProblem(400, 'query.cursor', 'cursor', 'expected the next of a page of this query')
  return position
}

/**
 * A page of a list that only grows at its end.
 * @param purpose what a cursor of this list is good for, with everything that was asked
 * @throws Problem 400 query.cursor (AR-HTTP-045)
 */
export const pageOf = <Item>(
  context: Pick<AppContext, 'tokens'>,
  tenant: string,
  purpose: string,
  items: readonly Item[],
  { limit, cursor }: ListPage,
): { readonly items: readonly Item[]; readonly next: string | undefined } => {
  const from = Number(positionOf(context, tenant, purpose, cursor) ?? 0)
  const end = from + limit
  return {
    items: items.slice(from, end),
    next: end < items.length ? context.tokens.seal(tenant, purpose, String(end)) : undefined,
  }
}
