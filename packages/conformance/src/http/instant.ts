/**
 * An RFC 3339 time as a text whose order is the order of time; undefined for something else. Exact to the nanosecond,
 * whatever the offset.
 */
export const instant = (time: string): string | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(time)
  if (!match) return undefined
  const seconds = Date.parse(`${match[1]}${match[3]}`) / 1000
  if (Number.isNaN(seconds)) return undefined
  // Far beyond any year of four digits, so that the texts have one length and no sign.
  return `${(seconds + 1e12).toFixed(0)}.${(match[2] ?? '').padEnd(9, '0')}`
}
