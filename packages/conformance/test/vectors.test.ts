import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  canonicalize,
  didKey,
  hash,
  type Json,
  type JsonObject,
  protect,
  publicForm,
  runHash,
  seal,
  sign,
  signSeal,
  stepsRoot,
} from '../src/index.ts'

// What this package computes by itself, held against the vectors that everybody else's programs are held against.
// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own
const vectors = (file: string): readonly any[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../conformance/vectors', `${file}.json`), 'utf8'))

const each = (file: string, act: (vector: ReturnType<typeof vectors>[number]) => unknown): void => {
  for (const vector of vectors(file)) expect(act(vector), vector.name).toEqual(vector.expect)
}

describe('what the suite computes is as in the vectors', () => {
  it('canonical form', () => {
    each('canonical/values', ({ input_text }) => canonicalize(JSON.parse(input_text) as Json))
    each('canonical/numbers', ({ ieee754_hex }) => canonicalize(Buffer.from(ieee754_hex, 'hex').readDoubleBE()))
  })

  it('hashes', () => {
    each('hash/hash', ({ kind, input_text }) => hash(kind, JSON.parse(input_text) as Json))
    each('hash/run-hash', ({ run }) => runHash(run))
    each('hash/public-form', ({ kind, object }) => publicForm(kind, object))
    each('hash/private-hash', ({ kind, object }) => protect(kind, object).private_hash)
  })

  it('seals', () => {
    each('seal/steps-root', ({ steps }) => ({ count: steps.length, root: stepsRoot(steps) }))
    const signed = vectors('seal/seal').filter(
      ({ seed_hex, run, expect }) => seed_hex && (run.provenance?.nonce ?? expect.nonce),
    )
    expect(signed.length).toBeGreaterThan(0)
    for (const { name, run, at, seed_hex, journal_head, expect: wanted } of signed) {
      const given = { ...run.provenance, nonce: wanted.nonce, sealed_at: at, ...(journal_head ? { journal_head } : {}) }
      const sealed = signSeal({ ...run, provenance: given }, Buffer.from(seed_hex, 'hex'))
      expect(sealed.provenance, name).toEqual(wanted)
    }
  })

  it('the hash of a record without a signature', () => {
    const unsigned = vectors('seal/seal').filter(({ seed_hex }) => !seed_hex)
    for (const { name, run, at, journal_head, expect: wanted } of unsigned) {
      const given = { ...run.provenance, nonce: wanted.nonce, sealed_at: at, ...(journal_head ? { journal_head } : {}) }
      expect((seal({ ...run, provenance: given }) as JsonObject).provenance, name).toEqual(wanted)
    }
  })

  it('keys and signatures', () => {
    for (const { name, seed_hex, expect: wanted } of vectors('sign/sign')) {
      expect(didKey(Buffer.from(seed_hex, 'hex')), name).toBe(wanted.did)
    }
    const seeds = vectors('sign/sign').map(({ seed_hex }) => Buffer.from(seed_hex, 'hex'))
    const objects = vectors('sign/object').filter(({ expect: right }) => right === true)
    let compared = 0
    for (const { name, kind, object } of objects) {
      const seed = seeds.find((each) => didKey(each) === object.signed_by)
      if (seed === undefined || kind === 'run') continue
      expect(sign(kind, seed, object).signature, name).toBe(object.signature)
      compared++
    }
    expect(compared).toBeGreaterThan(3)
  })
})
