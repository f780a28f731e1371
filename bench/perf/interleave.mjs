// Timing that survives a busy machine: all ways take turns in short slices, in an order drawn anew each time, so that
// whatever else goes on hits all of them alike; only ratios within one round are ever compared.

/**
 * @param {Record<string, () => number>} ways each does its work once and returns the milliseconds it took
 * @param {{rounds: number, slices: number, next: () => number}} shape `slices` of every way make one round
 * @returns {Record<string, number>[]} milliseconds of every way in every round
 */
export const interleave = (ways, { rounds, slices, next }) => {
  const names = Object.keys(ways)
  const round = () => {
    const times = Object.fromEntries(names.map((name) => [name, 0]))
    for (let slice = 0; slice < slices; slice++) {
      for (const name of shuffled(names, next)) times[name] += ways[name]()
    }
    return times
  }
  round() // warms up
  return Array.from({ length: rounds }, round)
}

/** The same for ways that take turns with other work: each resolves with its milliseconds. */
export const interleaveAsync = async (ways, { rounds, slices, next }) => {
  const names = Object.keys(ways)
  const times = []
  for (let round = 0; round <= rounds; round++) {
    times[round] = Object.fromEntries(names.map((name) => [name, 0]))
    for (let slice = 0; slice < slices; slice++)
      for (const name of shuffled(names, next)) times[round][name] += await ways[name]()
  }
  return times.slice(1) // the first one warms up
}

const shuffled = (names, next) =>
  names
    .map((name) => ({ name, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name)

/** The middle of a list of numbers. */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

/** Median and extremes of a number that is taken from every round. */
export const summarise = (times, take) => {
  const numbers = times.map(take)
  return { middle: median(numbers), spread: [Math.min(...numbers), Math.max(...numbers)] }
}
