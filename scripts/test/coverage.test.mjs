import { describe, expect, it } from 'vitest'
import { check } from '../check/coverage.mjs'
import { resolvePointer } from '../pointer.mjs'
import { sentenceDigest } from '../requirements.mjs'
import { withFolder } from './folder.mjs'

const digest = sentenceDigest('A run MUST be.')
const about = (requirement) => ({ 'conformance/cases/a.json': { requirement } })
const checked = (entries, cases = about('AR-RUN-001')) =>
  withFolder(
    {
      ...cases,
      'spec/run.md': '> **[AR-RUN-001]** A run **MUST** be.\n\n> **[AR-RUN-002]** A run **MAY** rest.\n',
      'schemas/agent-run.json': { properties: { status: { enum: [] } } },
      'conformance/cases/notes.md': '',
      'conformance/vectors/read/manifest.json': { total: 0 },
      'packages/core/test/a.test.ts': '',
      'conformance/coverage.json': { requirements: entries },
    },
    check,
  )
const one = (entry, cases = entry.cases?.includes('cases/a.json') ? about('AR-RUN-001') : {}) =>
  checked({ 'AR-RUN-001': { digest, ...entry } }, cases)

describe('coverage', () => {
  it('accepts every kind of evidence, and an exclusion', () => {
    expect(one({ schema: ['agent-run.json#/properties/status/enum', 'agent-run.json#'] })).toEqual([])
    expect(one({ cases: ['cases/a.json'], tests: ['packages/core/test/a.test.ts'] })).toEqual([])
    expect(one({ excluded: { class: 'not-observable', reason: 'One record does not show it.' } })).toEqual([])
  })

  const faults = {
    'nothing at all': {},
    'an empty list': { cases: [] },
    'a place no schema has': { schema: ['agent-run.json#/properties/state'] },
    'a schema that does not exist': { schema: ['run.json#'] },
    'a case that does not exist': { cases: ['cases/b.json'] },
    'a test that does not exist': { tests: ['packages/core/test/b.test.ts'] },
    'another class': { excluded: { class: 'later', reason: 'There was no time to do it yet.' } },
    'no reason': { excluded: { class: 'not-observable', reason: 'no' } },
    'evidence beside an exclusion': {
      cases: ['cases/a.json'],
      excluded: { class: 'not-observable', reason: 'One record does not show it.' },
    },
    'a member nobody reads': { cases: ['cases/a.json'], test: [] },
    'the digest of another wording': { cases: ['cases/a.json'], digest: sentenceDigest('A run MUST go.') },
  }
  for (const [name, entry] of Object.entries(faults)) {
    it(`refuses ${name}`, () => expect(one(entry)).toHaveLength(1))
  }

  it('wants an entry for every duty, and none for what is no sentence', () => {
    expect(checked({}, {})).toEqual(['coverage.json: AR-RUN-001 has no entry'])
    expect(checked({ 'AR-RUN-001': { digest, cases: ['cases/a.json'] }, 'AR-RUN-009': {} })).toHaveLength(1)
  })
})

describe('cases and vectors', () => {
  const tied = { cases: ['cases/a.json'] }

  it('are about the sentence they are tied to', () => expect(one(tied, about(undefined))).toHaveLength(1))

  it('may be lists, as vectors are', () => {
    const vectors = { 'conformance/vectors/read/a.json': [{ requirement: 'AR-RUN-001' }] }
    expect(one({ vectors: ['vectors/read/a.json'] }, vectors)).toEqual([])
    expect(one({ tests: ['packages/core/test/a.test.ts'] }, vectors)).toHaveLength(1)
  })

  it('may be tied by their folder', () => {
    const more = { ...about('AR-RUN-001'), 'conformance/cases/more/b.json': { requirement: 'AR-RUN-001' } }
    expect(one({ cases: ['cases/a.json', 'cases/more/'] }, more)).toEqual([])
    // Only with what lies in that very folder, and only if something there is about the sentence.
    const deeper = { 'conformance/cases/more/deep/b.json': { requirement: 'AR-RUN-001' } }
    expect(one({ cases: ['cases/more/'] }, deeper)).toHaveLength(1)
    const other = { 'conformance/cases/more/b.json': { requirement: 'AR-RUN-002' } }
    expect(one({ cases: ['cases/more/'] }, other)).toEqual([
      'coverage.json: AR-RUN-002 is not tied to cases/more/b.json, which is about it',
      'coverage.json: AR-RUN-001 names conformance/cases/more/, which is not about it',
    ])
  })

  it('are all tied to a sentence', () => {
    const stray = { ...about('AR-RUN-001'), 'conformance/cases/more/b.json': { requirement: 'AR-RUN-001' } }
    expect(one(tied, stray)).toEqual(['coverage.json: AR-RUN-001 is not tied to cases/more/b.json, which is about it'])
  })
})

describe('resolvePointer', () => {
  it('follows RFC 6901, own members only', () => {
    const value = { 'a/b': [{ '~': 1 }] }
    expect(resolvePointer(value, '/a~1b/0/~0')).toBe(1)
    expect(resolvePointer(value, '')).toBe(value)
    expect(resolvePointer(value, '/constructor')).toBeUndefined()
    expect(resolvePointer(value, '/a~1b/1')).toBeUndefined()
  })
})
