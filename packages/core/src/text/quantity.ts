/** A whole number with its thousands apart: `2,014`. By hand: the first number that a locale formats costs a program 20 ms. */
export const grouped = (number: number): string => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** So many of something: `1 file`, `2,014 files`. */
export const count = (number: number, noun: string): string => `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`

/** A number of tokens in few characters: `950`, `9.1 k`, `412 k`, `17.2 M`; `unknown` for null and undefined. */
export function tokens(number: number | null | undefined): string {
  if (number === null || number === undefined) return 'unknown'
  if (number < 1000) return String(number)
  for (const [unit, letter] of [
    [1e3, 'k'],
    [1e6, 'M'],
    [1e9, 'G'],
  ] as const) {
    const value = number / unit
    if (value < 9.95) return `${value.toFixed(1)} ${letter}`
    if (value < 999.5) return `${value.toFixed(0)} ${letter}`
  }
  return `${(number / 1e12).toFixed(1)} T`
}

/** A number of bytes in few characters: `48 kB`, powers of 1000. */
export function bytes(number: number): string {
  if (number < 1000) return `${number} B`
  const text = tokens(number)
  return `${text}B`
}

/** A duration in few characters: `480 ms`, `6.2 s`, `6 m 41 s`, `2 h 05 m`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`
  const total = Math.round(ms / 1000)
  const [d, h, m, s] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ]
  if (d > 0) return `${d} d ${h} h`
  return h > 0 ? `${h} h ${String(m).padStart(2, '0')} m` : `${m} m ${String(s).padStart(2, '0')} s`
}

/** Dollars: two digits, more for small amounts so that they do not look like nothing. */
export function dollars(amount: number): string {
  if (amount === 0) return '$0'
  const digits = amount >= 0.995 || amount < 0 ? 2 : Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(amount))))
  return `$${amount.toFixed(digits)}`
}
