import { InvalidArgumentError } from 'commander'

/** A whole number, 0 or more. */
export function parseCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number, 0 or more.')
  return Number(text)
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** The longest text that the runtime can hold, in bytes. */
const LARGEST = 512 * 1024 * 1024 - 32

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
