import type { Context } from './context.ts'
import { isGiven, objectOf, placesOf, textOf } from './object.ts'
import { quote } from './quote.ts'
import type { Rule } from './rule.ts'

/** Rules about the run as a whole and the runs it names. */
export const runRules: readonly Rule[] = [
  {
    code: 'run.self_reference',
    severity: 'error',
    requirement: 'AR-RUN-012',
    summary: 'a run does not name itself as its parent or as a related run',
    check: (context, report) => {
      const { run, id } = context
      if (id === undefined) return
      const message = 'the run names itself; expected another run'
      if (textOf(run, 'parent_run_id') === id) report('/parent_run_id', message)
      for (const named of [...parentsOf(context), ...placesOf(run, 'related', '')]) {
        if (textOf(named.value, 'run_id') === id) report(`${named.path}/run_id`, message)
      }
    },
  },
  {
    code: 'run.other_parent',
    severity: 'error',
    requirement: 'AR-RUN-018',
    summary: 'parent_run_id is one of provenance.parents, where both are given',
    check: (context, report) => {
      const stated = textOf(context.run, 'parent_run_id')
      const parents = parentsOf(context)
      if (stated === undefined || parents.length === 0) return
      if (!parents.some(({ value }) => textOf(value, 'run_id') === stated))
        report('/parent_run_id', `parent_run_id is ${quote(stated)}; expected the run_id of one of provenance.parents`)
    },
  },
  {
    code: 'run.outcome_early',
    severity: 'warning',
    requirement: 'AR-RUN-016',
    summary: 'a run that is pending or running has no outcome',
    check: ({ run, status }, report) => {
      if ((status === 'pending' || status === 'running') && isGiven(run, 'outcome'))
        report('/outcome', `outcome is given and status is ${status}; expected no outcome yet`)
    },
  },
]

const parentsOf = ({ run }: Context) => {
  const provenance = objectOf(run, 'provenance')
  return provenance ? placesOf(provenance, 'parents', '/provenance') : []
}
