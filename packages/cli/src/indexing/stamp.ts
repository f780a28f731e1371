import { type BigIntStats, fstatSync, statSync } from 'node:fs'

/** What says that a file is still the one that was read: the same if nothing but its name has changed. */
export interface Stamp {
  readonly text: string
  /**
   * Whether the last change is long enough ago that another one would show. File systems count time in steps, so two
   * changes right after each other may leave the same times behind.
   */
  readonly settled: boolean
  readonly size: number
  /** Device and inode: the same as long as it is the same file, however it changes. */
  readonly file: string
}

/** The widest step of time of a file system in use (FAT), in milliseconds. */
const STEP_MS = 2000

/**
 * Of a regular file; undefined if there is none. The time of the last change of the inode counts, since nobody can set
 * it: writing a file and putting its former time and size back is seen.
 */
export function stampOf(file: string | number): Stamp | undefined {
  try {
    const stats = typeof file === 'number' ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true })
    return stats.isFile() ? stampFrom(stats) : undefined
  } catch {
    return undefined
  }
}

const stampFrom = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): Stamp => ({
  text: `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`,
  settled: Date.now() - Number(ctimeNs / 1_000_000n) > STEP_MS,
  size: Number(size),
  file: `${dev}:${ino}`,
})
