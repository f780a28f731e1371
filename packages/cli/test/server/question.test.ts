// What an approver sees before the question, from a record alone.
import type { AgentRun, ApprovalEvent, Step } from '@agent-run/types'
import { expect, it } from 'vitest'
import { questionText } from '../../src/approving/question-text.ts'
import { smallRun } from '../records.ts'

const run = smallRun({
  id: 'run-1',
  task_id: 'TASK-1',
  started_at: '2026-11-20T14:00:00Z',
  ended_at: undefined,
  steps: [],
}) as unknown as AgentRun
const preview = '{"to":"[redacted:string]","card":"[redacted:string]","files":["src/index.ts","README.md","a.md"]}'
const step = { id: 's', type: 'tool_call', tool_name: 'mail', input_preview: preview } as Step
const request = {
  approval_id: 'a',
  event: 'requested',
  at: '2026-11-20T14:00:10Z',
  expires_at: '2026-11-20T14:10:00Z',
} as ApprovalEvent

it('says what is hidden, how long it has waited, that it has expired, that the run is silent', () => {
  const text = questionText({ run, step, request }, '2026-11-20T14:12:10Z', 60)
  expect(text).toContain('  for         task TASK-1\n')
  expect(text).toContain('2 values are hidden from you')
  expect(text).toContain('waits for 12 m 00 s')
  expect(text.replace(/\s+/g, ' ')).toContain('expired 2 m 10 s ago: a decision is refused')
  expect(text.replace(/\s+/g, ' ')).toContain('nothing was heard from the run for 12 m 00 s')
  expect(text).not.toMatch(/README\n/)
})

it('says nothing of this where there is nothing to say', () => {
  const text = questionText({ run, step: { ...step, input_preview: '{}' }, request }, '2026-11-20T14:00:20Z', 80)
  expect(text).not.toMatch(/hidden|expired|nothing was heard/)
  expect(text).toContain('expires in 9 m 40 s')
})
