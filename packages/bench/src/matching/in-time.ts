import { createContext, Script } from 'node:vm'

/** Longest time that one rule of a pack may take, in milliseconds; commands have limits of their own. */
export const RULE_MS = 5_000

const script = new Script('work()')

/**
 * Does synchronous work within a time limit. Regular expressions and schemas come from the author of a pack, texts and records
 * from an agent: an expression that backtracks for ever on a text made for it must not hang the bench. The engine itself
 * interrupts it, inside of an expression too; nothing is evaluated that is not a function of ours.
 * @param ms milliseconds; {@link RULE_MS} unless given
 * @returns undefined if it took too long, or went deeper than the stack
 */
export function inTime<T>(work: () => T, ms: number = RULE_MS): { readonly value: T } | undefined {
  try {
    return { value: script.runInContext(createContext({ work }), { timeout: ms }) as T }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' || error instanceof RangeError) return undefined
    throw error
  }
}
