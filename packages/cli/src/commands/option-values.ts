import { InvalidArgumentError } from 'commander'

/** A whole number, 0 or more. */
export function parseCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 0 or more.')
  return Number(text)
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** The longest text that the runtime can hold, in bytes. */
const LARGEST = 512 * 1024 * 1024 - 32

/** Longest record that is read unless `--max-size` says otherwise: 256 MiB. */
export const LARGEST_RECORD: number = 256 * 1024 * 1024

/** A number of bytes: `1000`, `64K`, `256M`, `64MiB`; units are powers of 1024. */
export function parseSize(text: string): number {
  const match = /^(\d{1,12}(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text)
  const bytes = match
    ? Math.floor(Number(match[1]) * (units[(match[2] as string).toLowerCase()] as number))
    : Number.NaN
  if (!(bytes > 0)) throw new InvalidArgumentError('Expected a number of bytes, for example 64M.')
  if (bytes > LARGEST) throw new InvalidArgumentError('At most 511M: a longer text does not fit into this runtime.')
  return bytes
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, '': 1000, s: 1000, m: 60_000, h: 3_600_000 }

/** The longest time that a timer of the runtime can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/** A length of time in milliseconds: `90`, `90s`, `1.5m`, `2h`, `500ms`; seconds where no unit is given. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)\s*(ms|[smh]?)$/i.exec(text)
  const time = match ? Math.round(Number(match[1]) * (milliseconds[(match[2] as string).toLowerCase()] as number)) : 0
  if (!(time > 0)) throw new InvalidArgumentError('Expected a length of time, for example 90s, 10m or 2h.')
  if (time > LONGEST) throw new InvalidArgumentError('At most 24 days: no timer waits longer.')
  return time
}

/** A time as records spell it: `2026-11-20T14:02:18Z`. */
export function parseTime(text: string): string {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)
  if (!isTime || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('Expected a time, for example 2026-11-20T14:02:18Z.')
  return text
}

/** A number of threads, or `auto`. */
export function parseWorkers(text: string): number | 'auto' {
  if (text === 'auto') return text
  const workers = parseCount(text)
  if (workers > 64) throw new InvalidArgumentError('At most 64 threads.')
  return workers
}

/** The value of an option that can be given once: of two, one would be passed over without a word. */
export function once(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('It can be given once.')
  return value
}

/** Values of an option that may be repeated. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
