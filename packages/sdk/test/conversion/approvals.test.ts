import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { addApproval, addDecision } from '../../src/conversion/approvals.ts'
import { addToolCall, finishStep } from '../../src/conversion/draft-steps.ts'
import { finishRun } from '../../src/conversion/finish-run.ts'
import { RunDraft } from '../../src/conversion/run-draft.ts'
import type { StepDraft } from '../../src/conversion/step-draft.ts'
import { momentAt } from '../../src/conversion/time.ts'
import { commandOf } from '../../src/conversion/tool-effects.ts'
import { createPreviewer } from '../../src/preview/index.ts'

const at = (second: number) => momentAt(Date.UTC(2026, 10, 20, 14, 0, second))
const about = { format: 'test', title: 'a test', adapter: 'test', notRecorded: [] }

/** A run with one call, after something was noted about it, and after its result. */
function runWith(
  note: (run: RunDraft, call: StepDraft) => void,
  late?: (run: RunDraft, call: StepDraft) => void,
): AgentRun {
  const run = new RunDraft('run', createPreviewer(true))
  run.members.session_id = 'sess'
  const call = addToolCall(
    run,
    { id: 'c', name: 'bash', arguments: { command: 'ls' }, callId: 'c', start: at(1) },
    { line: 1 },
  )
  note(run, call)
  finishStep(run, call, { status: 'succeeded', output: 'a', at: at(9) }, { line: 2 })
  late?.(run, call)
  const made = finishRun(run, { status: 'completed', about })
  expect(validate(JSON.stringify(made)).findings.filter(({ severity }) => severity === 'error')).toEqual([])
  return made
}

const events = ({ approvals = [] }: AgentRun): string[] => approvals.map(({ event }) => event)

describe('approvals of converted calls', () => {
  it('a refused call did not run, whatever came back', () => {
    const run = runWith((draft, call) => addApproval(draft, call, { event: 'denied', at: at(2), basis: 'observed' }))
    expect(run.steps[0]).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expect(run.steps[0]?.output_preview).toBeUndefined()
    expect(run.steps[0]?.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
  })

  it('an approved call began when it was approved, whenever that was found', () => {
    const approve = (second: number) => (draft: RunDraft, call: StepDraft) => {
      addApproval(draft, call, { event: 'approved', at: at(second), basis: 'observed' })
    }
    const waited = { started_at: at(4)?.text, ended_at: at(9)?.text, duration_ms: 5000 }
    expect(runWith(approve(4)).steps[0]).toMatchObject(waited)
    expect(runWith(() => {}, approve(4)).steps[0]).toMatchObject(waited)
    const contradictory = runWith(() => {}, approve(12)).steps[0]
    expect([contradictory?.started_at, contradictory?.duration_ms]).toEqual([null, undefined])
  })

  it('of two decisions the first counts, and none that comes after the call ran refuses it', () => {
    const decided = runWith((draft, call) => {
      addApproval(draft, call, { event: 'approved', at: at(2), basis: 'observed' })
      expect(addApproval(draft, call, { event: 'denied', at: at(3), basis: 'observed' })).toBe(false)
    })
    expect(events(decided)).toEqual(['approved'])
    const late = runWith(
      () => {},
      (draft, call) => {
        addApproval(draft, call, { event: 'denied', at: at(10), basis: 'observed' })
        addDecision(draft, call, { at: at(10), verdict: 'block', enforcement: 'blocked', basis: 'observed' })
      },
    )
    expect([events(late), late.policy_decisions, late.steps[0]?.status]).toEqual([[], undefined, 'succeeded'])
  })

  it('a decision that comes before its request takes its place', () => {
    const run = runWith((draft, call) => {
      addApproval(draft, call, { event: 'requested', id: 'p', at: at(5), basis: 'observed' })
      addApproval(draft, call, { event: 'approved', at: at(3), basis: 'observed' })
    })
    expect(run.approvals).toMatchObject([{ approval_id: 'p', event: 'approved' }])
  })

  it('what has no time cannot be written: only a refusal stays, on the step', () => {
    const approved = runWith((draft, call) =>
      addApproval(draft, call, { event: 'approved', at: undefined, basis: 'observed' }),
    )
    expect([approved.approvals, approved.steps[0]?.approval]).toEqual([undefined, undefined])
    const denied = runWith((draft, call) =>
      addApproval(draft, call, { event: 'denied', at: undefined, basis: 'observed' }),
    )
    expect([denied.approvals, denied.steps[0]?.approval?.state]).toEqual([undefined, 'denied'])
  })

  it('a grant for the session names it', () => {
    const run = runWith((draft, call) =>
      addApproval(draft, call, {
        event: 'approved',
        at: at(2),
        grant: { scope: 'session', tool_name: 'bash' },
        basis: 'observed',
      }),
    )
    expect(run.approvals?.[0]?.grant).toEqual({ scope: 'session', tool_name: 'bash', session_id: 'sess' })
  })
})

describe('the command of a call', () => {
  it.each([
    [{ command: 'ls -l' }, 'ls -l'],
    [{ cmd: ['bash', '-lc', 'ls > a'] }, 'ls > a'],
    [{ command: ['rm', 'my file', "it's"] }, "rm 'my file' 'it'\\''s'"],
    [{ command: [1, null] }, undefined],
    [{}, undefined],
  ])('%j', (given, command) => {
    expect(commandOf(given)).toBe(command)
  })
})
