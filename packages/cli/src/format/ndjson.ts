import { findingObject } from './json.ts'
import type { CreateReporter } from './reporter.ts'
import { safeJson } from './safe-json.ts'

/** One JSON object for each finding, one a line, as soon as it is found. */
export const createNdjsonReporter: CreateReporter = () => ({
  finding: (placed) => `${safeJson({ file: placed.file, ...findingObject(placed) })}\n`,
  file: () => '',
  end: () => '',
})
