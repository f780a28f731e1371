/** Runs of one millisecond that come in order before the next one's would; keys stay exact as numbers until 2248. */
const KEYS_A_MS = 1_024

/** Smallest key that a run received at a moment can have. @param time in milliseconds since 1970 */
export const keyAt = (time: number): number => time * KEYS_A_MS

/** A key above the newest, by the clock where the clock has gone on. */
export const keyAfter = (newest: number, at: string): number => Math.max(newest + 1, keyAt(Date.parse(at)))
