/** A clock for one run: it never goes back, whatever the machine's does, so that the order of times is that of events. */
export interface Clock {
  /** Milliseconds since 1970. */
  milliseconds(): number
  /** The same as a record writes it, for example `2026-11-20T14:02:11.480Z`. */
  time(): string
  /** Lets the clock be at least at this time from now on. */
  advanceTo(milliseconds: number): void
}

/** Latest time that has four digits in its year. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** @param read milliseconds since 1970, as `Date.now` gives them; what is no time leaves the clock where it is */
export function createClock(read: () => number): Clock {
  let last = 0
  const milliseconds = (): number => {
    const given: unknown = read()
    const now = typeof given === 'number' ? Math.trunc(given) : Number.NaN
    if (now > last && now <= latest) last = now
    return last
  }
  return {
    milliseconds,
    time: () => new Date(milliseconds()).toISOString(),
    advanceTo(to) {
      if (to > last && to <= latest) last = to
    },
  }
}
