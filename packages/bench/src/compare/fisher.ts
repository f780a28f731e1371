/** Passed and all trials of one side. */
export interface Passes {
  readonly passed: number
  readonly trials: number
}

/** Tables that are less likely by no more than this count as equally likely: sums of logarithms are not exact. */
const TOLERANCE = 1e-9

/**
 * Fisher's exact test, two-sided: the probability, if both sides are alike, of a table of passes and failures with these
 * sums that is at most as likely as the one that was found.
 * R. A. Fisher, Statistical Methods for Research Workers, §21.02; two-sided as in R's `fisher.test`.
 */
export const fisherExact = (one: Passes, other: Passes): number => {
  const all = one.trials + other.trials
  const passed = one.passed + other.passed
  const logarithm = (count: number): number =>
    logChoose(one.trials, count) + logChoose(other.trials, passed - count) - logChoose(all, passed)
  const found = logarithm(one.passed)
  let p = 0
  for (let count = Math.max(0, passed - other.trials); count <= Math.min(one.trials, passed); count++) {
    const each = logarithm(count)
    if (each <= found + TOLERANCE) p += Math.exp(each)
  }
  return Math.min(1, p)
}

/** The smallest p-value that any result of so many trials can have: where it is large, nothing can be told. */
export const leastFisher = (one: number, other: number): number =>
  fisherExact({ passed: one, trials: one }, { passed: 0, trials: other })

/** Natural logarithm of the number of ways to choose `few` of `many`. */
export const logChoose = (many: number, few: number): number =>
  logFactorial(many) - logFactorial(few) - logFactorial(many - few)

const factorials: number[] = [0]

const logFactorial = (number: number): number => {
  for (let next = factorials.length; next <= number; next++)
    factorials.push((factorials[next - 1] as number) + Math.log(next))
  return factorials[number] as number
}
