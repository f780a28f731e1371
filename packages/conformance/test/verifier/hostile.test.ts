import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed } from '../../../server/test/seed.ts'
import type { Json } from '../../src/bytes/json.ts'
import { loadProfile } from '../../src/suite/index.ts'
import { compareResult } from '../../src/verifier/compare.ts'
import { loadVectors } from '../../src/verifier/load.ts'
import type { Vector } from '../../src/verifier/vector.ts'
import { createJudges, loadVerdictChecks } from '../../src/verifier/verdict-checks.ts'

const vectors = loadVectors(loadProfile('1.0').roles.verifier)
const judges = createJudges()

/** Values on which a careless program breaks down, or that a careless terminal would obey. */
const nasty = fc.oneof(
  fc.constantFrom<Json>({ toString: 1 }, { length: -1 }, '\u001b]0;x\u0007', '\u202e', [], null, 1e308, ''),
  fc.jsonValue().map((value) => value as Json),
)

/** The expected result with something else at some places. */
const spoilt = (value: Json, at: () => Json | undefined): Json => {
  const other = at()
  if (other !== undefined) return other
  if (Array.isArray(value)) return value.map((item: Json) => spoilt(item, at))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, spoilt(member, at)]))
}

const results = fc
  .tuple(fc.nat(vectors.length - 1), fc.infiniteStream(fc.option(nasty, { freq: 8, nil: undefined })), fc.boolean())
  .map(([index, stream]) => {
    const vector = vectors[index]!
    return { vector, result: spoilt(vector.expect, () => stream.next().value) }
  })

describe('results of every sort', () => {
  it('are judged, and told of in plain words', () => {
    fc.assert(
      fc.property(results, fc.constantFrom('recorded', 'sealed', 'accountable'), ({ vector, result }, level) => {
        const messages = [
          ...compareResult(vector, result, level),
          ...[...judges.values()].map((judge) => judge(result, vector) ?? ''),
        ]
        for (const message of messages) expect(message).toMatch(/^[\x20-\x7e]{0,600}$/)
      }),
      { numRuns: 800, seed },
    )
  })
})

describe('the checks of all verdicts', () => {
  it('are those of the data', () => {
    expect(loadVerdictChecks().map(({ name }) => name)).toEqual([...judges.keys()])
  })

  it('find a private value wherever it stands, and no other', () => {
    const record = {
      steps: [{ id: 's-1', input_preview: 'the password is hunter2', private_hash: 'sha256:00', salt: 'a1b2c3d4e5f6' }],
      metadata: { note: 'known to nobody else', number: 12345678, word: 'another' },
      agent_id: 'release-bot of ours',
    }
    const vector = { op: 'verify', input: { record, options: {} } } as unknown as Vector
    const judge = (result: Json): boolean => judges.get('nothing_private')!(result, vector) !== undefined
    expect(judge({ checks: [{ found: 'found "the password is hunter2", expected none' }] })).toBe(true)
    expect(judge([{ code: 'x', message: 'salt a1b2c3d4e5f6' }])).toBe(true)
    expect(judge({ detail: 'known to nobody else' })).toBe(true)
    expect(judge({ detail: 'another one, release-bot of ours' })).toBe(false)
    const asText = { op: 'verify', input: { record_text: JSON.stringify(record) } } as unknown as Vector
    expect(judges.get('nothing_private')!(['hunter2', 'the password is hunter2'], asText)).toMatch(/is quoted$/)
    const broken = { op: 'verify', input: { record_text: '{' } } as unknown as Vector
    expect(judges.get('nothing_private')!({}, broken)).toBeNull()
  })
})
