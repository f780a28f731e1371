import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfile } from '../../src/suite/index.ts'
import { harnessEnvironment, loadCases, testVerifier, type VerifierLevel } from '../../src/verifier/index.ts'

const harness = join(import.meta.dirname, '../../../../examples/verifier/node/harness.mjs')
const profile = loadProfile('1.0')

const play = (words: readonly string[], level: VerifierLevel | undefined, seed: string) =>
  testVerifier({
    harness: {
      command: [process.execPath, harness, ...words],
      environment: harnessEnvironment(process.env, []),
      startSeconds: 60,
      answerSeconds: 30,
    },
    seconds: 300,
    profile,
    level,
    only: [],
    seed,
    shellLine: 'harness',
  })

describe('our verifier', () => {
  it('passes everything at the highest level', async () => {
    const { outcomes, capabilities, trouble, isLate } = await play([], undefined, 'highest')
    expect(outcomes.filter(({ status }) => status !== 'pass')).toEqual([])
    expect(outcomes.map(({ id }) => id)).toEqual(loadCases(profile).map(({ id }) => id))
    expect(capabilities).toEqual(['recorded', 'sealed', 'accountable', 'sealing', 'log'])
    expect({ trouble, isLate }).toEqual({ trouble: undefined, isLate: false })
    const tested = new Set(outcomes.map(({ requirement }) => requirement))
    expect(Object.keys(profile.roles.verifier.requirements).filter((id) => !tested.has(id))).toEqual([])
  })

  it.each([
    ['recorded', [], ['sealed', 'accountable']],
    // With the engines that browsers have in place of those of node:crypto.
    ['sealed', ['--portable'], ['accountable']],
  ] as const)('passes at the level %s', async (level, words, above) => {
    const { outcomes } = await play(words, level, level)
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['pass', 'not_applicable']))
    const left = outcomes.filter(({ status }) => status === 'not_applicable').map(({ capability }) => capability)
    expect(new Set(left)).toEqual(new Set(above))
  })
})
