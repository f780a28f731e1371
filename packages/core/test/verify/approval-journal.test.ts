import type { AgentRun, Step } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { createJournalWriter, foldJournal, readJournal } from '../../src/journal/index.ts'
import { sealRun } from '../../src/seal/index.ts'
import type { Signer } from '../../src/sign/index.ts'
import { AT, richRun, runtime, stranger } from '../seal/records.ts'
import { check, good } from './approval-scene.ts'

describe('a journal beside the record', () => {
  /** A record and its journal: q request, d decision, u one that nobody signed, b and e begin and end of the step, h a head. */
  const kept = async (
    order: string,
    { ran, isNamed = true, signer = runtime }: { ran?: Partial<Step>; isNamed?: boolean; signer?: Signer | null } = {},
  ): Promise<{ run: AgentRun; journal: string }> => {
    const { steps, approvals } = await good({ ran: { ...ran } })
    const { signature: _, signed_by: __, ...unsigned } = approvals[1]!
    const data: Record<string, [string, object]> = {
      q: ['approval', approvals[0]!],
      d: ['approval', approvals[1]!],
      u: ['approval', unsigned],
      b: ['step.started', { id: 's-1', type: 'tool_call', started_at: AT }],
      e: ['step.ended', steps[0]!],
    }
    const { id, agent_id, started_at, cost, provenance } = richRun(0)
    const writer = createJournalWriter(signer === null ? {} : { signer })
    const key = signer === null ? {} : { signed_by: signer.did }
    const start = { id, agent_id, started_at, spec_version: '1.0', provenance: { nonce: provenance.nonce, ...key } }
    const lines = [...writer.append('run.started', AT, start)]
    for (const letter of order)
      lines.push(
        ...(letter === 'h'
          ? await writer.signHead(AT)
          : writer.append(data[letter]![0] as 'approval', AT, data[letter]![1])),
      )
    lines.push(...writer.append('run.updated', AT, { status: 'completed', ended_at: AT, cost }))
    const text = (): string => lines.map((line) => `${line}\n`).join('')
    const { run: folded } = foldJournal(readJournal(text()))
    const run = await sealRun(folded, {
      signer: runtime,
      at: AT,
      ...(isNamed ? { journalHead: writer.head! } : {}),
    })
    if (isNamed) lines.push(...writer.seal(AT, run))
    return { run, journal: text() }
  }

  const late = { result: 'fail', code: 'approvals.order', path: '/steps/0/started_at' }
  const early = { started_at: '2026-11-20T14:08:09Z' }

  it('says the order of its lines, where the record names it', async () => {
    const after = await kept('qbed')
    expect(check(after.run, { journal: after.journal })).toMatchObject(late)
    const before = await kept('qdbe', { ran: early })
    expect(check(before.run, { journal: before.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/journal$/),
    })
  })

  it('leaves it to the times where its lines leave it open, and says so', async () => {
    const open = await kept('qbde')
    expect(check(open.run, { journal: open.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/own times$/),
    })
    const skewed = await kept('qbde', { ran: early })
    expect(check(skewed.run, { journal: skewed.journal })).toMatchObject(late)
  })

  it("is asked about the person's decision, not about one that nobody signed", async () => {
    const both = await kept('qubed')
    expect(check(both.run, { journal: both.journal })).toMatchObject(late)
  })

  it('says nothing where nobody answers for it', async () => {
    const skewed = await kept('qdbe', { ran: early, isNamed: false, signer: null })
    expect(check(skewed.run, { journal: skewed.journal })).toMatchObject(late)
    const turned = await kept('qbed', { isNamed: false, signer: null })
    expect(check(turned.run, { journal: turned.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/own times$/),
    })
    const strangers = await kept('qdbeh', { ran: early, isNamed: false, signer: stranger })
    expect(check(strangers.run, { journal: strangers.journal })).toMatchObject(late)
  })

  it("says it as far as a head by the signer's key goes", async () => {
    const behind = await kept('qdbeh', { ran: early, isNamed: false })
    expect(check(behind.run, { journal: behind.journal })).toMatchObject({ result: 'pass' })
    const ahead = await kept('hqdbe', { ran: early, isNamed: false })
    expect(check(ahead.run, { journal: ahead.journal })).toMatchObject(late)
  })

  it('says it of a step of which nobody knows when it started', async () => {
    const timeless = await kept('qdbe', { ran: { started_at: null } })
    expect(check(timeless.run, { journal: timeless.journal })).toMatchObject({ result: 'pass' })
    expect(check(timeless.run)).toMatchObject({ result: 'unknown', code: 'approvals.time_unknown' })
  })
})
