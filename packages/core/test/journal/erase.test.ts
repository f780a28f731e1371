import { describe, expect, it } from 'vitest'
import { checkJournal, createJournalWriter, eraseJournal, foldJournal, readJournal } from '../../src/journal/index.ts'
import { at, bytesOf, example, hidden, linesOf, sealExample, start, step } from './example.ts'

describe('eraseJournal', () => {
  it('takes the private members of some objects away, and no chain breaks', async () => {
    const made = await example()
    const record = await sealExample(made)
    const bytes = bytesOf(made.lines)
    const { private_hash } = record.steps[0]!
    const erased = eraseJournal(bytes, [private_hash!, `sha256:${'0'.repeat(64)}`])
    expect(erased.private_hashes).toEqual([private_hash])
    expect(linesOf(erased.bytes)).toEqual(made.lines.filter((line) => !line.includes('"output_preview":"done"')))
    const journal = readJournal(erased.bytes)
    expect(checkJournal(journal, record)).toMatchObject({ result: 'pass', checkpoint: 10 })
    expect(foldJournal(journal).run?.steps[0]).not.toHaveProperty('output_preview')
    expect(foldJournal(journal).run).toHaveProperty('input_preview', 'Publish')
    // Erasing again takes nothing more.
    expect(eraseJournal(erased.bytes, [private_hash!])).toEqual({ bytes: erased.bytes, private_hashes: [] })
  })

  it('takes what the run had under former hashes, and what a step had when it started', () => {
    const writer = createJournalWriter()
    const old = hidden('run', 'a', { ...start, intent: 'old intent' })
    const lines = writer.append('run.started', at(0), old)
    const declared = hidden('side_effect', 'b', { kind: 'write', target: 'declared target' })
    const begun = hidden('step', 'c', { ...step('s-1', 1), input_preview: 'as begun', side_effects: [declared] })
    lines.push(...writer.append('step.started', at(1), begun))
    const effect = hidden('side_effect', 'd', { kind: 'write', target: 'final target' })
    const done = hidden('step', 'e', { ...step('s-1', 1), input_preview: 'as ended', side_effects: [effect] })
    lines.push(...writer.append('step.ended', at(2), done))
    const newer = hidden('run', 'f', { intent: 'new intent' })
    lines.push(...writer.append('run.updated', at(3), newer))
    const left = (hash: string): string[] =>
      linesOf(eraseJournal(bytesOf(lines), [hash]).bytes)
        .join()
        .match(/(?:old|new) intent|as (?:begun|ended)|(?:declared|final) target/g)!
    expect(left(newer.private_hash)).toEqual(['as begun', 'declared target', 'as ended', 'final target'])
    expect(left(done.private_hash)).toEqual(['old intent', 'declared target', 'final target', 'new intent'])
    expect(left(effect.private_hash)).toEqual(['old intent', 'as begun', 'as ended', 'new intent'])
  })

  it('does not keep a torn line, and does not touch a journal with a fault', async () => {
    const { lines } = await example()
    const torn = new Uint8Array([...bytesOf(lines), ...new TextEncoder().encode('{"private":"sha2')])
    expect(eraseJournal(torn, []).bytes).toEqual(bytesOf(lines))
    expect(() => eraseJournal(bytesOf(lines.toSpliced(2, 1)), [])).toThrow(TypeError)
  })
})
