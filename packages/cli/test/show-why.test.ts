import { describe, expect, it } from 'vitest'
import { show } from './binary.ts'
import { smallRun } from './records.ts'

const step = (id: string, status: string, command: string, more: object = {}): object => ({
  id,
  type: 'tool_call',
  status,
  started_at: null,
  tool_name: 'Bash',
  side_effects: [{ kind: 'exec', target: command, basis: status === 'denied' ? 'declared' : 'observed' }],
  ...more,
})
const message = { id: 'end', type: 'message', role: 'assistant', status: 'succeeded', started_at: null }

/** The lines between the times and the ids. */
const why = async (changes: object): Promise<string[]> => {
  const lines = (await show(smallRun({ status: 'failed', outcome: 'failed', ...changes }))).stdout.split('\n')
  return lines.slice(2, lines.indexOf('  run run-1')).map((line) => line.trim())
}

describe('why a run ended', () => {
  it('is a denial that stopped it, whatever else went wrong', async () => {
    const approvals = [
      {
        approval_id: 'a',
        event: 'denied',
        at: '2026-11-20T14:02:20Z',
        step_id: 'b',
        actor: { kind: 'human' },
        stops_run: true,
      },
    ]
    const steps = [step('a', 'failed', 'ls'), step('b', 'denied', 'npm publish'), step('c', 'failed', 'true')]
    expect(await why({ status: 'cancelled', outcome: undefined, error: 'by the user', approvals, steps })).toEqual([
      'stopped by a person: denied step 2: Bash "npm publish"',
      'error: by the user',
    ])
  })

  it('is the last action if it went wrong, whatever was said after it', async () => {
    const steps = [step('a', 'failed', 'ls'), step('b', 'interrupted', 'make'), message]
    expect(await why({ steps })).toEqual(['stopped at step 2: Bash "make", interrupted'])
    expect(await why({ steps: [step('a', 'failed', 'ls'), { ...message, status: 'failed' }] })).toEqual([
      'stopped at step 1: Bash "ls", failed',
    ])
  })

  it('is the first failure that nothing made up for, before what was refused, and apart from the error of the run', async () => {
    const steps = [
      step('r', 'denied', 'rm -rf dist'),
      step('a', 'failed', 'first'),
      step('b', 'succeeded', 'first', { retry_of: 'a' }),
      step('c', 'timeout', 'second'),
      step('d', 'succeeded', 'second', { fallback_from: 'c' }),
      step('e', 'failed', 'third', { error_type: 'network' }),
      step('f', 'succeeded', 'ls'),
    ]
    expect(await why({ steps, error: 'gave up', error_type: 'internal' })).toEqual([
      'first trouble at step 6: Bash "third", failed (network)',
      'error: (internal) gave up',
    ])
    expect(await why({ steps: steps.slice(1, 5), error: 'gave up' })).toEqual(['error: gave up'])
    expect(await why({ steps: [steps[0], steps[6]] })).toEqual([
      'first trouble at step 1: Bash "rm -rf dist", denied, never ran',
    ])
  })

  it('is not said of a run that succeeded, and is not invented', async () => {
    expect(await why({ status: 'completed', outcome: 'success', steps: [step('a', 'failed', 'ls')] })).toEqual([])
    expect(await why({ steps: [step('a', 'succeeded', 'ls')] })).toEqual([
      'no step went wrong; why it ended is not recorded',
    ])
  })
})
