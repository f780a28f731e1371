import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { canonicalize } from '../../src/canonical/index.ts'
import { digest, privateHash, runHash, stepLeaf } from '../../src/hash/index.ts'
import { readJson } from '../../src/read/index.ts'
import { actionHash, documentHash, recordHash, requestHash } from '../../src/seal/index.ts'
import { isAgentRun } from '../../src/validate/index.ts'
import { ask } from '../second-opinion.ts'
import { random } from '../validate/mutants.ts'
import { relatedRecord } from '../validate/related-records.ts'

const RECORDS = 1500
const VALUES = 2000
const NUMBERS = 120_000

/** What is hashed of a value, named as the independent program names it. */
const hashesOf = (value: unknown) => {
  const canonical = digest(canonicalize(value))
  if (!isAgentRun(value)) return { canonical }
  const { id: run_id, provenance, steps, approvals = [] } = value
  return {
    canonical,
    run: recordHash(value),
    document: documentHash(value),
    inputs: runHash(value),
    leaves: steps.map(stepLeaf),
    private: steps.map((step) => privateHash('step', step)),
    actions: steps.map(({ id: step_id, ...call }) => actionHash({ ...call, run_id, step_id, nonce: provenance.nonce })),
    requests: approvals.map(requestHash),
  }
}

const compare = (texts: readonly string[]) => {
  const theirs = ask(
    '--hashes',
    texts.map((text) => Buffer.from(text).toString('hex')),
  )
  const ours = texts.map((text) => hashesOf(JSON.parse(text)))
  const wrong = texts.map((text, index) => ({ text, ours: ours[index], theirs: JSON.parse(theirs[index]!) }))
  expect(wrong.filter((each) => canonicalize(each.ours) !== canonicalize(each.theirs)).slice(0, 3)).toEqual([])
  return ours
}

describe.skipIf(!tool('python3'))('the independent program in Python', () => {
  it(`computes the same digests of ${RECORDS} records`, () => {
    const next = random(20_261_125)
    const texts = Array.from({ length: RECORDS }, (_, index) => JSON.stringify(relatedRecord(index, next)))
    const hashes = compare(texts.filter((text) => readJson(text).ok))
    const distinct = (member: string) =>
      new Set(hashes.flatMap((each) => (each as Record<string, string>)[member] ?? []))
    for (const member of ['run', 'document', 'leaves', 'actions', 'requests'])
      expect(distinct(member).size, member).toBeGreaterThan(40)
  })

  it(`writes ${VALUES} values in the same canonical form`, () => {
    const text = fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.stringify(value))
    const texts = fc.sample(
      text.filter((each) => readJson(each).ok),
      { numRuns: VALUES, seed: 20_261_126 },
    )
    expect(new Set(compare(texts).map(({ canonical }) => canonical)).size).toBeGreaterThan(VALUES / 2)
  })

  it(`prints ${NUMBERS} doubles as we do`, () => {
    const next = random(20_261_124)
    const view = new DataView(new ArrayBuffer(8))
    const numbers: number[] = []
    while (numbers.length < NUMBERS) {
      const bits = () => Math.floor(next() * 2 ** 32)
      view.setUint32(0, bits())
      view.setUint32(4, bits())
      // Any bits at all, decimals as people write them, whole numbers, powers of two and what stands beside them.
      const kind = numbers.length % 4
      const decimal = Number(`${bits() % 10 ** (1 + (bits() % 9))}e${(bits() % 44) - 22}`)
      const nearPower = 2 ** ((bits() % 2098) - 1074) * (1 + ((bits() % 3) - 1) * Number.EPSILON)
      const number = [view.getFloat64(0), decimal, bits() * 2 ** 21 + bits(), nearPower][kind]!
      if (Number.isFinite(number)) numbers.push(number)
    }
    const hex = numbers.map((number) => {
      view.setFloat64(0, number)
      return view.getBigUint64(0).toString(16).padStart(16, '0')
    })
    const theirs = ask('--numbers', hex)
    const wrong = numbers.map((number, index) => [hex[index], canonicalize(number), theirs[index]])
    expect(wrong.filter(([, ours, other]) => ours !== other).slice(0, 5)).toEqual([])
  })
})
