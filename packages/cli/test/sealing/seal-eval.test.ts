// A seal does not cover the evaluation in a record; --eval signs it, and only then.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun } from '../binary.ts'
import { finishedRun, folderWithKey, json, seal } from './signed.ts'

type Sealed = { id: string; eval: Record<string, unknown>; provenance: Record<string, unknown> }

const judged = (judgement: object = { pass: true, score: 91 }): object => ({ ...finishedRun(), eval: judgement })

/** A folder whose key may record and evaluate. */
const folder = async (files: Readonly<Record<string, object | string>>): Promise<string> => {
  const cwd = await folderWithKey(files)
  const trust = json<{ keys: object[] }>(cwd, 'trust.json')
  const keys = trust.keys.map((key) => ({ ...key, roles: ['recorder', 'evaluator'] }))
  writeFileSync(join(cwd, 'trust.json'), JSON.stringify({ ...trust, keys }))
  return cwd
}

const evalsOf = async (cwd: string, file: string): Promise<string> => {
  const { stdout } = await agentRun(['verify', file, '--trust', 'trust.json', '--format', 'pretty'], { cwd })
  return /^ {2}(. evals .*)$/m.exec(stdout)?.[1] ?? stdout
}

describe('seal --eval', () => {
  it('names the record in the evaluation and signs it, so that it counts', async () => {
    const cwd = await folder({ 'run.json': judged() })
    const args = ['seal', 'run.json', '--key', 'ci.key', '--eval', '--at', '2026-11-20T15:00:00Z', '--output', 's.json']
    const { code, stderr } = await agentRun(args, { cwd })
    expect(code).toBe(0)
    expect(stderr).toMatch(/^1 record sealed with did:key:z6Mk\w{44}, and 1 evaluation in it signed\n$/)
    const sealed = json<Sealed>(cwd, 's.json')
    expect(sealed.eval).toMatchObject({
      pass: true,
      score: 91,
      at: '2026-11-20T15:00:00Z',
      run_id: sealed.id,
      record_hash: sealed.provenance.record_hash,
      signed_by: sealed.provenance.signed_by,
    })
    expect(await evalsOf(cwd, 's.json')).toMatch(/^✓ evals/)
  })

  it('signs those of several records, and of a batch', async () => {
    const other = { ...judged({ pass: false, score: 3, at: '2026-11-20T14:30:00Z' }), id: 'run-9' }
    const lines = [judged(), { ...finishedRun(), id: 'run-10' }, other].map((run) => JSON.stringify(run)).join('\n')
    const cwd = await folder({ 'runs.jsonl': lines })
    for (const more of [[], ['--batch']]) {
      const { code, stderr } = await agentRun(
        ['seal', 'runs.jsonl', '--key', 'ci.key', '--eval', ...more, '-o', 's.jsonl'],
        {
          cwd,
        },
      )
      expect(code).toBe(0)
      expect(stderr).toContain('3 records sealed with did:key:z6Mk')
      expect(stderr).toContain(', and 2 evaluations in them signed\n')
      const verified = await agentRun(['verify', 's.jsonl', '--trust', 'trust.json', '--format', 'json'], { cwd })
      expect(verified.code).toBe(0)
      expect(verified.stdout.match(/"check":\s*"evals",\s*"result":\s*"pass"/g)).toHaveLength(2)
    }
  })

  it('does nothing to a record without one', async () => {
    const cwd = await folder({ 'run.json': finishedRun() })
    const { code, stderr } = await agentRun(['seal', 'run.json', '--key', 'ci.key', '--eval', '-o', 's.json'], { cwd })
    expect(code).toBe(0)
    expect(stderr).not.toContain('evaluation')
    expect(json(cwd, 's.json')).not.toHaveProperty('eval')
  })

  it('is said not to have been asked for, where an evaluation is left without a signature', async () => {
    const cwd = await folder({ 'run.json': judged() })
    const { stderr } = await agentRun(['seal', 'run.json', '--key', 'ci.key', '--output', 's.json'], { cwd })
    expect(stderr).toContain('1 evaluation left without a signature')
    expect(json<Sealed>(cwd, 's.json').eval).toEqual({ pass: true, score: 91 })
    expect(await evalsOf(cwd, 's.json')).toMatch(/^\? evals/)
  })

  it('leaves the seal as it would be without', async () => {
    const cwd = await folder({ 'run.json': { ...judged(), provenance: { run_hash: '', nonce: '0'.repeat(32) } } })
    const at = ['--at', '2026-11-20T15:00:00Z']
    const [one, other] = [await seal(cwd, 'run.json', ...at), await seal(cwd, 'run.json', '--eval', ...at)]
    expect((JSON.parse(other) as Sealed).provenance).toEqual((JSON.parse(one) as Sealed).provenance)
  })

  it('refuses an evaluation that names another record, run or key, and writes nothing', async () => {
    const cwd = await folder({
      'record.json': judged({ pass: true, score: 1, record_hash: `sha256:${'a'.repeat(64)}` }),
      'run.json': judged({ pass: true, score: 1, run_id: 'another' }),
      'key.json': judged({ pass: true, score: 1, signed_by: `did:key:z6Mk${'a'.repeat(44)}` }),
    })
    for (const [file, finding] of [
      ['record.json', 'seal.invalid'],
      ['run.json', 'seal.invalid'],
      ['key.json', 'seal.other_key'],
    ] as const) {
      const { code, stdout, stderr } = await agentRun(['seal', file, '--key', 'ci.key', '--eval'], { cwd })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain(`[${finding}]`)
    }
  })

  it('needs a key', async () => {
    const cwd = await folder({ 'run.json': judged() })
    const { code, stderr } = await agentRun(['seal', 'run.json', '--eval'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('--eval needs a --key')
  })
})
