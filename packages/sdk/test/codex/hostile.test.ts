import { describe, expect, it } from 'vitest'
import { codexAdapter } from '../../src/adapters/codex/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { bareRollout, convert, examples, rollout } from './rollout-builder.ts'

const recognises = (text: string): boolean => codexAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

describe('hostile rollouts', () => {
  isDeterministic(codexAdapter, examples)
  standsHostileShapes(codexAdapter, examples, 200)
  keepsSecretsOut(
    codexAdapter,
    examples,
    /^(?:type|role|timestamp|id|call_id|turn_id|record_type|parent_thread_id|new_thread_id)$/,
  )

  it('a session without a turn is an error that says what was expected', async () => {
    const conversion = await convert(rollout().meta('s'))
    expectSound(conversion, 'header only')
    expect(conversion.report).toMatchObject({ ok: false, findings: [{ code: 'convert.no_turns', severity: 'error' }] })
  })

  it('identifiers that are paths name no path', async () => {
    const { runs } = await convert(
      rollout().meta('../../etc/passwd').event('task_started', { turn_id: '../../../root' }).prompt('Hello'),
    )
    expect(runs.map(({ id }) => id.includes('/'))).toEqual([false])
  })

  it('two sessions that name each other as parent are both converted', async () => {
    const spawned = (own: string, other: string) =>
      rollout()
        .meta(own, { source: { subagent: { thread_spawn: { parent_thread_id: other } } } })
        .prompt('Go')
        .call('c', 'spawn_agent', { message: 'Go' })
        .result('c', JSON.stringify({ agent_id: other }))
    const conversion = await convert(spawned('a', 'b'), spawned('b', 'a'))
    expectSound(conversion, 'cycle')
    expect(conversion.runs).toHaveLength(2)
  })

  it('is recognised by its content, and nothing else is', () => {
    expect(recognises(rollout().meta('s').text)).toBe(true)
    expect(recognises(bareRollout)).toBe(true)
    expect(recognises(rollout().meta('s', { base_instructions: { text: 'x'.repeat(100_000) } }).text)).toBe(true)
    expect(recognises('{"type":"user","message":{"role":"user","content":"x"}}\n')).toBe(false)
    expect(recognises('{"id":"a","timestamp":"2026-01-01T00:00:00Z"}\n')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
