import type { Finding } from '@agent-run/core'
import type { Frame } from '../frame/frame.ts'

/** A finding with its place in an input. */
export interface PlacedFinding {
  /** Name of the input as the user knows it; not yet safe to print. */
  readonly file: string
  /**
   * Place of what the finding is about, from 1; columns in UTF-16 code units, the end not included. All are 0 for an
   * input that has no places, such as one that is not there.
   */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly finding: Finding
  /** The source around it, for a given number of columns. Only while the finding is being reported. */
  readonly frame?: (width: number) => Frame
}

/** What came of one input. */
export interface FileResult {
  readonly file: string
  /** Records read, valid or not. */
  readonly records: number
  readonly errors: number
  readonly warnings: number
  /** Findings that were not reported because there are too many; errors or warnings. */
  readonly omitted: number
  /** Whether the input could not be read at all. */
  readonly unusable: boolean
}

/** What came of all inputs. */
export interface Summary {
  readonly files: number
  readonly filesWithFindings: number
  /** Inputs that could not be read, among `files`. */
  readonly unusable: number
  readonly records: number
  readonly errors: number
  readonly warnings: number
  readonly omitted: number
  /** Wall-clock time in milliseconds. */
  readonly durationMs: number
}
