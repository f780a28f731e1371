import { textOf } from './object.ts'
import type { Rule } from './rule.ts'

const NOT_RUN = new Set(['denied', 'skipped'])

/** Rules about what a step changed or touched. */
export const effectRules: readonly Rule[] = [
  {
    code: 'effect.not_run',
    severity: 'error',
    requirement: 'AR-STEP-008',
    summary: 'the side effects of a step that did not run are only declared',
    check: ({ steps }, report) => {
      for (const step of steps) {
        if (step.status === undefined || !NOT_RUN.has(step.status)) continue
        for (const effect of step.sideEffects) {
          const basis = textOf(effect.value, 'basis')
          if (basis === undefined)
            report(effect.path, `the step is ${step.status} and basis is absent; expected basis declared`)
          else if (basis !== 'declared')
            report(`${effect.path}/basis`, `the step is ${step.status} and basis is another; expected declared`)
        }
      }
    },
  },
  {
    code: 'effect.none_not_alone',
    severity: 'error',
    requirement: 'AR-STEP-009',
    summary: 'a side effect of kind none stands alone',
    check: ({ steps }, report) => {
      for (const { sideEffects } of steps) {
        if (sideEffects.length < 2) continue
        const none = sideEffects.find(({ value }) => value.kind === 'none')
        if (none)
          report(
            `${none.path}/kind`,
            `kind is none beside ${sideEffects.length - 1} other side effects; expected none alone`,
          )
      }
    },
  },
  {
    code: 'effect.empty_list',
    severity: 'warning',
    requirement: 'AR-STEP-010',
    summary: 'side_effects is not an empty list',
    check: ({ steps }, report) => {
      for (const step of steps) {
        if (step.sideEffects.length > 0) continue
        const list = step.value.side_effects
        if (Array.isArray(list) && list.length === 0)
          report(
            `${step.path}/side_effects`,
            'the list is empty; expected one of kind none, or no list where nothing is known',
          )
      }
    },
  },
]
