import { describe, expect, it } from 'vitest'
import { actionHash, covered, documentHash, legacyRunHash, sealedBytes, sealHash } from '../../src/bytes/covered.ts'
import { stepLeaf } from '../../src/bytes/seal.ts'
import { GrowingTree, isIncluded, leafHash, treeRoot } from '../../src/bytes/tree.ts'
import { isRight, isSigned, keyOf, signatureOf, verify } from '../../src/bytes/verify.ts'
import { batchHolds } from '../../src/record/batch.ts'
import { checks, foldJournal, judgeJournal, judgeRecord } from '../../src/record/index.ts'
import { read } from '../../src/record/reader.ts'
import { isSealed, privateState } from '../../src/record/subject.ts'
import { vocabularies } from '../../src/record/vocabularies.ts'
import { data, filesOf, registry } from './data.ts'

/** Holds what a function gives against the expectation of each vector of a file. */
const each = (file: string, act: (vector: ReturnType<typeof data>) => unknown): void => {
  const vectors = data(`vectors/${file}.json`)
  expect(vectors.length).toBeGreaterThan(2)
  for (const vector of vectors) expect(act(vector), `${file}: ${vector.name}`).toEqual(vector.expect)
}

const hex = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString('hex')
const unhex = (text: string): Uint8Array => Buffer.from(text, 'hex')

describe('the strict reader', () => {
  for (const file of filesOf('vectors/read')) {
    it(file, () => {
      for (const { name, input_hex, input_text, requirement, expect: expected } of data(file)) {
        const octets = input_hex === undefined ? Buffer.from(input_text) : unhex(input_hex)
        const reading = read(octets)
        expect('refusal' in reading ? reading.refusal.code : 'accept', name).toBe(expected)
        const fault = judgeRecord(octets).faults.find(({ code }) => code.startsWith('json.'))
        if (expected === 'accept') expect(fault, name).toBeUndefined()
        else expect(fault, name).toMatchObject({ code: expected, requirement, severity: 'error' })
      }
    })
  }
})

describe('hashes and trees', () => {
  it('leaves, and the roots over them', () => {
    each('hash/step-leaf', ({ step }) => `sha256:${stepLeaf(step)}`)
    const leaves = (texts: readonly string[]): readonly string[] => texts.map((text) => leafHash(unhex(text)))
    each('tree/root', ({ leaves_hex }) => treeRoot(leaves(leaves_hex)))
    each('tree/root', ({ leaves_hex }) => {
      const tree = new GrowingTree()
      for (const leaf of leaves(leaves_hex)) tree.add(leaf)
      return tree.root()
    })
    each('tree/inclusion', ({ leaf_hash_hex, index, count, path_hex, root_hex }) =>
      isIncluded(leaf_hash_hex, index, count, path_hex, root_hex),
    )
  })

  it('what a seal covers', () => {
    each('seal/record-hash', ({ run }) => ({
      record_hash: sealHash('run', run),
      document_hash: documentHash(run),
      sealed: isSealed(run),
    }))
    each('seal/request-hash', ({ event }) => sealHash('approval', event))
    each('seal/action-hash', ({ run_id, nonce, step }) =>
      actionHash({ id: run_id, ...(nonce === null ? {} : { provenance: { nonce } }) }, step),
    )
    each('seal/sealed', ({ run }) => isSealed(run))
    each('seal/private-state', ({ kind, object }) => privateState(kind, object) ?? null)
    each('seal/batch', ({ proof, statement, signed_by }) =>
      batchHolds(proof, statement === undefined || statement === null ? [] : [statement], signed_by),
    )
  })

  it('the fingerprint of 0.1', () => {
    const { input } = data('vectors/verify/digest/run_hash_legacy.json')
    expect(legacyRunHash(input.record)).toBe(input.record.provenance.run_hash)
  })
})

describe('keys and signatures', () => {
  it('are read in one spelling only', () => {
    each('sign/did-key', ({ did }) => hex(keyOf(did)))
    each('sign/signature-text', ({ text }) => hex(signatureOf(text)))
  })

  it('are compared by the strict rule', () => {
    each('sign/verify', ({ key_hex, message_hex, signature_hex }) =>
      verify(unhex(key_hex), unhex(message_hex), unhex(signature_hex)),
    )
  })

  it('are made over the covered part', () => {
    each('sign/object', ({ kind, object }) => {
      if (kind !== 'run') return isSigned(kind, object)
      return isRight('run', object, object.provenance.signed_by, object.provenance.signature)
    })
    for (const { name, kind, object, signed_bytes_hex } of data('vectors/sign/object.json'))
      expect(hex(sealedBytes(kind, object)), name).toBe(signed_bytes_hex)
    expect(covered('run', { id: 'r', steps: [], eval: {}, provenance: { signature: 'x', nonce: 'n' } })).toEqual({
      id: 'r',
      provenance: { nonce: 'n' },
    })
  })
})

describe('journals', () => {
  it('are judged line by line', () => {
    for (const { name, journal_text, expect: expected } of data('vectors/journal/check.json')) {
      const { faults, record } = judgeJournal(Buffer.from(journal_text))
      const found = faults.map(({ code, path }) => `${code} ${path}`)
      if (expected.result === 'fail') expect(found, name).toContain(`${expected.code} ${expected.path}`)
      else expect(found, name).toEqual([])
      expect(record === undefined, name).toBe(expected.result === 'fail')
    }
  })

  it('fold to the record that they tell', () => {
    each('journal/fold', ({ journal_text, live }) => foldJournal(Buffer.from(journal_text), live))
  })
})

describe('the list of checks', () => {
  it('has each code once, and a sentence that exists for each', () => {
    const codes = checks.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const sentences = new Map<string, string>(
      data('requirements.json').requirements.map((row: { id: string; level: string }) => [row.id, row.level]),
    )
    for (const { code, requirement, severity, summary } of checks) {
      expect(sentences.get(requirement), code).toBe(severity === 'error' ? 'MUST' : 'SHOULD')
      expect(summary, code).toMatch(/^[^<>]{10,120}\.$/)
    }
  })

  it('knows the registered values of the open vocabularies', () => {
    const own = Object.fromEntries([...vocabularies].map(([place, values]) => [place, [...values].sort()]))
    // Packs of benchmarks use some of them too; the suite judges none.
    const ofRecords = Object.entries(registry()).filter(([place]) => !place.startsWith('bench-'))
    expect(own).toEqual(Object.fromEntries(ofRecords))
    expect(Object.keys(own).length).toBeGreaterThan(15)
  })
})
