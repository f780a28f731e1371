import { harmlessLines, lineOf } from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import { viewOf } from './view.ts'
import { callsOf, costOf, faultWords, headlineOf, passesOf, scoreOf, timeOf } from './words.ts'

/** The report in lines for `grep`, build logs and annotations: one a scenario, one for each thing that was not met, one for the whole. */
export const renderLine = (report: BenchReport): string => {
  const view = viewOf(report)
  const lines = view.rows.flatMap((row) => {
    const place = lineOf([`${view.packId}/${row.scenario}`])
    const numbers = [
      `score ${scoreOf(row.amounts.score)}`,
      costOf(row.amounts, row.trials),
      timeOf(row.amounts),
      callsOf(row.amounts, row.trials),
    ]
    const fault = (severity: string) => (each: (typeof row.faults)[number]) => {
      const { name, why } = faultWords(each, row.trials)
      return `${place}: ${severity}: ${name}${why === '' ? '' : `: ${why}`}`
    }
    return [
      `${place}: ${row.pass ? 'pass' : 'fail'}: ${passesOf(row)}, ${numbers.join(', ')}`,
      ...row.violations.map(fault('error')),
      ...row.faults.filter(({ required }) => required).map(fault(row.pass ? 'warning' : 'error')),
      ...row.faults.filter(({ required }) => !required).map(fault('warning')),
      ...(row.regressionFrom === undefined
        ? []
        : [`${place}: warning: worse than in the baseline: ${row.regressionFrom}`]),
    ]
  })
  const { amounts, trials, pack } = view
  const whole = [headlineOf(view), `score ${scoreOf(amounts.score)}`, costOf(amounts, trials), callsOf(amounts, trials)]
  return harmlessLines(`${[...lines, `${pack}: ${whole.join(', ')}`].join('\n')}\n`)
}
