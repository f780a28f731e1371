const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/

/**
 * A point in time in nanoseconds, exact (spec/bytes.md, Times).
 * @returns undefined for a text of another form, and for a time that does not exist
 */
export const instant = (text: string): bigint | undefined => {
  if (known.has(text)) return known.get(text)
  const time = parse(text)
  // The times of one record are looked at again and again; those of the one before never.
  if (known.size >= 10_000) known.clear()
  known.set(text, time)
  return time
}

const known = new Map<string, bigint | undefined>()

const parse = (text: string): bigint | undefined => {
  const match = TIME.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [fraction = '', sign, hours = '0', minutes = '0'] = match.slice(7) as (string | undefined)[]
  const date = new Date(0)
  // Date.UTC takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day)
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!exists || hour > 23 || minute > 59 || second > 59 || Number(hours) > 23 || Number(minutes) > 59) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const seconds = date.getTime() / 1000 + ((hour * 60 + minute - offset) * 60 + second)
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'))
}

/** Whether both are times, and the first is before the second. */
export const isBefore = (one: unknown, other: unknown): boolean => {
  if (typeof one !== 'string' || typeof other !== 'string') return false
  const [first, second] = [instant(one), instant(other)]
  return first !== undefined && second !== undefined && first < second
}
