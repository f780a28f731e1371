import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed } from '../../../server/test/seed.ts'
import type { Json } from '../../src/bytes/json.ts'
import { seal } from '../../src/bytes/seal.ts'
import { loadSchemas } from '../../src/http/schemas.ts'
import { checks, type Fault, foldJournal, judgeJournal, judgeRecord } from '../../src/record/index.ts'
import { schemaFaults } from '../../src/record/schema.ts'
import { bytesOf, data, filesOf } from './data.ts'
import { careless, finished, sealed, withProvenance } from './made.ts'
import { change, changed, type Value } from './mutation.ts'

const EXAMPLES = join(import.meta.dirname, '../../../../examples')
const example = (path: string): Uint8Array => readFileSync(join(EXAMPLES, path))
const errorsOf = (octets: Uint8Array): readonly string[] =>
  judgeRecord(octets).faults.flatMap(({ severity, check }) => (severity === 'error' ? [check] : []))

describe('good records', () => {
  for (const name of ['minimal', 'full', 'sealed', 'converted', 'quick-start-0.1']) {
    it(`${name}: nothing is found`, () => {
      expect(errorsOf(example(`records/${name}.json`))).toEqual([])
    })
  }

  it('a sealed record with its journal is accountable, its approver taken at his word', () => {
    const judged = judgeRecord(example('records/sealed.json'), { journal: example('proof/journal.jsonl') })
    expect(judged).toMatchObject({ level: 'accountable', faults: [], missing: [], omitted: 0 })
    expect([...judged.capabilities].sort()).toEqual(['approvals', 'core', 'effects', 'journal', 'privacy', 'seal'])
    for (const id of ['AR-SEAL-005', 'AR-SEAL-014', 'AR-APPR-030', 'AR-JRNL-011', 'AR-BYTES-009', 'AR-STEP-010'])
      expect([...judged.looked], id).toContain(id)
    expect([...judged.looked]).not.toContain('AR-EVAL-011')
  })

  it('with a trust file that doesn’t know the key it is sealed', () => {
    const { level, missing } = judgeRecord(example('records/sealed.json'), {
      trust: { agent_run_trust: '1.0', keys: [] },
    })
    expect(level).toBe('sealed')
    expect(missing.map(({ code }) => code)).toEqual(['level.signer', 'level.approval_claimed'])
  })

  it('a journal folds to the record that was sealed', () => {
    const octets = example('proof/journal.jsonl')
    const { faults, record, level, events, head } = judgeJournal(octets)
    expect({ faults, level }).toEqual({ faults: [], level: 'accountable' })
    expect(record).toEqual(JSON.parse(String(example('records/sealed.json'))))
    expect(events).toBeGreaterThan(5)
    expect(head).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(foldJournal(octets)).toEqual(record)
  })
})

describe('careless producers', () => {
  for (const [check, how, record] of careless) {
    it(`${check}: ${how}`, () => {
      expect(errorsOf(bytesOf(record))).toContain(check)
      expect([...judgeRecord(bytesOf(sealed)).compared]).toContain(check)
    })
  }

  it('without care taken, nothing is found', () => {
    expect(errorsOf(bytesOf(sealed))).toEqual([])
  })
})

describe('every check', () => {
  it('finds something in the data or in a record made for it', () => {
    const found = new Set<string>()
    const codes = new Set<string>()
    const note = (faults: readonly Fault[]): void => {
      for (const { check, code } of faults) {
        found.add(check)
        codes.add(code)
      }
    }
    for (const file of filesOf('cases/semantics'))
      for (const { record } of data(file).invalid) note(judgeRecord(bytesOf(record)).faults)
    for (const file of filesOf('vectors/read'))
      for (const { input_hex, input_text } of data(file))
        note(judgeRecord(Buffer.from(input_hex ?? input_text, input_hex === undefined ? 'utf8' : 'hex')).faults)
    for (const folder of 'schema digest tree chain signature approval lineage privacy'.split(' ')) {
      for (const file of filesOf(`vectors/verify/${folder}`)) {
        const { input, options } = data(file)
        const given = { related: input.related ?? [], now: options.now, ...(input.trust ? { trust: input.trust } : {}) }
        const statements = [...(input.statements ?? []), ...(input.evals ?? []), ...(input.proofs ?? [])]
        const journal = input.journal_text === undefined ? {} : { journal: Buffer.from(input.journal_text) }
        const octets = Buffer.from(input.record_text ?? JSON.stringify(input.record))
        note(judgeRecord(octets, { ...given, ...journal, statements }).faults)
      }
    }
    for (const [, , record] of careless) note(judgeRecord(bytesOf(record)).faults)
    expect(checks.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([])
    const page = String(readFileSync(join(import.meta.dirname, '../../../../spec/errors.md')))
    expect([...codes].filter((code) => !page.includes(`<a id="${code}"></a>`))).toEqual([])
  })
})

describe('whatever a subject writes', () => {
  it('a sealed record that was changed anywhere is found out', () => {
    fc.assert(
      fc.property(change, (each) => {
        const other = changed(sealed as Value, each)
        fc.pre(JSON.stringify(sortNames(other)) !== JSON.stringify(sortNames(sealed as Value)))
        expect(errorsOf(bytesOf(other))).not.toEqual([])
      }),
      { seed },
    )
  })

  it('bytes never make it throw', () => {
    const near = fc.tuple(fc.nat(4000), fc.uint8Array({ maxLength: 4 })).map(([at, octets]) => {
      const text = Buffer.from(JSON.stringify(sealed))
      text.set(octets, Math.min(at, text.length - octets.length))
      return text
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), near), (octets) => {
        expect(judgeRecord(octets).faults.length).toBeLessThan(200)
        expect(judgeRecord(bytesOf(sealed), { journal: octets }).level).toBe('recorded')
        expect(judgeJournal(octets).events).toBe(0)
        expect(foldJournal(octets)).toBeUndefined()
      }),
      { seed },
    )
  })

  it('JSON values never make it throw, and it agrees with ajv on their form', () => {
    const ajv = loadSchemas()
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), fc.jsonValue(), (changes, value) => {
        const record = changes.reduce(changed, finished as Value) as Json
        expect(ajv.faults('agent-run.json', record).length === 0).toBe(
          schemaFaults(record, 'agent-run.json').next().done,
        )
        expect(judgeRecord(bytesOf(record)).level).toMatch(/^(none|recorded)$/)
        expect(
          judgeRecord(bytesOf(sealed), { related: [record, value as Json], statements: [value as Json] }).omitted,
        ).toBe(0)
      }),
      { seed },
    )
  })

  it('names that mean something to a program are members like others', () => {
    for (const name of ['__proto__', 'constructor', 'toJSON', 'hasOwnProperty', 'toString', '0', '', 'a/b~c']) {
      const metadata = JSON.parse(`{${JSON.stringify(name)}:1}`)
      const text = JSON.stringify(seal({ ...finished, metadata }))
      expect(errorsOf(Buffer.from(text)), name).toEqual([])
      const other = text.replace(`{${JSON.stringify(name)}:1}`, `{${JSON.stringify(name)}:2}`)
      expect(errorsOf(Buffer.from(other)), name).toEqual(['record.mismatch'])
    }
  })

  it('lists a hundred faults and counts the rest, but the first of each check in any case', () => {
    const steps = Array.from({ length: 5000 }, (_, index) => ({
      id: 's',
      type: 'message',
      started_at: null,
      seq: index,
    }))
    const { faults, omitted } = judgeRecord(bytesOf({ ...finished, steps, cost: {}, provenance: { run_hash: '-' } }))
    expect(faults.length).toBeLessThan(110)
    expect(omitted).toBe(0)
    const right = { ...finished, steps, provenance: { run_hash: '0'.repeat(64) } }
    const judged = judgeRecord(bytesOf(right))
    expect(judged.faults.length).toBeGreaterThanOrEqual(100)
    expect(judged.faults.length).toBeLessThan(110)
    expect(judged.omitted).toBeGreaterThan(9000 - 200)
    expect(judged.faults.map(({ check }) => check)).toContain('run_hash.mismatch')
    expect(judged.missing.length).toBeLessThanOrEqual(100)
  })

  it('quotes nothing and hands on no character that a terminal obeys', () => {
    const secret = 'sk-secret\u001b[31m\u202e'
    const record = {
      ...finished,
      [secret]: 1,
      agent_id: 5,
      metadata: { [secret]: secret },
      steps: [{ [secret]: secret }],
    }
    const text = `${JSON.stringify(record).slice(0, -1)},"metadata":{"${'\\u001b[31m'}\\u202e":1,"${'\\u001b[31m'}\\u202e":1}}`
    for (const octets of [bytesOf(record), Buffer.from(text)]) {
      const { faults } = judgeRecord(octets)
      expect(faults.length).toBeGreaterThan(0)
      for (const { message } of faults) expect(message).not.toMatch(/secret|[\p{Cc}\p{Cf}]/u)
      for (const { path } of faults) expect(path).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }
  })

  it('is judged alike every time', () => {
    const octets = bytesOf(withProvenance(sealed, { steps_count: 7, nonce: null }))
    expect(judgeRecord(octets, { now: '2027-01-01T00:00:00Z' })).toEqual(judgeRecord(octets))
  })

  it('refuses a trust file or a time that is none', () => {
    expect(() => judgeRecord(bytesOf(sealed), { trust: { keys: [] } })).toThrow(TypeError)
    expect(() => judgeRecord(bytesOf(sealed), { now: 'yesterday' })).toThrow(TypeError)
  })
})

const sortNames = (value: Value): Value => {
  if (Array.isArray(value)) return value.map(sortNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sortNames(value[name]!)]),
  )
}
