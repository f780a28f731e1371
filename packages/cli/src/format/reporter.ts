import type { Style } from '@agent-run/core/text'
import type { FileResult, PlacedFinding, Summary } from '../check/result.ts'

/** Turns what is found into text, piece by piece. Every function returns what is to be written now. */
export interface Reporter {
  finding(placed: PlacedFinding): string
  /** After the last finding of an input. */
  file(result: FileResult): string
  /** After the last input. */
  end(summary: Summary, exitCode: number): string
}

/** What a reporter may know about where its text goes. */
export interface ReporterOptions {
  readonly style: Style
  /** Columns of the terminal, or what to assume. */
  readonly width: number
  /** Version of this program. */
  readonly version: string
  /** Whether to end with a line that counts. */
  readonly summary: boolean
  /** Folder that a build server calls the root of the repository; undefined: the current one. */
  readonly workspace: string | undefined
}

/** Makes the reporter of one format. */
export type CreateReporter = (options: ReporterOptions) => Reporter
