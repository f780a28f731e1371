/** A value of a query parameter; a list gives the parameter several times, `undefined` leaves it out. */
export type QueryValue = string | number | boolean | readonly string[] | undefined

/**
 * The path of a run. Every id that the protocol allows can be reached.
 * @throws TypeError for an id that no run can have (AR-HTTP-015)
 */
export const runPath = (id: string, rest = ''): string => `/runs/${segment(id, 'a run')}${rest}`

/** One segment of a path. @throws TypeError for a text that cannot be one */
export const segment = (id: unknown, what: string): string => {
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..' || !id.isWellFormed())
    throw new TypeError(`${what} needs an id; expected a text that is not empty, "." or ".."`)
  return encodeURIComponent(id)
}

/** A query with its question mark; empty where there is nothing to ask. */
export const queryOf = (parameters: object): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters) as [string, QueryValue][])
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null) query.append(name, String(each))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
