import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { codexAdapter } from '../../src/adapters/codex/index.ts'
import { arrangeFiles } from '../../src/conversion/arrange-files.ts'
import { readHead } from '../../src/conversion/head.ts'
import { bareRollout, convert, convertOne, idAt, richChild, richRollout, rollout } from './rollout-builder.ts'

const said = (runs: readonly AgentRun[]): unknown[] => runs.map(({ input_preview, status }) => [input_preview, status])

describe('turns', () => {
  it('are as the marks say; what the user says meanwhile is a step', async () => {
    const { runs } = await convert(
      rollout()
        .meta('s')
        .event('task_started', { turn_id: idAt(2) })
        .prompt('Sort')
        .call('c', 'shell', { command: ['ls'] })
        .prompt('By title')
        .result('c', 'Exit code: 0\nOutput:\n')
        .event('task_complete', { turn_id: idAt(2), last_agent_message: 'Done.' })
        .event('task_started', { turn_id: idAt(9) })
        .prompt('Again'),
    )
    expect(said(runs)).toEqual([
      ['Sort', 'completed'],
      ['Again', 'unknown'],
    ])
    expect(runs[0]).toMatchObject({ id: idAt(2), turn_id: idAt(2), output_preview: 'Done.' })
    expect(runs[0]?.steps.find(({ role }) => role === 'user')).toMatchObject({
      type: 'message',
      input_preview: 'By title',
    })
  })

  it('without marks end where the model calls nothing more', async () => {
    const { runs } = await convert(
      rollout()
        .meta('s')
        .prompt('One')
        .say('First.')
        .tokens(5, 1)
        .prompt('Two')
        .call('c', 'shell', { command: ['ls'] }),
    )
    expect(said(runs)).toEqual([
      ['One', 'completed'],
      ['Two', 'unknown'],
    ])
    expect(runs.map(({ id }) => id)).toEqual(['s.1', 's.2'])
  })

  it.each([
    ['interrupted', 'cancelled'],
    ['replaced', 'interrupted'],
    ['review_ended', 'completed'],
    ['budget_limited', 'failed'],
  ])('that were aborted for the reason %s are %s', async (reason, status) => {
    const run = await convertOne(
      rollout()
        .meta('s')
        .event('task_started', { turn_id: idAt(2) })
        .prompt('One')
        .event('turn_aborted', { reason, turn_id: idAt(2) }),
    )
    expect(run.status).toBe(status)
  })

  it('that a later one took the place of were interrupted; an error that nothing followed is a failure', async () => {
    const { runs } = await convert(
      rollout()
        .meta('s')
        .event('task_started', { turn_id: idAt(2) })
        .prompt('One')
        .event('task_started', { turn_id: idAt(5) })
        .prompt('Two')
        .event('error', { message: 'stream disconnected' }),
    )
    expect(said(runs)).toEqual([
      ['One', 'interrupted'],
      ['Two', 'failed'],
    ])
    expect(runs[1]?.error).toBe('stream disconnected')
  })

  it('are read from the bare items of the oldest versions', async () => {
    const { runs } = await convert(bareRollout)
    expect(said(runs)).toEqual([
      ['List the books', 'completed'],
      ['Thanks', 'unknown'],
    ])
    expect(runs[0]).toMatchObject({ git_branch: 'main', started_at: null, source: { times: 'absent' } })
    expect(runs[0]?.steps.find(({ type }) => type === 'tool_call')).toMatchObject({ status: 'succeeded', exit_code: 0 })
  })

  it('a compaction between turns is a run with one step', async () => {
    const { runs } = await convert(
      rollout()
        .meta('s')
        .prompt('One')
        .say('First.')
        .tokens(5, 1)
        .line('compacted', { message: 'Sum' })
        .event('context_compacted'),
    )
    expect(runs.map(({ steps, status }) => [steps.map(({ type }) => type), status])).toEqual([
      [['message', 'model_call'], 'completed'],
      [['compaction'], 'completed'],
    ])
  })
})

describe('copied history', () => {
  const parent = rollout()
    .meta(idAt(1))
    .event('task_started', { turn_id: idAt(3) })
    .prompt('One')
    .say('First.')
    .tokens(100, 10)
  const fork = (foreign: boolean) => {
    const own = rollout(100).meta(idAt(101), { forked_from_id: idAt(1) })
    if (foreign) own.meta(idAt(1), { timestamp: '2026-11-20T14:00:01.000Z' }, 0)
    return own
      .event('task_started', { turn_id: idAt(3) }, 0)
      .prompt('One', 0)
      .tokens(100, 10)
      .event('task_started', { turn_id: idAt(105) }, 5)
      .prompt('Two')
      .say('Second.')
      .tokens(150, 15, [50, 5])
  }

  it.each([true, false])('of a fork is left out (its header copied: %s)', async (foreign) => {
    const { runs, report } = await convert(parent, fork(foreign))
    expect(said(runs)).toEqual([
      ['One', 'unknown'],
      ['Two', 'unknown'],
    ])
    expect(report.files[1]?.skipped).toContainEqual({ reason: 'copied from another session', lines: foreign ? 6 : 5 })
    expect(runs[1]?.cost).toMatchObject({ input_tokens: 50, output_tokens: 5 })
  })

  it('without ids of turns ends where somebody took their time', async () => {
    const { runs } = await convert(
      rollout(50)
        .meta('fork', { timestamp: '2026-11-20T14:00:50.000Z' })
        .meta('parent', { timestamp: '2026-11-20T13:00:00.000Z' }, 0)
        .prompt('One', 0)
        .prompt('Two', 20),
    )
    expect(said(runs)).toEqual([['Two', 'unknown']])
  })

  it('another session in the same file is no copy; one that was resumed goes on counting', async () => {
    const { runs } = await convert(
      `${rollout().meta('a').prompt('One').text}${rollout(30).meta('b').prompt('Two').meta('b').prompt('Three').text}`,
    )
    expect(runs.map(({ id, input_preview }) => [id, input_preview])).toEqual([
      ['a.1', 'One'],
      ['b.1', 'Two'],
      ['b.2', 'Three'],
    ])
  })

  it('the same file twice gives every run once', async () => {
    const { runs } = await convert(parent, parent)
    expect(runs).toHaveLength(1)
  })
})

describe('sub-agents', () => {
  it('are child runs bound by the handoff that started them, in whatever order the files come', async () => {
    for (const files of [
      [richRollout(), richChild()],
      [richChild(), richRollout()],
    ]) {
      const { runs, report } = await convert(...files)
      const [main] = runs
      const child = runs.find(({ agent_id }) => agent_id === 'explorer')
      expect(child).toMatchObject({
        parent_run_id: main?.id,
        turn_id: main?.id,
        agent_name: 'Ada',
        trigger: 'agent',
        provenance: { parents: [{ run_id: main?.id }] },
      })
      expect(main?.steps.filter(({ child_run_id }) => child_run_id === child?.id).map(({ type }) => type)).toEqual([
        'handoff',
        'handoff_result',
      ])
      expect(report.findings).toEqual([])
    }
  })

  it('without the parent stand alone, which the report says', async () => {
    const { runs, report } = await convert(richChild())
    expect(runs[0]?.parent_run_id).toBeUndefined()
    expect(report.findings).toMatchObject([{ code: 'convert.unlinked_subagent', severity: 'warning' }])
  })

  it('that are given more to do answer with a run for each hand-over', async () => {
    const child = rollout(5)
      .meta(idAt(6, '00000000000c'), { source: { subagent: { thread_spawn: { parent_thread_id: 'p' } } } })
      .event('task_started', { turn_id: idAt(7) })
      .prompt('Count')
      .event('task_complete', { turn_id: idAt(7) })
      .event('task_started', { turn_id: idAt(20) })
      .prompt('Count again')
    const main = rollout()
      .meta('p')
      .prompt('Sort')
      .call('c1', 'spawn_agent', { message: 'Count' })
      .result('c1', JSON.stringify({ agent_id: idAt(6, '00000000000c') }))
      .call('c2', 'send_input', { id: idAt(6, '00000000000c'), message: 'Count again' })
      .result('c2', '{}')
    const { runs } = await convert(main, child)
    expect(runs[0]?.steps.filter(({ type }) => type === 'handoff').map(({ child_run_id }) => child_run_id)).toEqual([
      idAt(7),
      idAt(20),
    ])
    expect(new Set(runs.slice(1).map(({ provenance }) => provenance.parents?.[0]?.delegation_id)).size).toBe(2)
  })

  it('are grouped with their parent by what the headers say', () => {
    const heads = [richRollout(), richChild()].map(({ text }, index) => ({
      head: readHead(`r${index}`, new TextEncoder().encode(text)),
      open: () => text,
    }))
    expect(arrangeFiles(heads, { adapters: [codexAdapter], attachers: [] }).groups).toHaveLength(1)
  })
})
