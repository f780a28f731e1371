import type { AgentRun, ApprovalEvent } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalsOf, artifactsOf, concernsTool, describeRun, isGood, lastGood } from '../../src/query/index.ts'
import { anyRun, run, step } from './runs.ts'

const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`

describe('lastGood', () => {
  const found = (after: AgentRun, ...candidates: AgentRun[]): string | undefined => {
    const last = lastGood(
      describeRun(after),
      candidates.map((each) => describeRun(each)),
    )
    return last && `${last.criterion} ${last.run.summary.id}`
  }
  const good = (id: string, hour: number, changes: Partial<AgentRun> = {}): AgentRun =>
    run({ id, started_at: at(hour), outcome: 'success', task_id: 'T', ...changes })
  const bad = run({ id: 'bad', started_at: at(12), status: 'failed', task_id: 'T' })

  it('is the newest earlier good run of the same agent with the same task', () => {
    expect(found(bad, good('a', 3), good('b', 11), good('c', 5))).toBe('task b')
    expect(found(bad, good('later', 13), good('same time', 12))).toBeUndefined()
    expect(found(bad, good('other', 3, { agent_id: 'x' }), good('failed', 4, { outcome: 'failed' }))).toBeUndefined()
    expect(found(bad, bad)).toBeUndefined()
  })

  it('prefers a named baseline, whenever and however it ended', () => {
    const after = { ...bad, related: [{ relation: 'baseline', run_id: 'x' }] }
    expect(found(after, good('a', 3), run({ id: 'x', status: 'failed', started_at: at(20) }))).toBe('baseline x')
    expect(found(after, good('a', 3))).toBe('task a')
  })

  it('takes task and benchmark before repository', () => {
    const scope = { repository: 'https://git.example.org/r' }
    const evaluation = { pass: true, score: 90, benchmark_id: 'bench' }
    const after = { ...bad, scope, eval: { ...evaluation, pass: false } }
    const inRepository = good('r', 11, { task_id: null, scope })
    const inBenchmark = good('b', 2, { task_id: null, eval: evaluation })
    expect(found(after, inRepository)).toBe('repository r')
    expect(found(after, inRepository, inBenchmark)).toBe('benchmark b')
    expect(found(after, inRepository, inBenchmark, good('t', 1))).toBe('benchmark b')
    expect(found(after, inRepository, inBenchmark, good('t', 3))).toBe('task t')
  })

  it('judges by the eval where there is one, else by the outcome', () => {
    expect(isGood({ outcome: 'success' })).toBe(true)
    expect(isGood({ outcome: 'success', eval: { pass: false, score: 1 } })).toBe(false)
    expect(isGood({ outcome: 'failed', eval: { pass: true, score: 99 } })).toBe(true)
    expect(isGood({})).toBe(false)
  })

  it('knows nothing of unknown agents and of times nobody knows', () => {
    expect(found({ ...bad, agent_id: 'unknown' }, good('a', 3, { agent_id: 'unknown' }))).toBeUndefined()
    expect(found({ ...bad, started_at: null }, good('a', 3))).toBeUndefined()
  })
})

describe('artifactsOf', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const given = run({
    turn_id: 't-8',
    steps: [step(), step({ id: 's2', turn_id: 't-9', agent_id: 'reviewer', ended_at: at(15) })],
    artifacts: [
      { id: 'a1', name: 'one', step_id: 's1' },
      { id: 'a2', name: 'two', step_id: 's2', content: { digest } },
      { id: 'a3', name: 'three', step_id: 'gone' },
    ],
  })
  const names = (query: Parameters<typeof artifactsOf>[1]) =>
    artifactsOf(given, query).map(({ artifact }) => artifact.name)

  it('gives those of a turn: of the step, else of the run', () => {
    expect(names({})).toEqual(['one', 'two', 'three'])
    expect(names({ turnId: 't-8' })).toEqual(['one', 'three'])
    expect(names({ turnId: 't-9' })).toEqual(['two'])
    expect(names({ digest })).toEqual(['two'])
    expect(names({ digest, turnId: 't-8' })).toEqual([])
  })

  it('says who made one, and when', () => {
    const [one, two] = artifactsOf(given)
    expect(one).toMatchObject({ run_id: 'run-1', turn_id: 't-8', agent_id: 'release-bot', at: '2026-11-20T14:00:00Z' })
    expect(two).toMatchObject({ turn_id: 't-9', agent_id: 'reviewer', at: at(15) })
  })
})

describe('approvalsOf', () => {
  const event = (approval_id: string, name: ApprovalEvent['event'], hour: number, more = {}): ApprovalEvent => ({
    approval_id,
    event: name,
    at: at(hour),
    ...more,
  })

  it('gathers the events of each approval in the order of time; the last one says where it stands', () => {
    const given = run({
      approvals: [event('a', 'approved', 3), event('b', 'requested', 2), event('a', 'requested', 1)],
    })
    expect(approvalsOf(given, [event('b', 'denied', 4)])).toEqual([
      {
        run_id: 'run-1',
        approval_id: 'a',
        state: 'approved',
        request: event('a', 'requested', 1),
        decisions: [event('a', 'approved', 3)],
      },
      {
        run_id: 'run-1',
        approval_id: 'b',
        state: 'denied',
        request: event('b', 'requested', 2),
        decisions: [event('b', 'denied', 4)],
      },
    ])
  })

  it('keeps to what the record says, and of decisions beside it to the first', () => {
    const asked = [event('a', 'requested', 1)]
    const [first, second, early] = [event('a', 'approved', 5), event('a', 'denied', 6), event('a', 'denied', 2)]
    expect(approvalsOf(run({ approvals: asked }), [first, second, early])).toMatchObject([
      { state: 'approved', decisions: [second, early, first] },
    ])
    const decided = run({ approvals: [...asked, event('a', 'denied', 3)] })
    expect(approvalsOf(decided, [first])).toMatchObject([
      { state: 'denied', decisions: [first, event('a', 'denied', 3)] },
    ])
    const escalated = run({ approvals: [...asked, event('a', 'escalated', 4)] })
    expect(approvalsOf(escalated, [early])).toMatchObject([
      { state: 'denied', decisions: [event('a', 'escalated', 4), early] },
    ])
  })

  it('never throws, and loses no event', () => {
    fc.assert(
      fc.property(anyRun, (given) => {
        const count = approvalsOf(given).reduce(
          (sum, { request, decisions }) => sum + decisions.length + (request ? 1 : 0),
          0,
        )
        expect(count).toBe(given.approvals?.length ?? 0)
      }),
    )
  })

  it('knows the tool by step, call or grant', () => {
    const given = run({
      steps: [step({ tool_call_id: 'c1' })],
      approvals: [
        event('a', 'approved', 1, { step_id: 's1' }),
        event('b', 'approved', 1, { tool_call_id: 'c1' }),
        event('c', 'approved', 1, { grant: { scope: 'session', tool_name: 'Bash' } }),
        event('d', 'approved', 1),
      ],
    })
    const about = (tool: string) => approvalsOf(given).filter((entry) => concernsTool(entry, tool, given))
    expect(about('Bash').map(({ approval_id }) => approval_id)).toEqual(['a', 'b', 'c'])
    expect(about('Edit')).toEqual([])
  })
})
