import {
  canonicalize,
  createJournalWriter,
  describeRun,
  type Fact,
  foldJournal,
  protectObject,
  readJournal,
} from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { bodyOf, startClient } from './setup.ts'

const at = '2026-11-20T15:00:00Z'
const path = '/runs/r/events'

const begin = () => {
  const writer = createJournalWriter()
  const started = writer.append('run.started', at, {
    id: 'r',
    spec_version: '1.0',
    agent_id: 'a',
    started_at: at,
    provenance: { nonce: '0'.repeat(32) },
  })
  return { writer, started }
}
const step = protectObject('step', {
  id: 's',
  type: 'tool_call',
  tool_name: 't',
  status: 'succeeded',
  started_at: at,
  ended_at: at,
  input_preview: 'hidden',
})
const foldOf = (lines: readonly string[]): AgentRun =>
  foldJournal(readJournal(bodyOf(lines)), { live: true }).run as AgentRun

describe('private lines that are sent more than once', () => {
  it('stand once behind each chained line that names their hash', async () => {
    const { writer, started } = begin()
    const lines = [...started, ...writer.append('step.started', at, step), ...writer.append('step.ended', at, step)]
    const [, , hidden] = lines as [string, string, string]
    expect(lines.filter((line) => line === hidden)).toHaveLength(2)
    const client = await startClient()
    const copies = Array.from({ length: 50 }, () => hidden)
    const requests = [
      lines.slice(0, 2),
      copies,
      [...lines.slice(1, 4), ...copies],
      [...lines, ...copies],
      copies,
      lines,
    ]
    for (const request of requests) expect((await client.send('POST', path, bodyOf(request))).status).toBe(200)
    expect((await client.send('GET', path)).text).toBe(bodyOf(lines))
    const whole = await startClient()
    const doubled = lines.flatMap((line) => (line === hidden ? copies : [line]))
    expect((await whole.send('POST', path, bodyOf(doubled))).status).toBe(200)
    expect((await whole.send('GET', path)).text).toBe(bodyOf(lines))
  })

  it('are stored once where they came late, and not again where they are sent in their order', async () => {
    const { writer, started } = begin()
    const [ended, hidden] = writer.append('step.ended', at, step) as [string, string]
    const paused = writer.append('run.paused', at, {})
    const client = await startClient()
    const late = [...started, ended, ...paused, hidden]
    for (const request of [
      [...started, ended, ...paused],
      [hidden, hidden],
    ])
      expect((await client.send('POST', path, bodyOf(request))).status).toBe(200)
    expect((await client.send('GET', path)).text).toBe(bodyOf(late))
    const inOrder = [...started, ended, hidden, ...paused, hidden]
    for (const request of [inOrder, inOrder.slice(1), [hidden], late])
      expect((await client.send('POST', path, bodyOf(request))).status).toBe(200)
    expect((await client.send('GET', path)).text).toBe(bodyOf(late))
    expect((await client.send('GET', '/runs/r')).text).toBe(canonicalize(foldOf(late)))
  })

  it('are refused where no line names their hash, however often', async () => {
    const { started } = begin()
    const [, hidden] = begin().writer.append('step.ended', at, step) as [string, string]
    const client = await startClient()
    const answer = await client.send('POST', path, bodyOf([...started, hidden, hidden]))
    expect([answer.status, answer.json.errors[0].code]).toEqual([422, 'journal.private'])
  })
})

describe('what becomes known of a live run later', () => {
  it('is found: an error whose private line comes in a request of its own', async () => {
    const { writer, started } = begin()
    const [updated, hidden] = writer.append(
      'run.updated',
      at,
      protectObject('run', { status: 'running', error: 'no such table' }),
    ) as [string, string]
    const client = await startClient()
    expect((await client.send('POST', path, bodyOf([...started, updated]))).status).toBe(200)
    expect((await client.send('GET', '/runs?has_error=true')).json.runs).toEqual([])
    expect((await client.send('POST', path, bodyOf([hidden]))).status).toBe(200)
    expect((await client.send('GET', '/runs/r')).json.error).toBe('no such table')
    expect((await client.send('GET', '/runs?has_error=true')).json.runs).toHaveLength(1)
  })

  it('is never a sum that no record could hold', async () => {
    const { writer, started } = begin()
    const client = await startClient()
    const lines = [...started]
    const append = async (id: string, input_tokens: number): Promise<void> => {
      const cost = { input_tokens, output_tokens: 1 }
      const more = writer.append('step.ended', at, {
        ...{ id, type: 'tool_call', tool_name: 't', status: 'succeeded', started_at: at, ended_at: at },
        cost,
      })
      lines.push(...more)
      expect((await client.send('POST', path, bodyOf(more))).status).toBe(200)
    }
    await client.send('POST', path, bodyOf(started))
    for (const [n, tokens] of [5, Number.MAX_SAFE_INTEGER, 7, 8].entries()) {
      await append(`s${n}`, tokens)
      const [{ cost }] = (await client.send('GET', '/runs')).json.runs
      expect(cost).toEqual({ input_tokens: n === 0 ? 5 : null, output_tokens: n + 1 })
      expect(cost).toEqual(describeRun(foldOf(lines), { live: true }).summary.cost)
    }
  })

  it('gives facts that are those of the finished run, whatever they rest on', async () => {
    const facts: (readonly Fact[])[] = []
    const inner = await openStore('sqlite::memory:')
    const store: Store = {
      ...inner,
      appendJournal: (tenant, append) => {
        facts.push(append.replaceFacts ?? append.addFacts)
        return inner.appendJournal(tenant, append)
      },
      insertRuns: (tenant, runs, options) => {
        facts.push(...runs.map((run) => run.facts))
        return inner.insertRuns(tenant, runs, options)
      },
    }
    const client = await startClient({ store })
    const { writer, started } = begin()
    const approval = writer.append('approval', at, { approval_id: 'ap', event: 'approved', at })
    const ended = writer.append('step.ended', at, { ...step, approval: { state: 'approved' } })
    for (const request of [started, approval, ended.slice(0, 1), ended.slice(1)])
      expect((await client.send('POST', path, bodyOf(request))).status).toBe(200)
    const { id: _, ...record } = foldOf([...started, ...approval, ...ended])
    await client.send('POST', '/runs', { ...record, id: 'posted' })
    // Of a run that goes on nobody says that it has no error.
    const posted = (facts.pop() as readonly Fact[]).filter(({ kind }) => kind !== 'has_error')
    const live = [...new Set(facts.flat().map((fact) => JSON.stringify(fact)))].sort()
    expect(live).toEqual([...new Set(posted.map((fact) => JSON.stringify(fact)))].sort())
    expect(live).toContain('{"kind":"approval","value":"approved"}')
  })
})
