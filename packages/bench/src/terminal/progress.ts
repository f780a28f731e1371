import { cut } from '@agent-run/core/text'

/** A line on standard error that says how far the work has come. */
export interface Progress {
  /** Shows this; call it often. What it is given has to be safe for a terminal. */
  update(text: string): void
  /** Takes the line away, for other lines to be written or for good. */
  hide(): void
}

const REDRAW_MS = 100

/** A line of progress if standard error is a terminal and nobody asked for quiet; otherwise nothing. */
export const createProgress = (quiet: boolean): Progress => {
  if (quiet || !process.stderr.isTTY || process.env['TERM'] === 'dumb') return { update() {}, hide() {} }
  let drawn = 0
  let shown = false
  return {
    update: (text) => {
      const now = performance.now()
      if (shown && now - drawn < REDRAW_MS) return
      drawn = now
      shown = true
      process.stderr.write(`\r\u001b[K${cut(text, (process.stderr.columns || 80) - 1)}`)
    },
    hide: () => {
      if (shown) process.stderr.write('\r\u001b[K')
      shown = false
    },
  }
}
