const { AGENT_RUN_LONG, AGENT_RUN_SEED } = process.env

/**
 * Seed of what tests draw: the same each time, so that none fails by chance. `AGENT_RUN_SEED` names another one, and long
 * tests take a new one; whoever finds something prints it.
 */
export const seed: number = Number(AGENT_RUN_SEED ?? (AGENT_RUN_LONG ? Math.floor(Math.random() * 2 ** 31) : 1))

/** Numbers in [0, 1) that a seed gives again. */
export const drawing = (from: number): (() => number) => {
  let state = from >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
