import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkJournal, readJournal, validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { proofExamples } from '../examples/proof.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => readFileSync(root + path, 'utf8')
const files = await proofExamples()

describe('the sealed example', () => {
  for (const [path, content] of Object.entries(files)) {
    it(`${path} is what its script writes`, () => expect(read(path)).toBe(content))
  }

  it('is what its journal tells', () => {
    const journal = readJournal(Buffer.from(read('examples/proof/journal.jsonl')))
    const record = JSON.parse(read('examples/records/sealed.json'))
    expect(checkJournal(journal, record)).toMatchObject({ result: 'pass', sealed: true })
  })

  it('has a trust file that is valid in the strict reading', () => {
    const trust = read('examples/proof/trust.json')
    expect(validate(trust, { schema: 'trust', reading: 'strict' })).toMatchObject({ ok: true, findings: [] })
  })
})
