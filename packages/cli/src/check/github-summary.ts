import { appendFileSync } from 'node:fs'
import { styleOf } from '@agent-run/core/text'
import { annotation } from '../format/github.ts'
import { createMarkdownReporter } from '../format/markdown.ts'
import type { Reporter } from '../format/reporter.ts'
import { describeError } from '../input/system-error.ts'
import type { PlacedFinding, Summary } from './result.ts'

/** What a run on GitHub Actions does besides reporting: annotations, and a table in the job summary. */
export interface GithubSummary {
  finding(placed: PlacedFinding): void
  end(summary: Summary, exitCode: number): void
}

/** GitHub shows no more of one severity for one step. */
const ANNOTATIONS = 10

/** Keeps the job summary well below the megabyte it may have. */
const ROWS = 200

/**
 * Annotations go to standard error, where GitHub reads them as well, so that results on standard output stay clean.
 * Without `GITHUB_STEP_SUMMARY` there is no table.
 *
 * @param annotates false if the report itself consists of annotations
 */
export function createGithubSummary(env: NodeJS.ProcessEnv, annotates: boolean): GithubSummary {
  const workspace = env['GITHUB_WORKSPACE']
  const file = env['GITHUB_STEP_SUMMARY']
  const table: Reporter = createMarkdownReporter({
    style: styleOf(false),
    width: 100,
    version: '',
    summary: true,
    workspace,
  })
  const annotated = { error: 0, warning: 0 }
  let rows = 0
  return {
    finding(placed) {
      if (annotates && annotated[placed.finding.severity]++ < ANNOTATIONS)
        process.stderr.write(`${annotation(placed, workspace)}\n`)
      if (rows++ < ROWS) table.finding(placed)
    },
    end(summary, exitCode) {
      if (!file) return
      const more = rows > ROWS ? `\n${rows - ROWS} more findings stand in the log.\n` : ''
      try {
        appendFileSync(file, `${table.end(summary, exitCode)}${more}\n`)
      } catch (error) {
        process.stderr.write(`agent-run: the job summary was not written: ${describeError(error)}\n`)
      }
    },
  }
}
