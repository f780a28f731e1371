import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSignature, readBundle, sealBatch, sealRun, sortOfLine, writeBundle } from '../../src/seal/index.ts'
import { AT, person, protectedRun, runtime, sealedRun, signAnyway } from './records.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const rich = async () => {
  const first = await sealedRun()
  const second = await sealRun({ ...protectedRun(), id: 'run_2' }, { at: AT, signedBy: runtime.did })
  const { statement, proofs } = await sealBatch([second], runtime, AT)
  const about = first.provenance.record_hash!
  const countersignature = await signAnyway('statement', { kind: 'countersignature', about, at: AT, body: {} }, person)
  const verdict = await signAnyway('eval', { pass: true, score: 88, record_hash: about, at: AT }, person)
  return { records: [first, second], statements: [countersignature, statement], evals: [verdict], proofs: [...proofs] }
}

describe('a bundle', () => {
  it('is read as it was written', async () => {
    const content = await rich()
    const text = writeBundle(content)
    const { findings, recordLines, ...read } = readBundle(utf8(text))
    expect(findings).toEqual([])
    expect(read).toEqual({ ...content, statements: [content.statements[1], content.statements[0]] })
    expect(checkSignature('run', read.records[0]!)).toBe('pass')
    const written = text.split('\n').filter((line) => sortOfLine(JSON.parse(line || '0')) === 'record')
    expect(recordLines.map((line) => new TextDecoder().decode(line))).toEqual(written)
  })

  it('has what names no record first, and after each record what names it', async () => {
    const lines = writeBundle(await rich()).split('\n')
    expect(lines.pop()).toBe('')
    const sorts = lines.map((line) => sortOfLine(JSON.parse(line)))
    expect(sorts).toEqual(['statement', 'record', 'statement', 'eval', 'record', 'proof'])
  })

  it('tells each broken line by its number, and hides no other', async () => {
    const [record, statement] = writeBundle({ ...(await rich()), proofs: [], evals: [] })
      .split('\n')
      .reverse()
      .slice(1)
    const lines = [
      record!,
      '{"steps":[],"steps":[]}',
      '{"kind":"link","about":"x"}',
      '[1]',
      '',
      '{"id":1}',
      '{"index":0,"path":[],"statement":"x","record_hash":"y"}',
      '{"pass":true,"score":101}',
      '{"steps":',
      statement!,
    ]
    const { findings, ...read } = readBundle(utf8(`${lines.join('\r\n')}\r\n`))
    expect(findings.map(({ code, position }) => [position?.line, code])).toEqual([
      [2, 'json.duplicate_name'],
      [3, 'schema.required'],
      [4, 'bundle.line'],
      [6, 'bundle.line'],
      [7, 'schema.pattern'],
      [8, 'schema.maximum'],
      [9, 'json.syntax'],
    ])
    expect(read.records).toHaveLength(1)
    expect(read.statements.length + read.records.length + read.evals.length + read.proofs.length).toBeGreaterThan(1)
    const duplicate = findings[0]!.position!
    expect(`${lines.join('\r\n')}`.slice(duplicate.offset).startsWith('"steps":[]}')).toBe(true)
  })

  it('names the line of bytes that are not UTF-8', () => {
    const { findings } = readBundle(Uint8Array.of(0x0a, 0x22, 0xff, 0x22, 0x0a))
    expect(findings.map(({ code, position }) => [position?.line, code])).toEqual([[2, 'json.utf8']])
  })

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue().map((value) => JSON.stringify(value)),
            fc.string(),
          ),
        ),
        (lines) => {
          const { findings, records } = readBundle(utf8(lines.join('\n')))
          for (const { position } of findings) expect(position!.line).toBeGreaterThan(0)
          expect(records.length).toBeLessThanOrEqual(lines.length)
        },
      ),
    )
  })

  it('keeps a record whose schema is broken: the verifier says so', () => {
    expect(readBundle(utf8('{"steps":7}')).records).toEqual([{ steps: 7 }])
  })
})
