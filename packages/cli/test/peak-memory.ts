import { fileURLToPath } from 'node:url'

/** Arguments of node under which a program says at its end how much memory it took at most. */
export const sayPeak: readonly string[] = [
  '--import',
  fileURLToPath(new URL('../../../bench/perf/peak-memory.mjs', import.meta.url)),
]

/** What it said, in megabytes. */
export const peakOf = (stderr: string): number => Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024
