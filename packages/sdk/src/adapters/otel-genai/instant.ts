import { asArray } from '../../conversion/json.ts'
import { type Moment, momentAt, readTime } from '../../conversion/time.ts'

/** Nanoseconds since 1970, as a number or a text. Zero means "not set". */
function fromNanoseconds(value: unknown): Moment | undefined {
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return since(Number(BigInt(value) / 1_000_000n))
  // A number of that size is exact to a fraction of a microsecond only.
  return typeof value === 'number' ? since(Math.round(value / 1000) / 1000) : undefined
}

/** The `[seconds, nanoseconds]` of the JavaScript SDK. `[0, 0]` means "not set". */
function fromHrTime(value: unknown): Moment | undefined {
  const [seconds, nanoseconds, ...others] = asArray(value) ?? []
  if (others.length > 0 || !isWhole(seconds) || !isWhole(nanoseconds)) return undefined
  return since(seconds * 1000 + Math.floor(nanoseconds / 1_000_000))
}

/** Microseconds since 1970, as the console exporter of the JavaScript SDK writes them. */
export const fromMicroseconds = (value: unknown): Moment | undefined =>
  typeof value === 'number' ? since(value / 1000) : undefined

/** A moment in any of the spellings of spans, by what it looks like; a date and time is what the Python SDK writes. */
export const readInstant = (value: unknown): Moment | undefined =>
  fromHrTime(value) ?? readTime(value) ?? fromNanoseconds(value)

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

const since = (ms: number): Moment | undefined => (ms > 0 ? momentAt(ms) : undefined)
