import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { checkJournal, type JournalCheck } from '../../src/journal/check.ts'
import { foldJournal } from '../../src/journal/fold.ts'
import { createJournalWriter } from '../../src/journal/index.ts'
import { readJournal } from '../../src/journal/read.ts'
import { signedBytes } from '../../src/seal/index.ts'
import { encodeBase64 } from '../../src/sign/index.ts'
import {
  at,
  bytesOf,
  type Example,
  example,
  hidden,
  rechained,
  recorder,
  seal,
  sealExample,
  start,
  step,
  stranger,
} from './example.ts'

const check = (lines: readonly string[], run?: AgentRun): JournalCheck => checkJournal(readJournal(bytesOf(lines)), run)
const failureOf = (lines: readonly string[], run?: AgentRun) => {
  const { result, code, path } = check(lines, run)
  return { result, code, path }
}
const fails = (code: string, path: string) => ({ result: 'fail', code, path })
const replaced = (lines: readonly string[], index: number, line: string): string[] => lines.with(index, line)
const indexOf = (lines: readonly string[], type: string, from = 0): number =>
  lines.findIndex((line, i) => i >= from && line.includes(`"type":"${type}"`))

describe('a journal by itself', () => {
  it('passes up to its last signed head', async () => {
    const { lines } = await example()
    expect(check(lines)).toEqual({ result: 'pass', compared: 9 + 2 + 3 + 1, checkpoint: 6, sealed: false })
  })

  it('passes without heads, and is checkpointed nowhere', () => {
    const writer = createJournalWriter()
    expect(check(writer.append('run.started', at(0), start))).toEqual({ result: 'pass', compared: 2, sealed: false })
  })

  it('does not count an open step at a head', async () => {
    const { lines } = await example()
    const opened = indexOf(lines, 'head', indexOf(lines, 'head') + 1)
    expect(lines.slice(0, opened).filter((line) => line.includes('"type":"step.started"'))).toHaveLength(2)
    expect(JSON.parse(lines[opened]!).data.steps_count).toBe(2)
    const counted = await Promise.all(
      lines.slice(0, opened + 1).map(async (text, index) => {
        if (index !== opened) return text
        const line = JSON.parse(text)
        const { signature: _, ...head } = line.data
        const forged = { ...head, steps_count: 3 }
        const signature = encodeBase64(await recorder.sign(signedBytes('head', forged)))
        return JSON.stringify({ ...line, data: { ...forged, signature } })
      }),
    )
    expect(failureOf(counted)).toEqual(fails('journal.head_mismatch', `/${opened}/data/steps_count`))
  })

  it.each([
    ['journal.line', '', 'nothing at all', '{'],
    ['journal.line', '', 'an empty line', ''],
    ['journal.line', '', 'neither sort of line', '{"seq":1}'],
    ['journal.line', '', 'a name twice', '{"private":"x","private":"y"}'],
  ])('refuses a line that is none: %s%s, %s', async (code, path, _, text) => {
    const { lines } = await example()
    expect(failureOf(replaced(lines, 2, text))).toEqual(fails(code, `/2${path}`))
  })

  it('takes a torn last line for no fault', async () => {
    const { lines } = await example()
    const torn = new Uint8Array([...bytesOf(lines), ...new TextEncoder().encode('{"seq":9,"prev"')])
    const journal = readJournal(torn)
    expect(journal.torn).toBe(15)
    expect(checkJournal(journal)).toMatchObject({ result: 'pass', checkpoint: 6 })
  })

  it('refuses bytes that hold no line', () => {
    expect(checkJournal(readJournal(new Uint8Array()))).toMatchObject(fails('journal.start', ''))
    expect(checkJournal(readJournal('{"seq":0'))).toMatchObject(fails('journal.start', ''))
  })

  it('finds a line that is missing, doubled or elsewhere', async () => {
    const { lines } = await example()
    expect(failureOf(lines.toSpliced(2, 1))).toEqual(fails('journal.seq', '/2/seq'))
    expect(failureOf(lines.toSpliced(3, 0, lines[2]!))).toEqual(fails('journal.seq', '/3/seq'))
    expect(failureOf([...lines.slice(0, 2), lines[3]!, lines[2]!, ...lines.slice(4)]).code).toBe('journal.seq')
    expect(failureOf(lines.slice(2))).toEqual(fails('journal.seq', '/0/seq'))
  })

  it('finds a line that was changed', async () => {
    const { lines } = await example()
    const changed = replaced(lines, 3, lines[3]!.replace('"requested"', '"approved"'))
    expect(failureOf(changed)).toEqual(fails('journal.chain', '/4/prev'))
  })

  it('finds a changed line whose chain was made right again, by the signed head', async () => {
    const { lines } = await example()
    const changed = rechained(lines, (line) =>
      line.type === 'approval' ? { ...line, data: { ...(line.data as object), event: 'approved' } } : line,
    )
    expect(failureOf(changed)).toEqual(fails('journal.head_mismatch', `/${indexOf(changed, 'head')}/data/head`))
  })

  it('finds a step that was taken out of the tree', async () => {
    const { lines } = await example()
    const dropped = rechained(lines, (line) =>
      line.type === 'step.ended' || line.type === 'head' ? (line.type === 'head' ? line : undefined) : line,
    )
    expect(failureOf(dropped).code).toBe('journal.head_mismatch')
  })

  it('begins with run.started, once', async () => {
    const { lines } = await example()
    const other = rechained(lines, (line, i) => (i === 0 ? { ...line, type: 'run.begun' } : line))
    expect(failureOf(other)).toEqual(fails('journal.start', '/0/type'))
    const again = rechained([...lines, lines[0]!], (line) => line)
    expect(failureOf(again)).toEqual(fails('journal.start', `/${lines.length}/type`))
  })

  it.each([
    ['/data/id', { id: undefined }],
    ['/data/spec_version', { spec_version: undefined }],
    ['/data/agent_id', { agent_id: undefined }],
    ['/data/started_at', { started_at: undefined }],
    ['/data/provenance', { provenance: undefined }],
    ['/data/provenance/nonce', { provenance: {} }],
    ['/data/steps', { steps: [] }],
    ['/data/approvals', { approvals: [] }],
    ['/data/provenance/record_hash', { provenance: { ...start.provenance, record_hash: `sha256:${'0'.repeat(64)}` } }],
    ['/data/provenance/signed_by', { provenance: { ...start.provenance, signed_by: 'did:key:z6Mk' } }],
    ['/data/provenance/signed_by', { provenance: { ...start.provenance, signed_by: null } }],
    ['/data', { status: 'done' }],
  ])('says what run.started lacks or has too much: %s', (path, members) => {
    const data = JSON.parse(JSON.stringify({ ...start, ...members }))
    const line = JSON.stringify({ seq: 0, prev: `sha256:${'0'.repeat(64)}`, at: at(0), type: 'run.started', data })
    expect(failureOf([line])).toEqual(fails('journal.start', `/0${path}`))
  })

  it('takes heads of the key of run.started only', async () => {
    const { lines } = await example()
    const index = indexOf(lines, 'head')
    const line = JSON.parse(lines[index]!)
    const { signature: _, ...head } = { ...line.data, signed_by: stranger.did }
    const signature = encodeBase64(await stranger.sign(signedBytes('head', head)))
    const resigned = JSON.stringify({ ...line, data: { ...head, signature } })
    expect(failureOf([...lines.slice(0, index), resigned])).toEqual(
      fails('journal.head_key', `/${index}/data/signed_by`),
    )
  })

  it('takes no head in a journal without a key', async () => {
    const { lines } = await example()
    const keyless = rechained(lines.slice(0, indexOf(lines, 'head') + 1), (line, i) =>
      i === 0 ? { ...line, data: { ...(line.data as object), provenance: { nonce: start.provenance.nonce } } } : line,
    )
    expect(failureOf(keyless).code).toBe('journal.head_key')
  })

  it('finds a head whose signature is not right, or of another kind', async () => {
    const { lines } = await example()
    const index = indexOf(lines, 'head')
    const line = JSON.parse(lines[index]!)
    const { signature: _, ...head } = line.data
    const asRun = encodeBase64(await recorder.sign(signedBytes('statement', head)))
    for (const data of [
      { ...line.data, at: at(30) },
      { ...head, signature: asRun },
    ])
      expect(failureOf([...lines.slice(0, index), JSON.stringify({ ...line, data })])).toEqual(
        fails('journal.head_signature', `/${index}/data/signature`),
      )
    const stripped = JSON.stringify({ ...line, data: head })
    expect(failureOf([...lines.slice(0, index), stripped])).toEqual(fails('journal.line', `/${index}`))
  })

  it('finds a head of another journal of the same key', async () => {
    const { lines } = await example()
    const other = createJournalWriter({ signer: recorder })
    const foreign = [...other.append('run.started', at(0), { ...start, id: 'run_2' }), ...(await other.signHead(at(1)))]
    const index = indexOf(lines, 'head')
    const head = { ...JSON.parse(lines[index]!), data: JSON.parse(foreign[1]!).data }
    expect(failureOf([...lines.slice(0, index), JSON.stringify(head)])).toEqual(
      fails('journal.head_mismatch', `/${index}/data/run_id`),
    )
  })

  it('finds private lines that are changed, of no object, or fuller than their hash', async () => {
    const { lines } = await example()
    const changed = { ...JSON.parse(lines[1]!), input_preview: 'Delete' }
    expect(failureOf(replaced(lines, 1, JSON.stringify(changed)))).toEqual(fails('journal.private', '/1'))
    const fuller = { ...JSON.parse(lines[1]!), status: 'failed' }
    expect(failureOf(replaced(lines, 1, JSON.stringify(fuller)))).toEqual(fails('journal.private', '/1'))
    const { private_hash, salt, name } = hidden('artifact', 'd', { id: 'a-9', name: 'other' })
    const foreign = JSON.stringify({ private: private_hash, salt, name })
    expect(failureOf([...lines, foreign])).toEqual(fails('journal.private', `/${lines.length}`))
  })

  it('lets private lines be deleted', async () => {
    const { lines } = await example()
    const erased = lines.filter((line) => !line.startsWith('{"private"'))
    expect(erased).toHaveLength(lines.length - 3)
    expect(check(erased)).toMatchObject({ result: 'pass', checkpoint: 6 })
    const { run } = foldJournal(readJournal(bytesOf(erased)))
    expect(run).not.toHaveProperty('salt')
    expect(run?.steps[0]).not.toHaveProperty('output_preview')
    expect(run?.steps[0]).toHaveProperty('private_hash')
  })

  it('keeps private members out of the chain', async () => {
    const data = hidden('step', 'b', step('s-9', 5, { output_preview: 'secret' }))
    const { writer, lines } = await example()
    const line = { seq: writer.seq, prev: writer.head, at: at(9), type: 'step.ended', data }
    expect(failureOf([...lines, JSON.stringify(line)])).toEqual(fails('journal.line', `/${lines.length}`))
  })

  it('does not let run.updated change what a run is', async () => {
    for (const data of [
      { id: 'run_2' },
      { agent_id: 'other' },
      { started_at: at(1) },
      { steps: [] },
      { provenance: { nonce: '0'.repeat(32) } },
      { provenance: { signed_by: stranger.did } },
      { status: null },
      { cost: null },
      { status: 'done' },
      { provenance: null },
    ]) {
      const { writer, lines } = await example()
      expect(() => writer.append('run.updated', at(9), data)).toThrow(TypeError)
      const line = { seq: writer.seq, prev: writer.head, at: at(9), type: 'run.updated', data }
      expect(failureOf([...lines, JSON.stringify(line)])).toEqual(fails('journal.line', `/${lines.length}`))
    }
  })

  it('chains types that it does not know', async () => {
    const { writer, lines } = await example()
    lines.push(...writer.append('acme:noted', at(9), { anything: [1, 2] }), ...(await writer.signHead(at(9))))
    expect(check(lines)).toMatchObject({ result: 'pass', checkpoint: 9 })
  })
})

describe('cutting a journal', () => {
  it('verifies after a cut behind a head, with a smaller n', async () => {
    const { lines } = await example()
    const first = indexOf(lines, 'head')
    const second = indexOf(lines, 'head', first + 1)
    expect(check(lines.slice(0, second + 1))).toMatchObject({ result: 'pass', checkpoint: 6 })
    expect(check(lines.slice(0, second))).toMatchObject({ result: 'pass', checkpoint: 3 })
    expect(check(lines.slice(0, first + 1))).toMatchObject({ result: 'pass', checkpoint: 3 })
    expect(check(lines.slice(0, first)).checkpoint).toBeUndefined()
    expect(check(lines.slice(0, first)).result).toBe('pass')
  })

  it('verifies beside the record that such a journal folds to', async () => {
    const { lines } = await example()
    for (let end = 1; end <= lines.length; end++) {
      const cut = readJournal(bytesOf(lines.slice(0, end)))
      expect(checkJournal(cut, foldJournal(cut).run).result).toBe('pass')
      expect(checkJournal(cut, foldJournal(cut, { live: true }).run).result).toBe('pass')
    }
  })

  it('does not pass for the journal of a record that was sealed later', async () => {
    const made = await example()
    const cut = made.lines.length
    const record = await sealExample(made)
    expect(check(made.lines, record)).toMatchObject({ result: 'pass', sealed: true })
    expect(check(made.lines.slice(0, cut), record)).toMatchObject({ result: 'fail', code: 'journal.fold' })
  })

  it('passes where only run.sealed was lost', async () => {
    const made = await example()
    const record = await sealExample(made)
    expect(check(made.lines.slice(0, -1), record)).toMatchObject({ result: 'pass', sealed: false })
  })

  it('names the end of the journal by journal_head', async () => {
    const made = await example()
    const record = await sealExample(made)
    const before = indexOf(made.lines, 'run.sealed') - 1
    expect(JSON.parse(made.lines[before]!).type).toBe('head')
    expect(failureOf(made.lines.slice(0, before), record)).toEqual(fails('journal.head', '/provenance/journal_head'))
  })
})

describe('a journal beside the record', () => {
  const changes: [string, string, (run: AgentRun) => unknown][] = [
    ['/status', 'another status', (run) => ({ ...run, status: 'failed' })],
    ['/cost/input_tokens', 'another cost', (run) => ({ ...run, cost: { ...run.cost, input_tokens: 3 } })],
    [
      '/steps/0/status',
      'another step',
      (run) => ({ ...run, steps: run.steps.map((s) => ({ ...s, status: 'failed' })) }),
    ],
    ['/steps/0/ended_at', 'steps in another order', (run) => ({ ...run, steps: run.steps.toReversed() })],
    ['/steps/2', 'a step less', (run) => ({ ...run, steps: run.steps.slice(0, 2) })],
    ['/steps/3', 'a step more', (run) => ({ ...run, steps: [...run.steps, step('s-9', 9)] })],
    ['/approvals', 'no approvals', ({ approvals: _, ...run }) => run],
    ['/outcome', 'no outcome', ({ outcome: _, ...run }) => run],
    ['/acme', 'an unknown member', (run) => ({ ...run, acme: 1 })],
    [
      '/provenance/nonce',
      'another nonce',
      (run) => ({ ...run, provenance: { ...run.provenance, nonce: '0'.repeat(32) } }),
    ],
    [
      '/provenance/record_hash',
      'no seal',
      (run) => ({ ...run, provenance: { ...run.provenance, record_hash: undefined } }),
    ],
    [
      '/provenance/signed_by',
      'a new seal by a stranger',
      (run) => ({ ...run, provenance: { ...run.provenance, signed_by: stranger.did } }),
    ],
  ]
  it.each(changes)('%s: %s', async (path, _, change) => {
    const made = await example()
    const record = await sealExample(made)
    const changed = JSON.parse(JSON.stringify(change(record)))
    expect(failureOf(made.lines, changed)).toEqual(fails('journal.fold', path))
  })

  it('does not compare what is private, nor the eval', async () => {
    const made = await example()
    const record = await sealExample(made)
    const { salt: _, input_preview: __, ...erased } = record
    const judged = { ...erased, eval: { pass: true, score: 100 } } as AgentRun
    expect(check(made.lines, judged).result).toBe('pass')
    const unjournaled = made.lines.filter((line) => !line.startsWith('{"private"'))
    expect(check(unjournaled, record).result).toBe('pass')
  })

  it('ends with run.sealed', async () => {
    const made: Example = await example()
    const record = await sealExample(made)
    const { seq } = JSON.parse(made.lines.at(-1)!)
    const more = JSON.stringify({ seq: seq + 1, prev: made.writer.head, at: at(20), type: 'acme:more', data: {} })
    expect(failureOf([...made.lines, more], record)).toEqual(fails('journal.after_seal', `/${made.lines.length}`))
    expect(() => made.writer.append('evidence', at(20), { kind: 'test' })).toThrow(TypeError)
  })

  it('finds a seal over something else than the lines', async () => {
    const made = await example()
    const record = await sealExample(made)
    const swapped = rechained(made.lines, (line) =>
      line.type === 'run.sealed' ? { ...line, data: { ...(line.data as object), outcome: 'failed' } } : line,
    )
    expect(failureOf(swapped)).toEqual(fails('journal.fold', '/outcome'))
    expect(failureOf(swapped, { ...record, outcome: 'failed' })).toEqual(fails('journal.fold', '/outcome'))
  })

  it('finds a step that was started, never ended and left out', async () => {
    const { writer, lines } = await example()
    lines.push(...writer.append('run.updated', at(8), { status: 'completed', ended_at: at(8) }))
    const run = foldJournal(readJournal(bytesOf(lines))).run!
    expect(run.steps.map(({ id, status }) => [id, status])).toEqual([
      ['s-1', 'succeeded'],
      ['s-3', 'succeeded'],
      ['s-2', 'unknown'],
    ])
    const hushed = await seal({ ...run, steps: run.steps.slice(0, 2) }, writer)
    lines.push(...writer.seal(at(9), hushed))
    expect(failureOf(lines, hushed)).toEqual(fails('journal.fold', '/steps/2'))
  })

  it('finds a step that ends twice', async () => {
    const { writer, lines } = await example()
    lines.push(...writer.append('step.ended', at(9), step('s-1', 8, { status: 'failed' })))
    expect(failureOf(lines)).toEqual(fails('journal.fold', '/steps/2'))
  })
})
