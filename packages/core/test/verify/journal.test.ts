import type { AgentRun, Verdict } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { createJournalWriter, foldJournal, readJournal } from '../../src/journal/index.ts'
import { sealRun } from '../../src/seal/index.ts'
import { verify } from '../../src/verify/verify.ts'
import { at, bytesOf, type Example, example, recorder, seal, sealExample, start, stranger } from '../journal/example.ts'

const now = '2026-11-21T00:00:00Z'
const journalOf = ({ checks }: Verdict) => checks.find(({ check }) => check === 'journal')!
const resultsOf = ({ checks }: Verdict) => Object.fromEntries(checks.map(({ check, result }) => [check, result]))

const sealedExample = async (): Promise<Example & { readonly record: AgentRun }> => {
  const made = await example()
  return { ...made, record: await sealExample(made) }
}

/** A journal without a key, and the run it tells of. */
const unsigned = (members: object): { readonly journal: string; readonly run: AgentRun } => {
  const writer = createJournalWriter()
  const { signed_by: _, ...provenance } = start.provenance
  const lines = [
    ...writer.append('run.started', at(0), { ...start, provenance }),
    ...writer.append('run.updated', at(1), { status: 'completed', ended_at: at(1), ...members }),
  ]
  const journal = lines.map((line) => `${line}\n`).join('')
  return { journal, run: foldJournal(readJournal(journal)).run! }
}

describe('the check journal', () => {
  it('passes with chain, heads and fold, given as bytes, text or read', async () => {
    const { lines, record } = await sealedExample()
    const bytes = bytesOf(lines)
    for (const journal of [bytes, new TextDecoder().decode(bytes), readJournal(bytes)]) {
      const verdict = verify(record, { journal, now })
      expect(journalOf(verdict)).toMatchObject({ result: 'pass', compared: 13 + 3 + 3 + 1 })
      expect(verdict.completeness).toEqual({ state: 'sealed' })
      expect(resultsOf(verdict)).toMatchObject({ semantics: 'pass', steps: 'pass', record: 'pass', signature: 'pass' })
    }
  })

  it('is absent without a journal, and unknown where the record was sealed with one', async () => {
    const { record } = await sealedExample()
    expect(journalOf(verify(record, { now }))).toMatchObject({
      result: 'unknown',
      code: 'journal.not_given',
      path: '/provenance/journal_head',
    })
    const { journal_head: _, ...provenance } = record.provenance
    expect(journalOf(verify({ ...record, provenance }, { now }))).toMatchObject({ result: 'absent' })
  })

  it('says where a fold differs', async () => {
    const { lines, record } = await sealedExample()
    expect(journalOf(verify({ ...record, status: 'failed' }, { journal: bytesOf(lines), now }))).toMatchObject({
      result: 'fail',
      code: 'journal.fold',
      path: '/status',
    })
  })

  it('never quotes a payload', async () => {
    const { lines, record } = await sealedExample()
    const { private_hash: _, salt: __, ...open } = record
    const check = journalOf(verify({ ...open, input_preview: 'SECRET' }, { journal: bytesOf(lines), now }))
    expect(check).toMatchObject({ result: 'fail', code: 'journal.fold', path: '/input_preview' })
    expect(JSON.stringify(check)).not.toMatch(/SECRET|Publish/)
  })

  it.each<readonly [string, object, object, string, string]>([
    ['a number', { pin: 1 }, { pin: 4711 }, 'a private value', 'another one'],
    ['a text like a hash', { key: 'x' }, { key: 'deadbeef'.repeat(8) }, 'a private value', 'another one'],
    ['the name of a member', { a: 1 }, { a: 1, 'SECRET@example.com': 1 }, 'a private value', 'another one'],
  ])('stops at a private member, whatever differs in it: %s', (_, told, recorded, expected, found) => {
    const { journal, run } = unsigned({ metadata: { in: told } })
    const check = journalOf(verify({ ...run, metadata: { in: recorded } }, { journal, now }))
    expect(check).toMatchObject({ result: 'fail', code: 'journal.fold', path: '/metadata', expected, found })
  })

  it('says of a private member only whether it is there', () => {
    const { journal, run } = unsigned({ metadata: { in: 1 } })
    const { metadata: _, ...bare } = run
    expect(journalOf(verify(bare, { journal, now }))).toMatchObject({ expected: 'a private value', found: 'nothing' })
    expect(journalOf(verify({ ...run, input_preview: 'SECRET' }, { journal, now }))).toMatchObject({
      path: '/input_preview',
      expected: 'nothing',
      found: 'a private value',
    })
  })

  it('finds a record that a stranger sealed anew', async () => {
    const { lines, writer, record } = await sealedExample()
    const { steps_count, steps_root, journal_head, sealed_at, record_hash, signature, signed_by, ...provenance } =
      record.provenance
    const again = await seal({ ...record, provenance }, writer, stranger)
    const sealedAgain = { ...again, provenance: { ...again.provenance, journal_head: journal_head! } }
    expect(journalOf(verify(sealedAgain, { journal: bytesOf(lines), now }))).toMatchObject({
      result: 'fail',
      code: 'journal.fold',
    })
    expect([steps_count, steps_root, sealed_at, record_hash, signature, signed_by]).not.toContain(undefined)
  })
})

describe('a journal beside a sealed record', () => {
  it('is bound by a head that the key of the record signed, without journal_head', async () => {
    const { lines } = await example()
    const journal = readJournal(bytesOf(lines))
    const record = await sealRun(foldJournal(journal).run!, { at: now, signer: recorder })
    expect(record.provenance.journal_head).toBeUndefined()
    expect(journalOf(verify(record, { journal, now })).result).toBe('pass')
  })

  it('says nothing if nobody who answers for the record answers for it', async () => {
    const { journal, run } = unsigned({})
    const record = await sealRun(run, { at: now, signer: recorder })
    const verdict = verify(record, { journal, now })
    expect(journalOf(verdict)).toMatchObject({
      result: 'unknown',
      code: 'journal.unbound',
      path: '/provenance/journal_head',
    })
    expect(verdict).toMatchObject({ ok: true, completeness: { state: 'sealed' } })
    const { lines } = await example()
    const { run: folded } = foldJournal(readJournal(bytesOf(lines)))
    const nobodys = await sealRun(folded!, { at: now })
    expect(journalOf(verify(nobodys, { journal: bytesOf(lines), now }))).toMatchObject({ code: 'journal.unbound' })
  })

  it('fails where it is broken, bound or not', async () => {
    const { journal, run } = unsigned({})
    const record = await sealRun(run, { at: now, signer: recorder })
    expect(journalOf(verify(record, { journal: journal.replace('"seq":1', '"seq":7'), now }))).toMatchObject({
      result: 'fail',
      code: 'journal.seq',
    })
  })
})

describe('completeness by the journal', () => {
  it('is checkpointed at the last head, and less after a rollback to an earlier one', async () => {
    const { lines } = await example()
    const heads = lines.flatMap((line, index) => (line.includes('"type":"head"') ? [index] : []))
    const seen = heads.toReversed().map((index) => {
      const journal = readJournal(bytesOf(lines.slice(0, index + 1)))
      const { run } = foldJournal(journal)
      const verdict = verify(run, { journal, now, level: 'recorded' })
      expect(verdict.ok).toBe(true)
      return verdict.completeness
    })
    expect(seen).toEqual([
      { state: 'checkpointed', n: 6 },
      { state: 'checkpointed', n: 3 },
    ])
  })

  it('is open before the first head', async () => {
    const { lines } = await example()
    const journal = readJournal(bytesOf(lines.slice(0, 3)))
    expect(verify(foldJournal(journal).run, { journal, now }).completeness).toEqual({ state: 'open' })
  })
})
