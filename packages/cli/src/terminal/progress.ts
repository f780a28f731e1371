import { cut } from '@agent-run/core/text'

/** What a command has done so far. */
export interface Progressing {
  /** Bytes read so far. */
  readonly bytes: number
  /** Bytes there are; undefined where nobody knows, as for a pipe. */
  readonly totalBytes: number | undefined
  /** Such as `214 files`, `12,032 records`. */
  readonly done: string
}

/** A line on standard error that says how far the work has come. */
export interface Progress {
  /** Call often: it looks at the clock and redraws rarely. */
  update(state: () => Progressing): void
  /** Takes the line away, for results to be written or for good. */
  hide(): void
}

const nothing: Progress = { update() {}, hide() {} }

const SHOW_AFTER_MS = 1000
const REDRAW_MS = 100
const BAR = 24

/** A progress line if standard error is a terminal and the work takes longer than a second; otherwise nothing. */
export function createProgress(quiet: boolean): Progress {
  if (quiet || !process.stderr.isTTY || process.env['TERM'] === 'dumb') return nothing
  const start = performance.now()
  let drawn = start + SHOW_AFTER_MS - REDRAW_MS
  let shown = false
  return {
    update(state) {
      const now = performance.now()
      if (now - drawn < REDRAW_MS) return
      drawn = now
      shown = true
      process.stderr.write(`\r\u001b[K${cut(progressLine(state(), now - start), (process.stderr.columns || 80) - 1)}`)
    },
    hide() {
      if (shown) process.stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

/** The text of a progress line: a bar where the whole is known, what is done, bytes and seconds. */
export function progressLine({ bytes, totalBytes, done }: Progressing, elapsedMs: number): string {
  const seconds = `${(elapsedMs / 1000).toFixed(0)} s`
  if (!totalBytes) return `${done}  ${megabytes(bytes)}  ${seconds}`
  const part = Math.min(1, bytes / totalBytes)
  const filled = Math.round(part * BAR)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled)
  return `${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${done}  ${megabytes(bytes)} of ${megabytes(totalBytes)}  ${seconds}`
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
