import { xmlText } from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import { type Attempt, type Row, viewOf } from './view.ts'

/** The report as JUnit XML, which build servers show: a suite a scenario, a test case a trial. */
export const renderJunit = (report: BenchReport): string => {
  const view = viewOf(report)
  const suites = view.rows.map((row) => suite(row, view.pack))
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${xmlText(view.pack)}" tests="${view.trials}" failures="${view.trials - view.passed}" errors="0" time="${seconds(view.durationMs)}">
${suites.join('\n')}
</testsuites>
`
}

const suite = ({ scenario, trials, passed, attempts }: Row, pack: string): string => {
  const time = seconds(attempts.reduce((sum, { wallMs }) => sum + wallMs, 0))
  return `  <testsuite name="${xmlText(scenario)}" tests="${trials}" failures="${trials - passed}" errors="0" time="${time}">
${attempts.map((attempt) => testcase(attempt, scenario, pack)).join('\n')}
  </testsuite>`
}

const testcase = ({ repeat, pass, score, wallMs, criteria }: Attempt, scenario: string, pack: string): string => {
  const head = `    <testcase classname="${xmlText(`${pack}/${scenario}`)}" name="repeat ${repeat}" time="${seconds(wallMs)}"`
  if (pass) return `${head}/>`
  const missed = criteria.filter((each) => !each.pass)
  const lines = missed.map(({ name, why }) => xmlText(why === '' ? name : `${name}: ${why}`))
  return `${head}>
      <failure message="score ${score}, ${missed.length} not met">${lines.join('\n')}</failure>
    </testcase>`
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)
