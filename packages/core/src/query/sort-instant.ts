const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/

const FIRST = '0000-01-01T00:00:00.000000000Z'
const LAST = '9999-12-31T23:59:59.999999999Z'

/**
 * A time as text whose order is the order of time, whatever the offset: UTC, four digits of the year, nine of the second.
 * An instant that falls outside of the years 0000 to 9999 in UTC becomes the first or the last one in them. A date that does
 * not exist, which a 0.1 record may have, counts on: 30 February is 1 or 2 March.
 * @param time in the form of the record profile, `YYYY-MM-DDThh:mm:ss[.1–9 digits](Z|±hh:mm)`
 * @throws {RangeError} for another form
 */
export const sortInstant = (time: string): string => {
  const match = FORM.exec(time)
  if (!match) throw new RangeError('expected a time in the form YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)')
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours, minutes] = match
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const date = new Date(0)
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hour), Number(minute) - offset, Number(second))
  const utcYear = date.getUTCFullYear()
  if (utcYear < 0) return FIRST
  if (utcYear > 9999) return LAST
  return `${date.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0')}Z`
}
