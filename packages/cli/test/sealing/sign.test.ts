// What is said about a record is signed, and counts when the record is verified.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun, type Ran } from '../binary.ts'
import { finishedRun, folderWithKey, json, seal } from './signed.ts'

const folder = async (files: Readonly<Record<string, object>>): Promise<string> => {
  const cwd = await folderWithKey({ 'run.json': finishedRun(), ...files })
  await seal(cwd, 'run.json', '--in-place')
  const args = ['keygen', '--no-passphrase', '--output', 'eva.key', '--identity', 'eva@example.org']
  const { stdout } = await agentRun([...args, '--role', 'evaluator', '--role', 'witness'], { cwd })
  const trust = json<{ keys: object[] }>(cwd, 'trust.json')
  writeFileSync(
    join(cwd, 'trust.json'),
    JSON.stringify({ ...trust, keys: [...trust.keys, ...JSON.parse(stdout).keys] }),
  )
  return cwd
}

const sign = (cwd: string, name: string, ...more: string[]): Promise<Ran> =>
  agentRun(['sign', name, '--key', 'eva.key', ...more], { cwd })

describe('sign', () => {
  it('an evaluation about a record, that the verifier then counts', async () => {
    const cwd = await folder({ 'eval.json': { pass: true, score: 91 } })
    const { code, stderr } = await sign(cwd, 'eval.json', '--record', 'run.json', '--output', 'signed.json')
    expect(code).toBe(0)
    expect(stderr).toMatch(/^eval signed with did:key:z6Mk\w{44}\n$/)
    const run = json<{ id: string; provenance: { record_hash: string } }>(cwd, 'run.json')
    expect(json(cwd, 'signed.json')).toMatchObject({
      pass: true,
      run_id: run.id,
      record_hash: run.provenance.record_hash,
      at: expect.stringMatching(/^20/),
      signature: expect.stringMatching(/==$/),
    })
    const args = ['verify', 'run.json', '--trust', 'trust.json', '--statements', 'signed.json', '--format', 'pretty']
    const verified = await agentRun(args, { cwd })
    expect(verified.code).toBe(0)
    expect(verified.stdout).toMatch(/✓ evals/)
  })

  it('a statement, which gives the record a time that somebody vouches for', async () => {
    const cwd = await folder({ 'seen.json': { kind: 'countersignature', body: {} } })
    const { stdout } = await sign(cwd, 'seen.json', '--record', 'run.json', '--at', '2026-11-21T09:00:00Z')
    writeFileSync(
      join(cwd, 'bundle.jsonl'),
      `${JSON.stringify(json(cwd, 'run.json'))}\n${JSON.stringify(JSON.parse(stdout))}\n`,
    )
    const verified = await agentRun(['verify', 'bundle.jsonl', '--trust', 'trust.json', '--format', 'pretty'], { cwd })
    expect(verified.code).toBe(0)
    expect(verified.stdout).toContain('time: vouched by eva@example.org at 2026-11-21T09:00:00Z')
  })

  it('nothing about another record, nothing twice, and nothing that is a record or unknown', async () => {
    const cwd = await folder({
      'other.json': { pass: true, score: 1, run_id: 'another' },
      'odd.json': { hello: 1 },
      'decision.json': { approval_id: 'a-1', event: 'approved', at: '2026-11-20T14:00:00Z' },
      'eval.json': { pass: 'yes', score: 91 },
    })
    const refused = async (name: string): Promise<string> => {
      const { code, stdout, stderr } = await sign(cwd, name, '--record', 'run.json')
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      return stderr
    }
    expect(await refused('other.json')).toContain('its run_id is not that of the record')
    expect(await refused('odd.json')).toContain('expected an evaluation (pass, score)')
    expect(await refused('run.json')).toContain('a record is sealed with agent-run seal')
    expect(await refused('decision.json')).toContain('found a decision without step_id')
    expect(await refused('eval.json')).toContain('[seal.invalid]')
    writeFileSync(join(cwd, 'good.json'), '{"pass":true,"score":5}')
    writeFileSync(join(cwd, 'signed.json'), (await sign(cwd, 'good.json', '--record', 'run.json')).stdout)
    expect(await refused('signed.json')).toContain('[seal.already_sealed]')
    expect(readFileSync(join(cwd, 'eva.key'), 'utf8')).toContain('PRIVATE KEY')
  })
})
