const units = { s: 1, m: 60, h: 3600 }

/** Seconds of a text such as "90s", "10m" or "2h". */
export function seconds(text) {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? []
  if (count === undefined) throw new RangeError(`not a duration: ${text}`)
  return Number(count) * units[unit]
}
