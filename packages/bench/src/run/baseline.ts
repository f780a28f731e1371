import { regressionFrom } from '../compare/index.ts'
import { readReport } from '../report/index.ts'
import type { JudgeOptions, LoadedPack } from '../trial.ts'

/** An earlier bench run that trials are held against. */
export interface Baseline {
  /** Its id. */
  readonly id: string
  /** Something to know about it. */
  readonly warning?: string
  /** What the judge of a scenario is told of it. */
  of(scenario: string): Pick<JudgeOptions, 'regressionFrom'>
}

/** Reads the results of an earlier bench run. @throws Failure if there are none */
export const readBaseline = (path: string, { pack, digest }: LoadedPack): Baseline => {
  const { report } = readReport(path)
  if (report.pack.id !== pack.id) {
    const warning = `the baseline is of another pack, ${report.pack.id}: nothing is held against it`
    return { id: report.id, warning, of: () => ({}) }
  }
  const warning = `the baseline is of another state of the pack (${report.pack.version}, now ${pack.version})`
  return {
    id: report.id,
    ...(report.pack.digest === digest ? {} : { warning }),
    of: (scenario) => ({ regressionFrom: (outcome) => regressionFrom(report, scenario, outcome)?.runId }),
  }
}
