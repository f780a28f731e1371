import type { AgentRun, SideEffect, Step, StepApproval } from '@agent-run/types'

/** How a run ended, in the words of this standard. */
export interface RunEnding {
  readonly status: AgentRun['status']
  readonly outcome?: NonNullable<AgentRun['outcome']>
}

const key = (word: string): string => word.toLowerCase().replaceAll(/[^a-z]+/g, '')

const endings: ReadonlyMap<string, RunEnding> = new Map<string, RunEnding>([
  ['succeeded', { status: 'completed', outcome: 'success' }],
  ['success', { status: 'completed', outcome: 'success' }],
  ['completed', { status: 'completed' }],
  ['failed', { status: 'failed', outcome: 'failed' }],
  ['paused', { status: 'paused' }],
  ['escalated', { status: 'completed', outcome: 'escalated' }],
  ['rolledback', { status: 'completed', outcome: 'rolled_back' }],
  ['cancelled', { status: 'cancelled' }],
  ['canceled', { status: 'cancelled' }],
  ['timeout', { status: 'timeout' }],
  ['timedout', { status: 'timeout' }],
  ['running', { status: 'running' }],
])

/** What a `finalStatus` means; one that is not known says nothing about the end. */
export const endingOf = (word: string | undefined): RunEnding =>
  (word === undefined ? undefined : endings.get(key(word))) ?? { status: 'unknown' }

const statuses: ReadonlyMap<string, NonNullable<Step['status']>> = new Map<string, NonNullable<Step['status']>>([
  ['succeeded', 'succeeded'],
  ['success', 'succeeded'],
  ['completed', 'succeeded'],
  ['executed', 'succeeded'],
  ['ok', 'succeeded'],
  ['failed', 'failed'],
  ['error', 'failed'],
  ['denied', 'denied'],
  ['blocked', 'denied'],
  ['rejected', 'denied'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
  ['timeout', 'timeout'],
  ['timedout', 'timeout'],
  ['skipped', 'skipped'],
  ['running', 'running'],
  ['pending', 'pending'],
])

/** What the status of a call means; one that is not known is `unknown`. */
export const statusOf = (word: string | undefined): NonNullable<Step['status']> =>
  (word === undefined ? undefined : statuses.get(key(word))) ?? 'unknown'

const states: ReadonlyMap<string, StepApproval['state']> = new Map<string, StepApproval['state']>([
  ['notrequired', 'not_required'],
  ['requested', 'requested'],
  ['pending', 'requested'],
  ['approved', 'approved'],
  ['autoapproved', 'auto_approved'],
  ['denied', 'denied'],
  ['expired', 'expired'],
  ['cancelled', 'cancelled'],
])

/** What an approval state means; one that is not known is not recorded. */
export const approvalOf = (word: string | undefined): StepApproval['state'] | undefined =>
  word === undefined ? undefined : states.get(key(word))

const pattern = /^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$/

/** A word as a value of an open vocabulary, `rolledBack` as `rolled_back`; `undefined` where it cannot be one. */
export function openWord(word: string): SideEffect['kind'] | undefined {
  const value = word
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  return pattern.test(value) && value.length <= 64 ? value : undefined
}
