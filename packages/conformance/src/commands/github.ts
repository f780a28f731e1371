import { appendFileSync } from 'node:fs'
import { printable } from '../http/show.ts'
import type { Report } from '../suite/index.ts'

/** GitHub shows no more of one severity for one step. */
const ANNOTATIONS = 10

type Environment = Readonly<Record<string, string | undefined>>

/** Adds a summary to the page of the job, where GitHub Actions offers one. */
export const writeStepSummary = (env: Environment, summary: () => string): void => {
  const file = env.GITHUB_STEP_SUMMARY
  if (!file) return
  try {
    appendFileSync(file, `${summary()}\n`)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    process.stderr.write(`agent-run-conformance: the job summary was not written: ${reason}\n`)
  }
}

/**
 * Annotates a job on GitHub Actions: sentences that are not kept and what is wrong with the baseline. On standard error,
 * where GitHub reads them as well, so that standard output stays what was asked for.
 */
export const annotate = (env: Environment, report: Report): void => {
  if (env.GITHUB_ACTIONS !== 'true') return
  for (const line of annotations(report)) process.stderr.write(`${line}\n`)
}

/** The workflow commands for a report: at most ten errors and ten warnings. */
export const annotations = ({ requirements, cases, baseline }: Report): readonly string[] => {
  const known = new Set(baseline?.known)
  const finding = (severity: 'error' | 'warning', status: 'fail' | 'warn'): readonly string[] =>
    requirements
      .filter((each) => each.status === status && !known.has(each.requirement))
      .flatMap(({ requirement }) => {
        const failed = cases.filter(
          (each) => each.requirement === requirement && each.status === 'fail' && !known.has(each.id),
        )
        const [first] = failed
        if (first === undefined) return []
        const more = failed.length > 1 ? ` (and ${failed.length - 1} more cases)` : ''
        return [command(severity, requirement, `${first.id}: ${first.messages.join('; ')}${more}`)]
      })
  const problems = (baseline?.problems ?? []).map((text) => command('error', 'baseline', text))
  return [
    ...[...problems, ...finding('error', 'fail')].slice(0, ANNOTATIONS),
    ...finding('warning', 'warn').slice(0, ANNOTATIONS),
  ]
}

const command = (severity: string, title: string, text: string): string =>
  `::${severity} title=${escapeProperty(printable(title))}::${escapeData(printable(text))}`

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
