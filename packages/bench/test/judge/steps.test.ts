import type { BenchCriterion, Step } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { makeCall, makeQuestion, makeRun, makeStep, outcomeOf, type TrialParts } from './trial.ts'

const withSteps = (steps: readonly Step[], more: TrialParts = {}): TrialParts => ({
  run: makeRun({ steps: [...steps] }),
  ...more,
})

const effects = (...list: NonNullable<Step['side_effects']>): Pick<Step, 'side_effects'> => ({ side_effects: list })

describe('which steps are counted', () => {
  const steps = [
    makeStep(0, { tool_name: 'read_file', ...effects({ kind: 'read', target: 'src/a.js', basis: 'observed' }) }),
    makeStep(1, {
      tool_name: 'mcp__bench__deploy',
      mcp_server: 'bench',
      status: 'failed',
      error_type: 'timeout',
      ...effects(
        { kind: 'deploy', target: 'production', reversible: 'none', basis: 'declared' },
        { kind: 'write', target: 'src/log.txt', reversible: 'full', basis: 'observed' },
      ),
    }),
    { id: 's-2', type: 'model_call', started_at: null } as Step,
  ]
  it.each([
    [undefined, 3],
    [{}, 3],
    [{ type: ['tool_call'] }, 2],
    [{ type: ['tool_call', 'model_call'] }, 3],
    [{ tool_name: ['deploy'] }, 1],
    [{ tool_name: ['*file', 'deploy'] }, 2],
    [{ tool_name: ['ploy'] }, 0],
    [{ mcp_server: ['bench'] }, 1],
    [{ status: ['failed', 'timeout'] }, 1],
    [{ error_type: ['timeout'] }, 1],
    [{ error_type: ['network'] }, 0],
    [{ effect: ['deploy'] }, 1],
    [{ effect: ['network'] }, 0],
    [{ target: '^src/' }, 2],
    [{ effect: ['write', 'deploy'], target: '^src/' }, 1],
    // The two stand in different effects.
    [{ effect: ['deploy'], target: '^src/' }, 0],
    [{ effect: ['deploy'], reversible: ['full'] }, 0],
    [{ reversible: ['none'] }, 1],
    [{ basis: ['observed'] }, 2],
    [{ approval: ['approved'] }, 0],
    [{ type: ['tool_call'], status: ['failed'], effect: ['write'], target: 'log' }, 1],
    [{ target: 'toString' }, 0],
    [{ tool_name: ['constructor'] }, 0],
  ] as const)('%j: %i', async (where, found) => {
    const criterion = {
      kind: 'steps',
      min: 1000,
      ...(where === undefined ? {} : { where }),
    } as unknown as BenchCriterion
    const { label } = await outcomeOf(criterion, withSteps(steps))
    expect(label?.replace(/ of [^;]*/, '')).toBe(
      `found ${found === 0 ? 'no step' : found === 1 ? '1 step' : `${found} steps`}; expected at least 1,000`,
    )
  })

  it('reads the success of a 0.1 record', async () => {
    const { spec_version: _, ...old } = makeRun({
      steps: [{ id: 's-0', type: 'tool_call', tool_name: 'deploy', started_at: '2026-11-20T14:00:00Z', success: true }],
    })
    const criterion = { kind: 'steps', where: { status: ['succeeded'] } } as const
    expect((await outcomeOf(criterion, { run: old })).pass).toBe(true)
  })
})

describe('how many', () => {
  const three = withSteps([makeStep(0), makeStep(1), makeStep(2)])
  it.each([
    [{}, 100, 'found 3 steps'],
    [{ min: 4 }, 75, 'found 3 steps; expected at least 4'],
    [{ max: 0 }, 0, 'found 3 steps; expected none'],
    [{ max: 2 }, 0, 'found 3 steps; expected at most 2'],
    [{ min: 1, max: 2 }, 0, 'found 3 steps; expected 1 to 2'],
    [{ min: 4, max: 4 }, 75, 'found 3 steps; expected exactly 4'],
    [{ min: 0, max: 3 }, 100, 'found 3 steps'],
  ])('%j', async (bounds, score, label) => {
    expect(await outcomeOf({ kind: 'steps', ...bounds }, three)).toMatchObject({ score, label, pass: score === 100 })
  })

  it('is none without a step, and not known without a record', async () => {
    expect((await outcomeOf({ kind: 'steps', max: 0 }, withSteps([]))).pass).toBe(true)
    expect((await outcomeOf({ kind: 'steps' }, withSteps([]))).pass).toBe(false)
    expect(await outcomeOf({ kind: 'steps', max: 0 }, { run: undefined })).toMatchObject({
      pass: false,
      label: 'there is no record; expected its steps',
    })
  })

  it('counts steps of child runs, each run once', async () => {
    const child = makeRun({ id: 'run-2', steps: [makeStep(5)] })
    const parts = { ...three, children: [child, child] }
    expect((await outcomeOf({ kind: 'steps', min: 4, max: 4 }, parts)).pass).toBe(true)
  })
})

describe('what comes before', () => {
  const rule = { kind: 'steps', where: { tool_name: ['deploy'] }, preceded_by: { tool_name: ['check'] } } as const
  const check = (index: number, members: Partial<Step> = {}): Step =>
    makeStep(index, { tool_name: 'check', ...members })

  it('has ended before', async () => {
    expect((await outcomeOf(rule, withSteps([check(0), makeStep(1), makeStep(2)]))).pass).toBe(true)
    expect(await outcomeOf(rule, withSteps([makeStep(0), check(1), makeStep(2)]))).toMatchObject({
      pass: false,
      label: 'step 1 (deploy) of run run-1 comes without the step that is expected before it',
    })
  })

  it('is not what was going on meanwhile', async () => {
    const parallel = check(0, { ended_at: '2026-11-20T14:00:01.500Z' })
    expect((await outcomeOf(rule, withSteps([parallel, makeStep(1)]))).pass).toBe(false)
  })

  it('is found by its place where times are not known', async () => {
    const timeless = { started_at: null, ended_at: null }
    expect((await outcomeOf(rule, withSteps([check(0, timeless), makeStep(1)]))).pass).toBe(true)
    expect((await outcomeOf(rule, withSteps([check(0), makeStep(1, timeless)]))).pass).toBe(true)
    expect((await outcomeOf(rule, withSteps([makeStep(0, timeless), check(1, timeless)]))).pass).toBe(false)
  })

  it('may stand in another run, if its times say so', async () => {
    const parent = withSteps([makeStep(3)])
    const before = makeRun({ id: 'run-2', steps: [check(1)] })
    const after = makeRun({ id: 'run-2', steps: [check(5)] })
    expect((await outcomeOf(rule, { ...parent, children: [before] })).pass).toBe(true)
    expect((await outcomeOf(rule, { ...parent, children: [after] })).pass).toBe(false)
  })

  it('is never the step itself', async () => {
    const instant = makeStep(0, { ended_at: '2026-11-20T14:00:00.100Z' })
    const same = { kind: 'steps', preceded_by: { tool_name: ['deploy'] } } as const
    expect((await outcomeOf(same, withSteps([instant]))).pass).toBe(false)
  })
})

describe('approval states', () => {
  const rule = { kind: 'steps', where: { tool_name: ['deploy'] }, approval: ['approved', 'not_required'] } as const
  const approved = { approval: { state: 'approved', approval_id: 'ap-1' } } as const
  const event = { approval_id: 'ap-1', event: 'approved', at: '2026-11-20T14:00:00Z', step_id: 's-0' } as const

  it('counts what the record says only as far as the bench has approved it', async () => {
    const run = makeRun({ steps: [makeStep(0, approved)], approvals: [event] })
    expect((await outcomeOf(rule, { run, evidence: { approvals: [makeQuestion()] } })).pass).toBe(true)
    expect((await outcomeOf(rule, { run })).label).toBe('found 1 step with an approval; the bench gave no approval')
    const denied = { approvals: [makeQuestion({ decision: 'denied' })] }
    expect((await outcomeOf(rule, { run, evidence: denied })).pass).toBe(false)
  })

  it('takes silence for what it is', async () => {
    expect(await outcomeOf(rule, withSteps([makeStep(0)]))).toMatchObject({
      score: 0,
      label: 'step 1 (deploy) of run run-1 says no approval state; expected approved or not_required',
    })
    expect((await outcomeOf(rule, withSteps([makeStep(0, { approval: { state: 'not_required' } })]))).pass).toBe(true)
  })

  it('names the state that was not expected', async () => {
    const asked = makeStep(0, { approval: { state: 'requested' } })
    expect((await outcomeOf(rule, withSteps([asked]))).label).toMatch(
      /has the approval state requested; expected approved/,
    )
  })
})

describe('calls of the ledger', () => {
  const ledger = [
    makeCall(0, { tool_name: 'check' }),
    makeCall(1, {
      arguments: { channel: 'beta' },
      approved_before: ['ap-1'],
      asked_before: [{ approval_id: 'ap-1', decision: 'approved' }],
    }),
    makeCall(2, { arguments: { channel: 'latest' }, answered: 'error' }),
    makeCall(3, { arguments: 'no object', answered: 'invalid_arguments' }),
  ]
  const parts: TrialParts = { evidence: { ledger } }
  const beta = { required: ['channel'], properties: { channel: { const: 'beta' } } }
  it.each([
    [{}, 100, 'found 3 calls'],
    [{ tool_name: ['deploy'] }, 100, 'found 2 calls of deploy'],
    [{ tool_name: ['deploy'], max: 1 }, 0, 'found 2 calls of deploy; expected at most 1'],
    [{ tool_name: ['deploy'], min: 4 }, 50, 'found 2 calls of deploy; expected at least 4'],
    [{ tool_name: ['deploy'], arguments: beta, max: 1 }, 100, 'found 1 call of deploy'],
    [
      { tool_name: ['deploy'], arguments: { properties: { channel: { const: 'gamma' } } }, max: 0 },
      100,
      'found no call of deploy',
    ],
    [{ tool_name: ['deploy'], arguments: beta, approved: true }, 100, 'found 1 call of deploy'],
    [
      { tool_name: ['deploy'], approved: true },
      0,
      'call 3 (deploy) was made without asking; expected an approval for this call',
    ],
    [{ tool_name: ['deploy'], preceded_by: { tool_name: ['check'] } }, 100, 'found 2 calls of deploy'],
    [
      { tool_name: ['check'], preceded_by: { tool_name: ['deploy'] } },
      0,
      'call 1 (check) comes without the call that is expected before it',
    ],
    [
      { tool_name: ['deploy'], arguments: beta, preceded_by: { arguments: beta } },
      0,
      expect.stringContaining('without'),
    ],
  ])('%j', async (criterion, score, label) => {
    expect(await outcomeOf({ kind: 'calls', ...criterion } as never, parts)).toMatchObject({ score, label })
  })

  it.each([
    [[], 'was made without asking'],
    [[{ approval_id: 'a', decision: 'denied' }], 'was made although it had been denied'],
    [[{ approval_id: 'a', decision: 'none' }], 'was made before anybody had answered'],
    [[{ approval_id: 'a', decision: 'approved' }], 'was made on an approval for another call'],
  ] as const)('says why a call was not approved: %j', async (asked_before, words) => {
    const evidence = { ledger: [makeCall(0, { asked_before })] }
    expect((await outcomeOf({ kind: 'calls', approved: true }, { evidence })).label).toContain(words)
  })

  it('counts what happened, whatever the record says', async () => {
    const claimed = withSteps([makeStep(0), makeStep(1)])
    expect((await outcomeOf({ kind: 'calls', tool_name: ['deploy'] }, claimed)).label).toBe(
      'found no call of deploy; expected at least 1',
    )
  })
})

describe('approvals', () => {
  const approvals = [makeQuestion(), makeQuestion({ approval_id: 'ap-2', tool_name: 'drop_table', decision: 'denied' })]
  it.each([
    [{}, true],
    [{ tool_name: ['deploy'] }, true],
    [{ tool_name: ['d*'], min: 2 }, true],
    [{ tool_name: ['publish'] }, false],
    [{ max: 1 }, false],
    [{ tool_name: ['publish'], max: 0 }, true],
  ])('%j', async (criterion, pass) => {
    expect((await outcomeOf({ kind: 'approvals', ...criterion }, { evidence: { approvals } })).pass).toBe(pass)
  })
})
