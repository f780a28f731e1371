/** Nanoseconds since 1970 of a time as records write it, exact; `undefined` for none. */
export function nanosecondsOf(time: string | null | undefined): bigint | undefined {
  const match = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-].{5})$/.exec(time ?? '')
  if (!match) return undefined
  const ms = Date.parse(`${match[1]}${match[3]}`)
  if (Number.isNaN(ms)) return undefined
  const nanoseconds = BigInt(ms) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'))
  return nanoseconds > 0n ? nanoseconds : undefined
}
