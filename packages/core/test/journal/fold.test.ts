import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { digest, runHash } from '../../src/hash/index.ts'
import { createJournalWriter, type FoldOptions, foldJournal, readJournal } from '../../src/journal/index.ts'
import { validate } from '../../src/validate/index.ts'
import { at, bytesOf, example, hidden, sealExample, start, step } from './example.ts'

const foldOf = (lines: readonly string[], options?: FoldOptions): AgentRun =>
  foldJournal(readJournal(bytesOf(lines)), options).run!

const folded = (events: readonly (readonly [string, object])[], options?: FoldOptions): AgentRun => {
  const writer = createJournalWriter()
  const lines = writer.append('run.started', at(0), start)
  for (const [type, data] of events) lines.push(...writer.append(type, at(1), data))
  return foldOf(lines, options)
}

describe('foldJournal', () => {
  it('makes a valid record of every beginning of a journal', async () => {
    const made = await example()
    await sealExample(made)
    for (let end = 1; end <= made.lines.length; end++)
      for (const live of [false, true]) {
        const run = foldOf(made.lines.slice(0, end), { live })
        expect(validate(run).findings).toEqual([])
      }
  })

  it('counts no step that ends after the seal', async () => {
    const made = await example()
    const { provenance } = await sealExample(made)
    const more = made.writer
    expect(() => more.append('step.ended', at(30), step('s-9', 9))).toThrow(TypeError)
    const last = JSON.parse(made.lines.filter((line) => line.startsWith('{"seq"')).at(-1)!) as { seq: number }
    const added = {
      seq: last.seq + 1,
      prev: digest(bytesOf([made.lines.at(-1)!]).subarray(0, -1)),
      at: at(30),
      type: 'step.ended',
      data: step('s-9', 9),
    }
    const run = foldOf([...made.lines, JSON.stringify(added)])
    expect(run.provenance).toMatchObject({ steps_count: provenance.steps_count, steps_root: provenance.steps_root })
    expect(run.steps.map(({ id }) => id)).not.toContain('s-9')
  })

  it('gives an interrupted run where nobody says how it ended', async () => {
    const { lines } = await example()
    const run = foldOf(lines)
    expect(run).toMatchObject({ status: 'interrupted', ended_at: null })
    expect(run.steps.at(-1)).toMatchObject({ id: 's-2', status: 'interrupted', ended_at: null })
    expect(run.provenance).toMatchObject({ run_hash: runHash(run), nonce: start.provenance.nonce })
    // A key without a signature would look like a signature that was removed.
    expect(run.provenance).not.toHaveProperty('signed_by')
  })

  it('leaves a live run and its open steps as they are', async () => {
    const { lines } = await example()
    const run = foldOf(lines, { live: true })
    expect(run).toMatchObject({ status: 'running' })
    expect(run).not.toHaveProperty('ended_at')
    expect(run.steps.at(-1)).toMatchObject({ id: 's-2', status: 'running' })
  })

  it('keeps a paused run paused, and its questions open', () => {
    const asked = { id: 's-1', type: 'input_request', status: 'pending', started_at: at(1) }
    expect(
      folded([
        ['step.started', asked],
        ['run.paused', {}],
      ]),
    ).toMatchObject({ status: 'paused', steps: [asked] })
  })

  it('does not guess how a step ended in a run that did', () => {
    const run = folded([
      ['step.started', { id: 's-1', type: 'message', role: 'user', started_at: at(1) }],
      ['run.updated', { status: 'cancelled', ended_at: at(2) }],
    ])
    expect(run).toMatchObject({ status: 'cancelled', ended_at: at(2), steps: [{ status: 'unknown', ended_at: null }] })
  })

  it('takes steps in the order in which they ended, open ones last', () => {
    const opened = (id: string) => ['step.started', { id, type: 'other', started_at: at(1) }] as const
    const ended = (id: string) => ['step.ended', step(id, 1)] as const
    const run = folded([opened('a'), opened('b'), opened('c'), ended('b'), opened('d'), ended('a'), ended('e')])
    expect(run.steps.map(({ id }) => id)).toEqual(['b', 'a', 'e', 'c', 'd'])
  })

  it('takes the step as it ended, not as it started', () => {
    const run = folded([
      ['step.started', { id: 's-1', type: 'other', started_at: at(1), agent_id: 'reviewer' }],
      ['step.ended', step('s-1', 1)],
    ])
    expect(run.steps).toEqual([step('s-1', 1)])
  })

  it('gives members new values whole, and removes them by null', () => {
    const run = folded([
      ['run.updated', { links: { trace_id: '0'.repeat(32) }, model: 'a', tags: ['x', 'y'] }],
      ['run.updated', { links: { urls: ['https://example.org/'] }, model: null, tags: ['z'] }],
      ['run.updated', { provenance: { config_hash: 'c', model_version: 'v' } }],
      ['run.updated', { provenance: { model_version: null }, ended_at: null, status: 'failed' }],
    ])
    expect(run).toMatchObject({ tags: ['z'], ended_at: null, status: 'failed' })
    expect(run.links).toEqual({ urls: ['https://example.org/'] })
    expect(run).not.toHaveProperty('model')
    expect(run.provenance).toMatchObject({ config_hash: 'c', nonce: start.provenance.nonce })
    expect(run.provenance).not.toHaveProperty('model_version')
  })

  it('says that a resumed run goes on', () => {
    const writer = createJournalWriter()
    const lines = writer.append('run.started', at(0), start)
    lines.push(...writer.append('run.updated', at(1), { status: 'failed', ended_at: at(1), duration_ms: 1000 }))
    const journal = readJournal(bytesOf(lines))
    const again = createJournalWriter({ journal })
    const run = foldOf([...lines, ...again.resume(at(2))], { live: true })
    expect(run.status).toBe('running')
    expect(run).not.toHaveProperty('ended_at')
    expect(run).not.toHaveProperty('duration_ms')
  })

  it('puts private members back by the newest hash only', () => {
    const writer = createJournalWriter()
    const lines = writer.append(
      'run.started',
      at(0),
      hidden('run', 'a', { ...start, input_preview: 'old', intent: 'old' }),
    )
    lines.push(...writer.append('run.updated', at(1), hidden('run', 'b', { output_preview: 'new', intent: 'new' })))
    const run = foldOf(lines)
    expect(run).toMatchObject({ output_preview: 'new', intent: 'new' })
    expect(run).not.toHaveProperty('input_preview')
    const erased = foldOf(lines.filter((line) => !line.includes('"new"')))
    expect(erased).not.toHaveProperty('intent')
    expect(erased).not.toHaveProperty('salt')
    expect(validate(erased).findings).toEqual([])
  })

  it('drops what was plain before it became private', () => {
    const writer = createJournalWriter()
    const lines = writer.append('run.started', at(0), { ...start, intent: 'plain' })
    lines.push(...writer.append('run.updated', at(1), hidden('run', 'b', { output_preview: 'new' })))
    expect(foldOf(lines)).not.toHaveProperty('intent')
  })

  it('states a lower bound of the cost, until the run names its cost', () => {
    const call = (id: string, cost: object) =>
      [
        'step.ended',
        { ...step(id, 1), type: 'model_call', cost: { input_tokens: null, output_tokens: null, ...cost } },
      ] as const
    const calls = [
      call('a', { input_tokens: 5, cost_usd: 0.1 }),
      call('b', { input_tokens: 7, output_tokens: 2 }),
      call('c', {}),
    ]
    expect(folded(calls).cost).toEqual({ input_tokens: 12, output_tokens: 2, cost_usd: 0.1, basis: 'lower_bound' })
    expect(folded([call('c', {})]).cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
    const most = Number.MAX_SAFE_INTEGER
    expect(folded([call('a', { input_tokens: most, output_tokens: 1 }), call('b', { input_tokens: 1 })]).cost).toEqual({
      input_tokens: null,
      output_tokens: 1,
      basis: 'lower_bound',
    })
    const named = { input_tokens: 20, output_tokens: 3, basis: 'reported' }
    expect(folded([...calls, ['run.updated', { cost: named }]]).cost).toEqual(named)
  })

  it('folds what stands before a fault', async () => {
    const { lines } = await example()
    const run = foldOf(lines.with(6, lines[6]!.replace('"seq":4', '"seq":9')))
    expect(run.steps.map(({ id }) => id)).toEqual(['s-1'])
    expect(foldJournal(readJournal('nothing\n'))).toEqual({ findings: [] })
  })

  it('gives the sealed record back', async () => {
    const made = await example()
    const record = await sealExample(made)
    expect(foldOf(made.lines)).toEqual(record)
  })

  it('is not led astray by names that objects inherit', () => {
    const writer = createJournalWriter()
    const lines = writer.append('run.started', at(0), start)
    lines.push(...writer.append('constructor', at(1), {}), ...writer.append('to_string', at(1), {}))
    const patched = `{"seq":${writer.seq},"prev":"${writer.head}","at":"${at(2)}","type":"run.updated","data":{"__proto__":{"status":"failed"}}}`
    expect(readJournal(bytesOf([...lines, patched])).findings[0]).toMatchObject({ code: 'journal.line' })
    const parsed = JSON.parse('{"id":"s-1","type":"other","started_at":null,"__proto__":{"status":"failed"}}')
    lines.push(...writer.append('step.ended', at(3), parsed))
    const [last] = foldOf(lines).steps
    expect(last?.status).toBeUndefined()
    expect(Object.hasOwn(last!, '__proto__')).toBe(true)
  })
})
