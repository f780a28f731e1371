import type { Ask } from './mutant.ts'

/** Path and query of a request, with a changed query. */
export const withQuery = (ask: Ask, change: (query: URLSearchParams) => void): string => {
  const query = new URLSearchParams(ask.query)
  change(query)
  return query.size === 0 ? ask.path : `${ask.path}?${query}`
}
