import { describe, expect, it } from 'vitest'
import { check } from '../check/requirements.mjs'
import { requirements as generate } from '../gen/requirements.mjs'
import { idProblems, readRequirements, sentenceDigest } from '../requirements.mjs'
import { withFolder } from './folder.mjs'

const FILE = 'conformance/requirements.json'
const GOOD = '> **[AR-RUN-001]** A run **MUST** be\n> a record of `MUST`.\n'
const read = (chapter, more = {}) => withFolder({ 'spec/run.md': chapter, ...more }, readRequirements)

describe('reading sentences', () => {
  it('takes id, keyword, level, text and digest', () => {
    const text = 'A run MUST be a record of `MUST`.'
    expect(read(GOOD)).toEqual({
      requirements: [
        { id: 'AR-RUN-001', keyword: 'MUST', level: 'MUST', text, digest: sentenceDigest(text), file: 'spec/run.md' },
      ],
      retired: [],
      problems: [],
    })
  })

  it('counts a prohibition to the level of its duty', () => {
    expect(read('> **[AR-RUN-001]** A run **SHOULD NOT** be long.').requirements[0]).toMatchObject({
      keyword: 'SHOULD NOT',
      level: 'SHOULD',
    })
  })

  const faults = {
    'a block quote without an id': '> A run **MUST** be.',
    'two ids': '> **[AR-RUN-001]** **[AR-RUN-002]** A run **MUST** be.',
    'an id that does not stand first': '> A run **[AR-RUN-001]** **MUST** be.',
    'no key word': '> **[AR-RUN-001]** A run is.',
    'two key words': '> **[AR-RUN-001]** A run **MUST** be and **MUST** stay.',
    'a second key word in plain text': '> **[AR-RUN-001]** A run **MUST** be and MAY stay.',
    'another bold word': '> **[AR-RUN-001]** A run **SHALL** be.',
    'no full stop': '> **[AR-RUN-001]** A run **MUST** be',
    'a key word in prose': 'A run MUST be.',
    'a bold key word in prose': 'A run **must not** be.',
    'one id twice': '> **[AR-RUN-001]** A **MUST** be.\n\n> **[AR-RUN-001]** B **MUST** be.',
    'one sentence twice': '> **[AR-RUN-001]** A **MUST** be.\n\n> **[AR-RUN-002]** A **MUST** be.',
  }
  for (const [name, chapter] of Object.entries(faults)) {
    it(`refuses ${name}`, () => expect(read(chapter).problems).toHaveLength(1))
  }

  it('lets fences and code spans say what they like', () => {
    expect(read('The word `MUST`.\n```text\n> MUST\n```\n').problems).toEqual([])
  })
})

describe('ids', () => {
  const sentence = (id, text) => ({ id, digest: sentenceDigest(text) })
  const earlier = { requirements: [sentence('AR-RUN-001', 'A.'), sentence('AR-RUN-002', 'B.')], retired: [] }
  const now = (requirements, retired = []) => idProblems(earlier, { requirements, retired })

  it('may be added, and a sentence may be reworded', () => {
    expect(now([sentence('AR-RUN-001', 'A!'), sentence('AR-RUN-002', 'B.'), sentence('AR-RUN-003', 'C.')])).toEqual([])
  })

  it('may not vanish', () => expect(now([sentence('AR-RUN-001', 'A.')])[0]).toContain('AR-RUN-002 is gone'))

  it('may be retired', () => expect(now([sentence('AR-RUN-001', 'A.')], ['AR-RUN-002'])).toEqual([]))

  it('may not be renumbered', () => {
    const problems = now([sentence('AR-RUN-001', 'A.'), sentence('AR-RUN-009', 'B.')])
    expect(problems).toEqual([expect.stringContaining('renumbered to AR-RUN-009')])
  })

  it('may not come back', () => {
    const retired = '| id | why |\n|---|---|\n| `AR-RUN-001` | gone |\n'
    expect(read(GOOD, { 'spec/retired.md': retired }).problems).toEqual([expect.stringContaining('still in use')])
    expect(idProblems({ retired: ['AR-RUN-007'] }, { requirements: [], retired: [] })).toHaveLength(1)
  })
})

describe('the generated list', () => {
  it('is accepted as generated, and not when the chapter has moved on', () => {
    withFolder({ 'spec/run.md': GOOD }, (root) => {
      const list = generate(root)[FILE]
      withFolder({ 'spec/run.md': GOOD, [FILE]: list }, (same) => expect(check(same)).toEqual([]))
      withFolder({ 'spec/run.md': GOOD.replace('be', 'stay'), [FILE]: list }, (other) =>
        expect(check(other)).toEqual([expect.stringContaining('is not what spec/ says')]),
      )
    })
  })

  it('is missed when it is not there', () => {
    expect(withFolder({ 'spec/run.md': GOOD }, check)).toEqual([expect.stringContaining('does not exist')])
  })

  it('is not generated from sentences with faults, and never forgets an id', () => {
    expect(() => withFolder({ 'spec/run.md': 'A MUST.' }, generate)).toThrow('outside a block quote')
    const list = { requirements: [{ id: 'AR-RUN-002', digest: 'sha256:0' }], retired: [] }
    expect(() => withFolder({ 'spec/run.md': GOOD, [FILE]: list }, generate)).toThrow('AR-RUN-002 is gone')
  })
})
