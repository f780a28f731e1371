import { describe, expect, it } from 'vitest'
import { isOpenValue, isTime } from '../../src/validate/patterns.ts'
import { random, schemas } from './mutants.ts'

const fast = [
  {
    test: isTime,
    file: 'agent-run.json',
    member: 'started_at',
    seeds: [
      '2026-11-20T14:02:11Z',
      '2026-11-20T14:02:11.480Z',
      '2026-02-30T23:59:59.123456789Z',
      '2026-12-31T00:00:00+14:00',
    ],
  },
  {
    test: isOpenValue,
    file: 'agent-run.json',
    member: 'error_type',
    seeds: ['tool_failed', 'acme:x', 'a', 'vendor:0-a.b_c', 'a_:9'],
  },
]
const CHARACTERS = [...'0123456789abzAZ:-+._TtZz\n\u0000é٣', '😀']

describe.each(fast)('the fast test of $member', ({ test, file, member, seeds }) => {
  const { pattern } = schemas.get(file)!.properties![member]! as { pattern: string }
  const expression = new RegExp(pattern, 'u')

  it('says what the pattern says', () => {
    const next = random(7)
    const below = (n: number): number => Math.floor(next() * n)
    const counts = { yes: 0, no: 0 }
    for (let count = 0; count < 60_000; count++) {
      const characters = [...seeds[below(seeds.length)]!]
      for (let edits = below(4); edits > 0; edits--) {
        const replacement = CHARACTERS[below(CHARACTERS.length)]!
        characters.splice(below(characters.length + 1), below(3), ...(next() < 0.7 ? [replacement] : []))
      }
      const text = characters.join('')
      const expected = expression.test(text)
      counts[expected ? 'yes' : 'no']++
      if (test(text) !== expected) expect.fail(`${JSON.stringify(text)} matches the pattern: ${expected}`)
    }
    expect(counts.yes).toBeGreaterThan(5000)
    expect(counts.no).toBeGreaterThan(5000)
  })

  it('says so for every two digits', () => {
    for (let i = 0; i < 100; i++) {
      const digits = String(i).padStart(2, '0')
      for (const at of [0, 2, 5, 8, 11, 14, 17]) {
        const text = `2026-11-20T14:02:11Z`
        const changed = text.slice(0, at) + digits + text.slice(at + 2)
        expect(test(changed)).toBe(expression.test(changed))
      }
    }
  })
})
