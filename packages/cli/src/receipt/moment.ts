const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** A time as `2026-11-20 14:02:18 UTC`; text of another form stays as it is. */
export function moment(time: string): string {
  const match = FORM.exec(time)
  return match ? `${match[1]} ${match[2]} ${zone(match[3] as string)}` : time
}

/** The time of day alone, `14:02:18`. */
export function timeOfDay(time: string): string {
  return FORM.exec(time)?.[2] ?? time
}

/** The day alone, `2026-11-20`. */
export function dayOf(time: string): string {
  return FORM.exec(time)?.[1] ?? time
}

/** Beginning and end: `2026-11-20 14:02:18 → 14:09:03 UTC`, with what is the same said once. */
export function span(start: string, end: string): string {
  const [from, to] = [FORM.exec(start), FORM.exec(end)]
  if (!from || !to) return `${moment(start)} → ${moment(end)}`
  if (from[3] !== to[3]) return `${moment(start)} → ${moment(end)}`
  const until = from[1] === to[1] ? to[2] : `${to[1]} ${to[2]}`
  return `${from[1]} ${from[2]} → ${until} ${zone(to[3] as string)}`
}

/** Milliseconds between two times; undefined if one is not a time or they stand in the wrong order. */
export function between(start: string | undefined, end: string | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined
  const ms = Date.parse(end) - Date.parse(start)
  return ms >= 0 ? ms : undefined
}

const zone = (offset: string): string => (offset === 'Z' || offset === '+00:00' ? 'UTC' : `UTC${offset}`)
