import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSigner, digest, generateSeed, type Signer, signObject } from '@agent-run/core'
import type { BenchTrial, EvalResult, Trust } from '@agent-run/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { doubtAbout } from '../../src/run/finished-trials.ts'
import { type PlannedTrial, planTrials } from '../../src/run/plan.ts'
import { reopenResults } from '../../src/run/results.ts'
import type { BenchRun } from '../../src/trial.ts'
import { bench, packWith, temporary } from './benching.ts'

const packFolder = packWith()
let sealed: BenchRun
let silent: BenchRun
let planned: PlannedTrial

beforeAll(async () => {
  sealed = await bench({ packFolder, mode: 'sealed' })
  silent = await bench({ packFolder, mode: 'silent' })
  const [first] = planTrials(sealed.pack.pack, { only: ['note'], repeats: 1, seed: 'test' })
  if (first === undefined) throw new Error('there is one trial')
  planned = first
})

type Json = Record<string, unknown>

/** Results that somebody has laid hands on. */
const results = (run: BenchRun = sealed) => {
  const folder = join(temporary(), 'results')
  cpSync(run.out, folder, { recursive: true })
  const at = (path: string): string => join(folder, 'trials/note.1', path)
  const read = <T>(path: string): T => JSON.parse(readFileSync(at(path), 'utf8'))
  const write = (path: string, value: unknown): void => writeFileSync(at(path), JSON.stringify(value))
  const editTrial = (change: (trial: BenchTrial) => unknown): void => {
    const trial = read<BenchTrial>('trial.json')
    change(trial)
    write('trial.json', trial)
  }
  /** Changes a file, and its digest in `trial.json` with it. */
  const edit = (path: string, value: unknown): void => {
    write(path, value)
    const octets = readFileSync(at(path))
    editTrial(({ files }) => {
      const file = files.find((each) => each.path === `trials/note.1/${path}`)
      Object.assign(file ?? {}, { digest: digest(octets), size: octets.length })
    })
  }
  const doubt = (change: Partial<Parameters<typeof doubtAbout>[2]> = {}, trial = planned): string | undefined => {
    const { results, state } = reopenResults(folder)
    try {
      const trust = results.trust()
      const found = results.find(trial.name)
      if (trust === undefined || found === undefined) throw new Error('they hold both')
      return doubtAbout(trial, found, { folder, pack: run.pack, benchId: state.id, trust, ...change })
    } finally {
      results.close()
    }
  }
  return { folder, at, read, edit, editTrial, doubt }
}

const signed = ({ signed_by: _, signature: __, ...value }: EvalResult, signer: Signer): Promise<EvalResult> =>
  signObject('eval', value, signer)

describe('a finished trial', () => {
  it('stands as it was written, with a record and without', () => {
    expect(results().doubt()).toBeUndefined()
    expect(results(silent).doubt()).toBeUndefined()
  })

  it('does not stand if its evaluation was changed, and its digest with it', () => {
    const { read, edit, doubt } = results()
    edit('eval.json', { ...read<Json>('eval.json'), detail: 'all is well' })
    expect(doubt()).toBe('its evaluation does not hold: the signature of an eval is wrong')
  })

  it('does not stand if somebody else has signed its evaluation', async () => {
    const { read, edit, doubt } = results()
    edit('eval.json', await signed(read('eval.json'), createSigner(generateSeed())))
    expect(doubt()).toMatch(/^its evaluation does not hold: .*not trusted as an evaluator/)
  })

  it('stands if that is somebody whom the trust file names, and not for one who trusts nobody else', async () => {
    const { read, edit, doubt } = results()
    const signer = createSigner(generateSeed())
    const trust: Trust = {
      agent_run_trust: '1.0',
      keys: [{ key: signer.did, identity: 'judge', roles: ['evaluator'] }],
    }
    expect(doubt({ trust })).toMatch(/not trusted/)
    edit('eval.json', await signed(read('eval.json'), signer))
    expect(doubt({ trust })).toBeUndefined()
  })

  it('does not stand without a signature', () => {
    const { read, edit, doubt } = results()
    const { signature: _, signed_by: __, ...bare } = read<Json>('eval.json')
    edit('eval.json', bare)
    expect(doubt()).toMatch(/^its evaluation does not hold: an eval without a signature/)
  })

  it('does not stand if its evaluation is about another record', () => {
    const { read, edit, doubt } = results()
    edit('record.json', { ...read<Json>('record.json'), started_at: '2026-11-20T14:00:00Z' })
    expect(doubt()).toBe('its evaluation does not hold: an eval is about another record')
  })

  it('does not stand if what its seal covers by a digest only was changed', () => {
    const { read, edit, doubt } = results()
    edit('record.json', { ...read<Json>('record.json'), output_preview: 'another' })
    expect(doubt()).toMatch(/^its record does not hold any more: the check \w+ failed$/)
  })

  it.each<[string, (trial: BenchTrial) => unknown]>([
    ['pass', (trial) => Object.assign(trial, { pass: !trial.pass })],
    ['score', (trial) => Object.assign(trial, { score: 12 })],
    ['criteria', (trial) => trial.criteria.pop()],
    ['metrics', (trial) => Object.assign(trial.metrics ?? {}, { cost_usd: 0 })],
    ['wall_ms', (trial) => Object.assign(trial, { wall_ms: 1 })],
    ['violations', (trial) => trial.violations.push({ rule: 'runtime.ended', message: 'it is late' })],
    ['run_id', (trial) => Object.assign(trial, { run_id: 'another' })],
    ['record_hash', (trial) => Object.assign(trial, { record_hash: `sha256:${'0'.repeat(64)}` })],
    ['regression_from', (trial) => Object.assign(trial, { regression_from: 'another' })],
  ])('does not stand if trial.json says another %s than the evaluation', (_, change) => {
    const { editTrial, doubt } = results()
    editTrial(change)
    expect(doubt()).toBe('its trial.json says something else than its evaluation')
  })

  it.each(['agent_id', 'model', 'runtime', 'status', 'outcome'])('nor with another %s than the record', (name) => {
    const { editTrial, doubt } = results()
    editTrial((trial) => Object.assign(trial, { [name]: name === 'status' ? 'failed' : 'partial' }))
    expect(doubt()).toBe('its trial.json says something else than its record')
  })

  it('does not stand in the place of another trial', () => {
    const { folder, at, read, doubt } = results()
    const second = { ...planned, name: 'note.2', repeat: 2, seed: planned.seed + 1 }
    renameSync(at(''), join(folder, 'trials/note.2'))
    expect(doubt({}, second)).toBe('it names a file of another trial')
    const file = join(folder, 'trials/note.2/trial.json')
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('trials/note.1/', 'trials/note.2/'))
    expect(doubt({}, second)).toBe('its evaluation is of another trial')
    expect(() => read('trial.json')).toThrow('ENOENT')
    const { editTrial, doubt: other } = results()
    editTrial((trial) => Object.assign(trial, { seed: trial.seed + 1 }))
    expect(other()).toBe('its trial.json is of another trial')
  })

  it('does not stand in the results of another bench run, or of another pack', () => {
    const { doubt } = results()
    expect(doubt({ benchId: 'bench-0000000000000000' })).toBe('its evaluation is of another trial')
    expect(doubt({ pack: { ...sealed.pack, digest: `sha256:${'0'.repeat(64)}` } })).toBe(
      'its evaluation is of another trial',
    )
  })

  it('does not pass without a record, whatever it says', () => {
    const { read, edit, editTrial, doubt } = results(silent)
    edit('eval.json', { ...read<Json>('eval.json'), pass: true, score: 100 })
    editTrial((trial) => Object.assign(trial, { pass: true, score: 100 }))
    expect(doubt()).toBe('its record is not there')
    const other = results()
    other.editTrial((trial) => {
      trial.files = trial.files.filter(({ role }) => role !== 'record')
    })
    expect(other.doubt()).toBe('its record is not there')
  })

  it('does not stand, and stops nobody, with a record of another run that is none', () => {
    const { at, editTrial, doubt } = results()
    writeFileSync(at('other.json'), '[]')
    editTrial(({ files }) =>
      files.push({ path: 'trials/note.1/other.json', role: 'related_record', digest: digest('[]'), size: 2 }),
    )
    expect(doubt()).toBe('a record of another run that it names is no JSON object')
  })

  it('does not stand without its evaluation, or with two', () => {
    const { editTrial, doubt } = results()
    editTrial((trial) => trial.files.push(...trial.files.filter(({ role }) => role === 'eval')))
    expect(doubt()).toBe('it has no evaluation')
    editTrial((trial) => {
      trial.files = trial.files.filter(({ role }) => role !== 'eval')
    })
    expect(doubt()).toBe('it has no evaluation')
  })

  it('does not stand if a file is changed, gone, a link or elsewhere', () => {
    const changed = results()
    writeFileSync(changed.at('stdout.txt'), 'changed')
    expect(changed.doubt()).toBe('trials/note.1/stdout.txt was changed since')
    rmSync(changed.at('stdout.txt'))
    expect(changed.doubt()).toBe('trials/note.1/stdout.txt is not there')
    symlinkSync('/etc/passwd', changed.at('stdout.txt'))
    expect(changed.doubt()).toBe('trials/note.1/stdout.txt is no file of its own')
    for (const path of ['trials/note.1/../note.1/eval.json', '/etc/passwd', 'trials/note.2/eval.json', '__proto__']) {
      const { editTrial, doubt } = results()
      editTrial(({ files }) => Object.assign(files[0] ?? {}, { path }))
      expect(doubt()).toBe('it names a file of another trial')
    }
  })

  it('does not stand where its folder is a link', () => {
    const { folder, at, doubt } = results()
    renameSync(at(''), join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'trials/note.1'))
    expect(doubt()).toBe('its folder is a link')
  })

  it.each([['{'], ['[]'], ['{"scenario": "note"}'], ['\u0000'.repeat(5000)]])(
    'is not one if trial.json is %j',
    (text) => {
      const { at, doubt } = results()
      writeFileSync(at('trial.json'), text)
      expect(doubt()).toMatch(/^(it was begun and not finished|its trial\.json is not right)$/)
    },
  )
})

it('opens no results whose trials would be written elsewhere, and removes nothing there', () => {
  const { folder } = results()
  const elsewhere = temporary()
  mkdirSync(join(elsewhere, 'note.1'))
  writeFileSync(join(elsewhere, 'note.1/thesis.txt'), 'mine')
  rmSync(join(folder, 'trials'), { recursive: true })
  symlinkSync(elsewhere, join(folder, 'trials'))
  expect(() => reopenResults(folder)).toThrow('is no folder of its own; results hold no links')
  expect(readFileSync(join(elsewhere, 'note.1/thesis.txt'), 'utf8')).toBe('mine')
})
