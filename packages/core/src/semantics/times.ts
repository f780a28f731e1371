import type { Context } from './context.ts'
import { inDocumentOrder } from './document-order.ts'
import { compareInstants, millisecondsBetween } from './instant.ts'
import { isGiven, numberOf } from './object.ts'
import { instantOf, type StepPlace } from './places.ts'
import type { Report, Rule } from './rule.ts'

const TERMINAL = new Set(['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'])
const GOING_ON = new Set(['pending', 'running', 'paused'])

/** Rules about points in time and durations. */
export const timeRules: readonly Rule[] = [
  {
    code: 'run.ended_at_missing',
    severity: 'error',
    requirement: 'AR-RUN-005',
    summary: 'a run that has ended has ended_at; null says that the time is unknown',
    since: '1.0',
    check: ({ run, status }, report) => {
      if (status !== undefined && TERMINAL.has(status) && run.ended_at === undefined)
        report('', `status is ${status} and ended_at is absent; expected ended_at, null where it is unknown`)
    },
  },
  {
    code: 'run.ended_at_unexpected',
    severity: 'warning',
    requirement: 'AR-RUN-006',
    summary: 'a run that goes on has no ended_at',
    check: ({ run, status }, report) => {
      if (status !== undefined && GOING_ON.has(status) && isGiven(run, 'ended_at'))
        report('/ended_at', `ended_at is given and status is ${status}; expected no ended_at before the run has ended`)
    },
  },
  {
    code: 'time.impossible',
    severity: 'error',
    requirement: 'AR-RUN-007',
    summary: 'every time names a date and time that exist',
    check: ({ run, occurrences }, report) => {
      for (const path of inDocumentOrder(run, occurrences.impossibleTimes))
        report(path, 'the date does not exist; expected one of the calendar')
    },
  },
  {
    code: 'time.order',
    severity: 'error',
    requirement: 'AR-RUN-008',
    summary: 'ended_at is not before started_at',
    check: (context, report) => {
      checkOrder(spanOfRun(context), report)
      for (const step of context.steps) checkOrder(step, report)
    },
  },
  {
    code: 'time.duration',
    severity: 'warning',
    requirement: 'AR-RUN-009',
    summary: 'duration_ms agrees with started_at and ended_at within 1 second or 1 percent',
    check: (context, report) => {
      checkDuration(spanOfRun(context), report)
      for (const step of context.steps) checkDuration(step, report)
    },
  },
  {
    code: 'time.outside_run',
    severity: 'warning',
    requirement: 'AR-STEP-014',
    summary: 'a step does not start before its run',
    check: ({ run, steps }, report) => {
      const began = instantOf(run, 'started_at')
      if (!began) return
      for (const step of steps) {
        if (step.startedAt && compareInstants(step.startedAt, began) < 0)
          report(`${step.path}/started_at`, 'the step starts before its run; expected the same time or a later one')
      }
    },
  },
]

/** What has a beginning and an end: the run and its steps. */
type Span = Pick<StepPlace, 'path' | 'startedAt' | 'endedAt' | 'durationMs'>

const spanOfRun = ({ run }: Context): Span => ({
  path: '',
  startedAt: instantOf(run, 'started_at'),
  endedAt: instantOf(run, 'ended_at'),
  durationMs: numberOf(run, 'duration_ms'),
})

const checkOrder = (span: Span, report: Report): void => {
  const { startedAt, endedAt } = span
  if (startedAt && endedAt && compareInstants(endedAt, startedAt) < 0)
    report(`${span.path}/ended_at`, 'ended_at is before started_at; expected the same time or a later one')
}

const checkDuration = (span: Span, report: Report): void => {
  const { startedAt, endedAt, durationMs: stated } = span
  if (stated === undefined || !startedAt || !endedAt || compareInstants(endedAt, startedAt) < 0) return
  const measured = millisecondsBetween(startedAt, endedAt)
  if (Math.abs(stated - measured) > Math.max(1000, measured / 100))
    report(
      `${span.path}/duration_ms`,
      `duration_ms is ${stated}; expected about ${measured} by started_at and ended_at`,
    )
}
