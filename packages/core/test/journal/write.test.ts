import { describe, expect, it } from 'vitest'
import {
  checkJournal,
  compareJournals,
  createJournalWriter,
  foldJournal,
  ORIGIN,
  readJournal,
} from '../../src/journal/index.ts'
import { signObject } from '../../src/seal/index.ts'
import { createSigner, type Signer } from '../../src/sign/index.ts'
import { at, bytesOf, example, hidden, recorder, sealExample, start, step, stranger } from './example.ts'

describe('createJournalWriter', () => {
  it('begins with run.started', () => {
    const writer = createJournalWriter()
    expect(writer).toMatchObject({ seq: 0, head: ORIGIN })
    expect(() => writer.append('step.ended', at(1), step('s-1', 1))).toThrow(TypeError)
    expect(writer.append('run.started', at(0), start)).toHaveLength(1)
    expect(() => writer.append('run.started', at(0), start)).toThrow(TypeError)
    expect(writer.seq).toBe(1)
  })

  it('puts private members apart, those of side effects too', () => {
    const writer = createJournalWriter()
    writer.append('run.started', at(0), start)
    const effect = hidden('side_effect', 'e', { kind: 'write', target: 'a.ts' })
    const [chained, ...privates] = writer.append(
      'step.ended',
      at(1),
      hidden('step', 'b', step('s-1', 1, { output_preview: 'hello', side_effects: [effect] })),
    )
    expect(chained).not.toMatch(/hello|a\.ts|salt/)
    expect(privates.map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ['private', 'salt', 'output_preview'],
      ['private', 'salt', 'target'],
    ])
  })

  it('writes nothing that could not be read, and stays as it was', async () => {
    const { writer } = await example()
    const { seq, head, steps } = writer
    const deep = JSON.parse(`${'[{"a":'.repeat(70)}1${'}]'.repeat(70)}`)
    for (const [type, data] of [
      ['step.ended', { id: 's-9' }],
      ['step.ended', step('s-9', 1, { metadata: { text: '\ud800' } })],
      ['step.ended', step('s-9', 1, { metadata: { number: 2 ** 53 } })],
      ['step.ended', step('s-9', 1, { metadata: deep })],
      ['step.ended', { ...hidden('step', 'b', step('s-9', 1, { output_preview: 'x' })), output_preview: 'y' }],
      ['run.updated', { id: 'other' }],
      ['head', {}],
      ['run.resumed', {}],
      ['run.sealed', {}],
      ['No Such', {}],
    ] as const)
      expect(() => writer.append(type, at(9), data)).toThrow(TypeError)
    expect(() => writer.append('step.ended', 'yesterday', step('s-9', 1))).toThrow(TypeError)
    expect(writer).toMatchObject({ seq, head, steps })
  })

  it('signs heads with the key of run.started only', async () => {
    for (const signer of [undefined, stranger]) {
      const writer = createJournalWriter(signer ? { signer } : {})
      await expect(writer.signHead(at(0))).rejects.toThrow(TypeError)
      writer.append('run.started', at(0), start)
      await expect(writer.signHead(at(0))).rejects.toThrow(TypeError)
    }
  })

  it('adds nothing while a head is being signed, and goes on if signing fails', async () => {
    let settle: (outcome: 'sign' | 'fail') => void = () => {}
    const remote: Signer = {
      did: recorder.did,
      sign: (message) =>
        new Promise((resolve, reject) => {
          settle = (outcome) =>
            outcome === 'sign' ? resolve(recorder.sign(message)) : reject(new Error('no connection'))
        }),
    }
    const writer = createJournalWriter({ signer: remote })
    const lines = writer.append('run.started', at(0), start)
    const failed = writer.signHead(at(1))
    expect(() => writer.append('step.ended', at(1), step('s-1', 1))).toThrow('a head is being signed')
    await expect(writer.signHead(at(1))).rejects.toThrow('a head is being signed')
    settle('fail')
    await expect(failed).rejects.toThrow('no connection')
    lines.push(...writer.append('step.ended', at(1), step('s-1', 1)))
    const head = writer.signHead(at(2))
    settle('sign')
    lines.push(...(await head))
    expect(checkJournal(readJournal(bytesOf(lines)))).toMatchObject({ result: 'pass', checkpoint: 1 })
  })

  it('takes a head that its caller signed, as long as it tells of the last line', async () => {
    const writer = createJournalWriter({ signer: recorder })
    expect(() => writer.headToSign(at(0))).toThrow(TypeError)
    const lines = writer.append('run.started', at(0), start)
    const stale = await signObject('head', writer.headToSign(at(1)), recorder)
    lines.push(...writer.append('step.ended', at(1), step('s-1', 1)))
    expect(() => writer.addHead(stale)).toThrow('lines came in between')
    lines.push(...writer.addHead(await signObject('head', writer.headToSign(at(2)), recorder)))
    expect(checkJournal(readJournal(bytesOf(lines)))).toMatchObject({ result: 'pass', checkpoint: 1 })
  })
})

describe('going on with a journal', () => {
  it('says where it goes on and what was cut off', async () => {
    const { lines } = await example()
    const torn = new Uint8Array([...bytesOf(lines), ...new TextEncoder().encode('{"seq":9,')])
    const journal = readJournal(torn)
    expect(journal.sound).toEqual({ octets: torn.length - 9, lines: 9, steps: 2 })
    const writer = createJournalWriter({ signer: recorder, journal })
    const more = [...writer.resume(at(60))]
    expect(JSON.parse(more[0]!).data.discarded).toEqual({ octets: 9 })
    more.push(...writer.append('step.ended', at(61), step('s-2', 60)), ...(await writer.signHead(at(62))))
    const whole = readJournal(bytesOf([...lines, ...more]))
    expect(checkJournal(whole)).toMatchObject({ result: 'pass', checkpoint: 10 })
    expect(foldJournal(whole, { live: true }).run).toMatchObject({ status: 'running' })
    const again = createJournalWriter({ signer: recorder, journal: whole })
    expect(again).toMatchObject({ seq: writer.seq, head: writer.head, steps: writer.steps })
  })

  it('goes on before the first line that cannot be trusted', async () => {
    const { lines } = await example()
    const bytes = bytesOf(lines.with(6, '\0\0\0'))
    const journal = readJournal(bytes)
    expect(journal.sound).toMatchObject({ octets: bytesOf(lines.slice(0, 6)).length, lines: 4 })
    const writer = createJournalWriter({ signer: recorder, journal })
    const whole = readJournal(bytesOf([...lines.slice(0, 6), ...writer.resume(at(60))]))
    expect(checkJournal(whole)).toMatchObject({ result: 'pass' })
    expect(whole.lines.at(-1)?.data.discarded).toEqual({ octets: bytes.length - journal.sound.octets })
  })

  it('does not go on with what has no beginning, or is sealed', async () => {
    expect(() => createJournalWriter({ journal: readJournal('') })).toThrow(TypeError)
    const made = await example()
    await sealExample(made)
    expect(() => createJournalWriter({ journal: readJournal(bytesOf(made.lines)) })).toThrow(TypeError)
    expect(() => createJournalWriter().resume(at(1))).toThrow(TypeError)
  })

  it.each([
    ['/data/seq', { seq: 4 }],
    ['/data/head', { head: ORIGIN }],
    ['/data/discarded', { discarded: undefined }],
    ['/data/discarded', { discarded: { octets: -1 } }],
  ])('finds a run.resumed that does not say it: %s', async (path, change) => {
    const { writer, lines } = await example()
    const data = { seq: writer.seq - 1, head: writer.head, discarded: { octets: 0 }, ...change }
    const line = { seq: writer.seq, prev: writer.head, at: at(9), type: 'run.resumed', data }
    expect(checkJournal(readJournal(bytesOf([...lines, JSON.stringify(line)])))).toMatchObject({
      result: 'fail',
      code: 'journal.discarded',
      path: `/${lines.length}${path}`,
    })
  })
})

describe('compareJournals', () => {
  it('tells a fork from a continuation', async () => {
    const { lines } = await example()
    const read = (texts: readonly string[]) => readJournal(bytesOf(texts))
    const left = createJournalWriter({ journal: read(lines) })
    const right = createJournalWriter({ journal: read(lines) })
    const arms = [left, right].map((writer, i) =>
      read([...lines, ...writer.append('step.ended', at(9), step(`arm-${i}`, 9))]),
    )
    for (const arm of arms) expect(checkJournal(arm).result).toBe('pass')
    expect(compareJournals(arms[0]!, arms[1]!)).toEqual({ relation: 'fork', shared: 9 })
    expect(compareJournals(read(lines), arms[0]!)).toEqual({ relation: 'shorter', shared: 9 })
    expect(compareJournals(arms[0]!, read(lines))).toEqual({ relation: 'longer', shared: 9 })
    expect(compareJournals(arms[0]!, arms[0]!)).toEqual({ relation: 'same', shared: 10 })
    const other = createJournalWriter({ signer: createSigner(new Uint8Array(32).fill(1)) })
    expect(compareJournals(arms[0]!, read(other.append('run.started', at(1), start)))).toEqual({
      relation: 'other',
      shared: 0,
    })
  })

  it('takes a run that is nested 127 levels deep, and says that it takes no deeper one', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    const begin = (levels: number) =>
      createJournalWriter().append('run.started', at(0), { ...start, x: nested(levels - 1) })
    expect(begin(127)).toHaveLength(1)
    expect(() => begin(128)).toThrow(
      'nesting deeper than 128, expected at most 128 levels, the line around it included',
    )
  })
})
