// What one language seals, every other verifies; and all read the same bytes, or refuse them for the same reason. The seed is
// printed with the counts, so that a run can be repeated: AGENT_RUN_SEED=… npx vitest run scripts/test/agreement
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSigner } from '@agent-run/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareVerdict } from '../../../packages/conformance/src/verifier/compare-verdict.ts'
import { buildHarness } from '../rust-crate.mjs'
import { tool } from '../tools.mjs'
import { sampleDocuments } from './documents.mjs'
import { startLanguage } from './language.mjs'
import { changedSomewhere, family, sampleRuns, somePlaces } from './records.mjs'
import { typescript } from './typescript.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const isLong = !!process.env.AGENT_RUN_LONG
const seed = Number(process.env.AGENT_RUN_SEED ?? (isLong ? Date.now() % 2 ** 31 : 20261121))
const DOCUMENTS = isLong ? 100_000 : 10_000
const RECORDS = isLong ? 300 : 60
const SEALED_AT = '2095-01-01T00:00:00Z'
const NOW = '2096-01-01T00:00:00Z'

const seeds = { sealer: '11'.repeat(32), keeper: '22'.repeat(32) }
const didOf = (hex) => createSigner(new Uint8Array(Buffer.from(hex, 'hex'))).did
const trust = {
  agent_run_trust: '1.0',
  keys: [
    { key: didOf(seeds.sealer), identity: 'sealer@example.org', roles: ['recorder', 'runtime'] },
    { key: didOf(seeds.keeper), identity: 'keeper@example.org', roles: ['server'] },
  ],
}

const startRust = () => startLanguage('Rust', [buildHarness(root, tool('cargo'))], {})

const startPython = () =>
  startLanguage('Python', [tool('python-dev'), '-m', 'agent_run.harness'], {
    cwd: join(root, 'python'),
    env: { PATH: process.env.PATH, PYTHONPATH: join(root, 'python'), PYTHONDONTWRITEBYTECODE: '1' },
  })

const told = (text) => console.log(`agreement: ${text}, seed ${seed}`)

describe.skipIf(!tool('cargo') || !tool('python-dev'))('TypeScript, Rust and Python', () => {
  /** @type {import('./language.mjs').Language[]} */
  let languages = []
  const runs = sampleRuns(seed, RECORDS)

  beforeAll(() => {
    languages = [typescript, startRust(), startPython()]
  }, 3_600_000)
  afterAll(() => Promise.all(languages.map((language) => language.stop())))

  /** The verdict that all languages give; each difference is a line. */
  const verdictOf = async (record, beside, differences) => {
    const input = {
      record_text: typeof record === 'string' ? record : JSON.stringify(record),
      trust,
      options: { now: NOW },
      ...beside,
    }
    const [first, ...others] = await Promise.all(languages.map((language) => language.ask('verify', input)))
    for (const [index, other] of others.entries()) {
      const found = compareVerdict(binding(first), binding(other), 'accountable', 'sealed')
      differences.push(...found.map((each) => `${languages[index + 1].name}: ${each}`))
    }
    return first
  }
  /** What a verdict lacks for a higher level counts only where it has reached `sealed` (conformance/harness.md). */
  const binding = ({ missing, ...verdict }) => (verdict.level === 'sealed' ? { ...verdict, missing } : verdict)
  const resultOf = (verdict, name) => verdict.checks.find(({ check }) => check === name).result

  it(`read ${DOCUMENTS} random documents as the same bytes, or refuse them alike`, async () => {
    const documents = sampleDocuments(seed, DOCUMENTS)
    const differences = []
    const refusals = new Map()
    let accepted = 0
    for (let begin = 0; begin < documents.length; begin += 500) {
      const part = documents.slice(begin, begin + 500)
      const answers = await Promise.all(
        languages.map(({ ask }) => Promise.all(part.map((each) => ask('agreement/canonical', each)))),
      )
      for (const [index, first] of answers[0].entries()) {
        if (first.refused === undefined) accepted++
        else refusals.set(first.refused, (refusals.get(first.refused) ?? 0) + 1)
        for (const [other, each] of answers.entries()) {
          if (each[index].canonical_hex === first.canonical_hex && each[index].refused === first.refused) continue
          differences.push({ document: part[index], [languages[0].name]: first, [languages[other].name]: each[index] })
        }
      }
    }
    const kinds = [...refusals].sort().map(([code, count]) => `${code} ${count}`)
    told(
      `${documents.length} documents, ${accepted} with equal canonical bytes, ${documents.length - accepted} refused alike (${kinds.join(', ')})`,
    )
    expect(differences.slice(0, 5)).toEqual([])
    expect(accepted).toBeGreaterThan(DOCUMENTS / 4)
    for (const code of [
      'utf8',
      'bom',
      'empty',
      'syntax',
      'duplicate_name',
      'lone_surrogate',
      'number_range',
      'depth',
      'trailing',
    ]) {
      expect(refusals.get(`json.${code}`), code).toBeGreaterThan(0)
    }
  })

  it('seal the same record to the same bytes, and verify what another sealed', async () => {
    const differences = []
    const count = { sealed: 0, verified: 0, changed: 0, failed: 0 }
    for (const [index, run] of runs.entries()) {
      const maker = languages[index % languages.length]
      const whole = await maker.ask('agreement/protect', { run })
      const records = await Promise.all(
        languages.map((language) =>
          language.ask('agreement/seal', { run: whole, seed_hex: seeds.sealer, at: SEALED_AT }),
        ),
      )
      for (const record of records)
        expect(record.provenance, `run ${index}, protected by ${maker.name}`).toEqual(records[0].provenance)
      count.sealed += records.length
      for (const record of records) {
        const verdict = await verdictOf(record, {}, differences)
        expect(verdict, `run ${index}`).toMatchObject({ ok: true, by: 'sealer@example.org' })
        count.verified += languages.length
      }
      for (let change = 0; change < 4; change++) {
        const verdict = await verdictOf(changedSomewhere(records[0], seed + index * 4 + change), {}, differences)
        count.changed++
        if (!verdict.ok) count.failed++
      }
    }
    told(
      `${count.sealed} seals, ${count.verified} verdicts on them all good; ${count.changed} changed records, ${count.failed} of them caught, all alike`,
    )
    expect(differences.slice(0, 5)).toEqual([])
    expect(count.failed).toBeGreaterThan(count.changed / 2)
  })

  it('erase alike, keep the seal, and accept the tombstone of another', async () => {
    const differences = []
    const count = { erased: 0, attested: 0 }
    for (const [index, run] of runs.entries()) {
      const [maker, eraser, keeper] = [0, 1, 2].map((turn) => languages[(index + turn) % languages.length])
      const whole = await maker.ask('agreement/protect', { run })
      const sealed = await maker.ask('agreement/seal', { run: whole, seed_hex: seeds.sealer, at: SEALED_AT })
      const paths = somePlaces(sealed, seed + index)
      const erasures = await Promise.all(
        languages.map((language) => language.ask('agreement/erase', { record: sealed, paths })),
      )
      const inAnyOrder = ({ record, private_hashes }) => ({ record, private_hashes: [...private_hashes].sort() })
      for (const each of erasures) expect(inAnyOrder(each), `run ${index}`).toEqual(inAnyOrder(erasures[0]))
      const { record, private_hashes } = await eraser.ask('agreement/erase', { record: sealed, paths })
      const tombstone = await keeper.ask('agreement/sign', {
        kind: 'statement',
        object: {
          kind: 'tombstone',
          about: sealed.provenance.record_hash,
          at: '2095-06-01T00:00:00Z',
          body: { private_hashes, reason: 'asked for' },
        },
        seed_hex: seeds.keeper,
      })
      const bare = await verdictOf(record, {}, differences)
      const attested = await verdictOf(record, { statements: [tombstone] }, differences)
      expect(bare.ok && attested.ok, `run ${index}`).toBe(true)
      expect(resultOf(bare, 'erasures')).toBe('unknown')
      expect(resultOf(attested, 'erasures')).toBe('pass')
      count.erased += private_hashes.length
      count.attested++
    }
    told(
      `${count.erased} objects erased in ${count.attested} records, each attested by another language than it was made and erased in`,
    )
    expect(differences.slice(0, 5)).toEqual([])
    expect(count.erased).toBeGreaterThan(RECORDS)
  })

  it('write journals that the others fold to the record, whole, cut and changed', async () => {
    const differences = []
    const count = { journals: 0, lines: 0, cut: 0, changed: 0 }
    for (const [index, run] of runs.entries()) {
      const maker = languages[index % languages.length]
      const whole = await maker.ask('agreement/protect', { run })
      const given = { run: whole, seed_hex: seeds.sealer, at: SEALED_AT, heads_every: 1 + (index % 3) }
      const { journal_text, record } = await maker.ask('agreement/journal', given)
      const verdict = await verdictOf(record, { journal_text }, differences)
      expect(verdict.ok, `run ${index} by ${maker.name}`).toBe(true)
      expect(resultOf(verdict, 'journal'), `run ${index} by ${maker.name}`).toBe('pass')
      count.journals++
      count.lines += journal_text.split('\n').length - 1
      const cut = journal_text.slice(0, 1 + ((seed + index * 7919) % journal_text.length))
      await verdictOf(record, { journal_text: cut }, differences)
      count.cut++
      // Not in the last line: when it was sealed is the one thing in it that nothing else says.
      const place = (seed + index * 104729) % (journal_text.lastIndexOf('\n', journal_text.length - 2) + 1)
      const other = journal_text[place] === '0' ? '1' : '0'
      const changedText = `${journal_text.slice(0, place)}${other}${journal_text.slice(place + 1)}`
      const caught = await verdictOf(record, { journal_text: changedText }, differences)
      if (changedText !== journal_text)
        expect(resultOf(caught, 'journal'), `run ${index}, octet ${place}`).not.toBe('pass')
      count.changed++
    }
    told(
      `${count.journals} journals of ${count.lines} lines fold to their records; ${count.cut} cut and ${count.changed} changed ones judged alike`,
    )
    expect(differences.slice(0, 5)).toEqual([])
  })

  it('bind parents and children across languages', async () => {
    const differences = []
    let edges = 0
    for (const [one, ofParent] of languages.entries()) {
      for (const [two, ofChild] of languages.entries()) {
        const { handoff, child, parent } = family(one * languages.length + two)
        const leaf = await ofParent.ask('hash/step-leaf', { step: handoff })
        const seal = { seed_hex: seeds.sealer, at: SEALED_AT }
        const sealedChild = await ofChild.ask('agreement/seal', { run: child(leaf), ...seal })
        const sealedParent = await ofParent.ask('agreement/seal', {
          run: parent(sealedChild.provenance.record_hash),
          ...seal,
        })
        const pairs = [
          [sealedChild, [sealedParent]],
          [sealedParent, [sealedChild]],
        ]
        for (const [record, related] of pairs) {
          const verdict = await verdictOf(record, { related }, differences)
          expect(
            verdict.edges.map(({ state }) => state),
            `${ofParent.name} → ${ofChild.name}`,
          ).toEqual(['mutual'])
          expect(verdict.ok).toBe(true)
          edges++
        }
        const stranger = { ...sealedParent, agent_id: 'somebody-else' }
        const verdict = await verdictOf(sealedChild, { related: [stranger] }, differences)
        expect(resultOf(verdict, 'lineage'), `${ofParent.name} → ${ofChild.name}`).not.toBe('pass')
      }
    }
    told(`${edges} edges between records of ${languages.length ** 2} pairs of languages, all mutual`)
    expect(differences.slice(0, 5)).toEqual([])
  })
})
