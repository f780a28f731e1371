import { printable } from '../http/show.ts'

/** A line on standard error that says how far the work has come. */
export interface Progress {
  /** Call often: it looks at the clock and redraws rarely. */
  update(text: () => string): void
  /** Takes the line away, for good. */
  hide(): void
}

const REDRAW_MS = 100

/** A line of progress if standard error is a terminal and nobody asked for quiet; otherwise nothing. */
export const createProgress = (quiet: boolean | undefined): Progress => {
  if (quiet === true || !process.stderr.isTTY || process.env.TERM === 'dumb') return { update() {}, hide() {} }
  let drawn = 0
  return {
    update(text) {
      const now = performance.now()
      if (now - drawn < REDRAW_MS) return
      drawn = now
      process.stderr.write(`\r\u001b[K${printable(text()).slice(0, (process.stderr.columns || 80) - 1)}`)
    },
    hide() {
      if (drawn > 0) process.stderr.write('\r\u001b[K')
    },
  }
}
