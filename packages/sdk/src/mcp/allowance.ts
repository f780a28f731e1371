/** How many steps of a kind a session may make: what passes is without end, memory and the record are not. */
export interface Allowance {
  /** Whether one more may be made; counts it either way. */
  take(): boolean
  /** How many were not made. */
  readonly left: number
}

/**
 * Lets the first few through and counts the rest.
 *
 * @param onFull told once, when the first is not let through
 */
export function createAllowance(most: number, onFull: () => void): Allowance {
  let count = 0
  return {
    take() {
      if (++count === most + 1) onFull()
      return count <= most
    },
    get left() {
      return Math.max(0, count - most)
    },
  }
}
