/** A moment: as a record writes it, and in milliseconds since 1970. */
export interface Moment {
  readonly text: string
  readonly ms: number
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/**
 * Reads a timestamp of the transcript. Only possible dates are times; anything else is unknown.
 * The text is in UTC with milliseconds, which is what Claude Code writes.
 */
export function readTime(value: unknown): Moment | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined
  const match = pattern.exec(value)
  if (!match) return undefined
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])))
  if (day.getUTCMonth() !== Number(match[2]) - 1 || day.getUTCDate() !== Number(match[3])) return undefined
  const ms = Date.parse(value)
  if (Number.isNaN(ms) || ms < Date.UTC(1, 0) || ms > Date.UTC(9999, 11, 31)) return undefined
  return { text: new Date(ms).toISOString(), ms }
}
