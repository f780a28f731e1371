const PAUSE_MS = 1_000

/** Says on stderr how far something is, at most once a second. */
export const createProgress = (what: string): ((count: number) => void) => {
  let said = Date.now()
  return (count) => {
    if (Date.now() - said < PAUSE_MS) return
    said = Date.now()
    process.stderr.write(`${count} ${what}\n`)
  }
}
