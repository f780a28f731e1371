import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun } from '../binary.ts'
import { smallRun } from '../records.ts'
import { finishedRun, folderWithKey, json, seal } from './signed.ts'

type Sealed = { provenance: Record<string, string | number>; steps: Record<string, unknown>[] }

describe('seal', () => {
  it('seals a document, and leaves its text a document', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    const text = await seal(cwd, 'run.json', '--at', '2026-11-20T15:00:00Z')
    expect(text).toContain('\n  "provenance": {\n')
    const { provenance } = JSON.parse(text) as Sealed
    expect(provenance).toMatchObject({ steps_count: 7, sealed_at: '2026-11-20T15:00:00Z' })
    expect(provenance['record_hash']).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(provenance['signature']).toMatch(/^[A-Za-z0-9+/]{86}==$/)
    expect(provenance['signed_by']).toBe(json<{ keys: { key: string }[] }>(cwd, 'trust.json').keys[0]?.key)
  })

  it('seals lines, names what it refuses and goes on', async () => {
    const open = finishedRun({ id: 'open', status: 'running', outcome: undefined, ended_at: undefined })
    const old = finishedRun({ id: 'old', spec_version: undefined })
    const lines = [finishedRun(), open, old, smallRun()].map((run) => JSON.stringify(run)).join('\n')
    const cwd = await folderWithKey({ 'runs.jsonl': lines })
    const { code, stdout, stderr } = await agentRun(['seal', 'runs.jsonl', '--key', 'ci.key'], { cwd })
    expect(code).toBe(1)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['run-8', 'run-1'])
    expect(stderr).toMatch(/runs\.jsonl:2: not sealed: .*\[seal\.open_status\]\n/)
    expect(stderr).toMatch(/runs\.jsonl:3: not sealed: .*\[seal\.version\]\n/)
    expect(stderr).toContain('2 records sealed with did:key:z6Mk')
  })

  it('does not seal twice', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--output', 'sealed.json')
    const { code, stdout, stderr } = await agentRun(['seal', 'sealed.json', '--key', 'ci.key'], { cwd })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('[seal.already_sealed]')
  })

  it('replaces a file whole or not at all', async () => {
    const broken = [JSON.stringify(finishedRun()), JSON.stringify(finishedRun({ status: 'running' }))].join('\n')
    const cwd = await folderWithKey({ 'run.json': finishedRun(), 'mixed.jsonl': broken })
    const { mode } = statSync(join(cwd, 'run.json'))
    expect(await seal(cwd, 'run.json', '--in-place')).toBe('')
    expect(json<Sealed>(cwd, 'run.json').provenance['record_hash']).toMatch(/^sha256:/)
    expect(statSync(join(cwd, 'run.json')).mode).toBe(mode)
    expect((await agentRun(['seal', 'mixed.jsonl', '--key', 'ci.key', '--in-place'], { cwd })).code).toBe(1)
    expect(readFileSync(join(cwd, 'mixed.jsonl'), 'utf8')).toBe(broken)
  })

  it('protects everything but handoff steps, which children name by their leaf', async () => {
    const handoff = {
      id: 'h1',
      type: 'handoff',
      status: 'succeeded',
      started_at: '2026-11-20T14:08:40Z',
      child_run_id: 'child',
      delegation_id: 'd-1',
      input_preview: 'review it',
    }
    const run = finishedRun()
    const cwd = await folderWithKey({ 'run.json': { ...run, steps: [...(run.steps as object[]), handoff] } })
    const { steps } = JSON.parse(await seal(cwd, 'run.json', '--protect')) as Sealed
    expect(steps.at(-1)).toEqual(handoff)
    expect(steps[6]).toHaveProperty('private_hash')
  })

  it('refuses what makes no sense, in one line', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun(), 'cut.json': '{"id": ' })
    const said = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await agentRun(['seal', ...args], { cwd })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      return stderr
    }
    expect(await said('run.json', '--in-place', '--output', 'x')).toContain('exclude each other')
    expect(await said('run.json', '--batch')).toContain('--batch needs a --key')
    expect(await said('-', '--in-place')).toContain('standard input cannot be sealed in place')
    expect(await said('cut.json')).toContain('cut.json:1:8: ')
    expect(await said('rum.json')).toContain('did you mean run.json?')
    expect(await said('run.json', '--at', 'yesterday')).toContain('Expected a time')
  })
})

describe('hash', () => {
  it('recomputes what a record says', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--output', 'sealed.json')
    const { stdout } = await agentRun(['hash', 'sealed.json'], { cwd })
    const { provenance } = json<Sealed>(cwd, 'sealed.json')
    expect(stdout).toContain(`record_hash    ${provenance['record_hash']}   as the record says\n`)
    expect(stdout).toContain(`steps_root     ${provenance['steps_root']}   as the record says\n`)
    expect(stdout).toMatch(/^document_hash {2}sha256:[0-9a-f]{64}\n/m)
    const other = { ...json<Sealed>(cwd, 'sealed.json'), model: 'another' }
    const { stdout: differs } = await agentRun(['hash', '-'], { input: JSON.stringify(other) })
    expect(differs).toContain(`   the record says ${provenance['run_hash']}\n`)
  })

  it('writes the bytes whose SHA-256 it is', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun(), 'tool.json': { name: 'Bash', description: null } })
    await seal(cwd, 'run.json', '--output', 'sealed.json')
    for (const [file, kind] of [
      ['sealed.json', 'run'],
      ['sealed.json', 'document'],
      ['tool.json', 'tool'],
    ] as const) {
      const { stdout } = await agentRun(['hash', file, '--kind', kind], { cwd })
      expect((await agentRun(['hash', file, '--kind', kind, '--pae', '--output', 'bytes'], { cwd })).code).toBe(0)
      const bytes = readFileSync(join(cwd, 'bytes'))
      expect(stdout.trim()).toBe(`${kind.padEnd(15)}sha256:${createHash('sha256').update(bytes).digest('hex')}`)
      expect(bytes.toString().startsWith(`DSSEv1 `)).toBe(true)
    }
    const all = JSON.parse((await agentRun(['hash', 'sealed.json', '--format', 'json'], { cwd })).stdout)
    expect((await agentRun(['hash', 'sealed.json', '--kind', 'document'], { cwd })).stdout).toContain(all.document_hash)
  })
})

describe('redact', () => {
  it('erases, and everything that was sealed stays as it was', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--protect', '--output', 'sealed.json')
    const { code, stdout } = await agentRun(['redact', 'sealed.json', '--step', 'x3'], { cwd })
    expect(code).toBe(0)
    const before = json<Sealed>(cwd, 'sealed.json')
    const after = JSON.parse(stdout) as Sealed
    expect(after.provenance).toEqual(before.provenance)
    expect(before.steps[6]).toHaveProperty('error')
    for (const member of ['error', 'salt', 'input_preview']) expect(after.steps[6]).not.toHaveProperty(member)
    expect(before).toHaveProperty(['steps', 6, 'side_effects', 0, 'target'])
    expect(after).not.toHaveProperty(['steps', 6, 'side_effects', 0, 'target'])
    expect(after.steps[5]).toEqual(before.steps[5])
  })

  it('says who did it, and why', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--protect', '--output', 'sealed.json')
    const args = ['redact', 'sealed.json', '--all', '--key', 'ci.key', '--reason', 'request 17', '-o', 'red.jsonl']
    expect((await agentRun(args, { cwd })).code).toBe(0)
    const [record, tombstone] = readFileSync(join(cwd, 'red.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(tombstone).toMatchObject({
      kind: 'tombstone',
      about: record.provenance.record_hash,
      body: { reason: 'request 17' },
    })
    expect(tombstone.body.private_hashes).toContain(record.steps[6].private_hash)
    expect(JSON.stringify(record)).not.toContain('Publish the beta')
  })

  it('says what cannot be erased', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--output', 'plain.json')
    await seal(cwd, 'run.json', '--protect', '--output', 'sealed.json')
    const said = async (...args: string[]): Promise<string> => (await agentRun(['redact', ...args], { cwd })).stderr
    expect(await said('plain.json', '--all')).toContain(
      'no object has a private_hash (agent-run seal --protect gives them)',
    )
    expect(await said('sealed.json')).toContain('say what to erase: --step, --pointer or --all')
    expect(await said('sealed.json', '--step', 'x33')).toContain('the record has no step x33 (did you mean x3?)')
    expect(await said('sealed.json', '--pointer', '/cost')).toContain('/cost holds nothing that can be erased')
  })
})

describe('prove and attest', () => {
  it('prove a step without the others', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--output', 'sealed.json')
    const { code, stdout } = await agentRun(['prove', 'sealed.json', '--step', 'x1'], { cwd })
    expect(code).toBe(0)
    const proof = JSON.parse(stdout)
    expect(proof).toMatchObject({ agent_run_proof: '1.0', index: 4, step: { id: 'x1' } })
    expect(proof.record).not.toHaveProperty('steps')
    expect((await agentRun(['prove', 'run.json', '--step', 'x1'], { cwd })).stderr).toContain('[prove.not_sealed]')
  })

  it('hand the seal over as DSSE and in-toto', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await seal(cwd, 'run.json', '--output', 'sealed.json')
    const { provenance } = json<Sealed>(cwd, 'sealed.json')
    const dsse = JSON.parse((await agentRun(['attest', 'sealed.json', '--dsse'], { cwd })).stdout)
    expect(dsse).toMatchObject({ payloadType: 'application/vnd.agent-run.run.v1+json' })
    expect(dsse.signatures[0].sig).toBe(provenance['signature'])
    const inToto = JSON.parse(
      (await agentRun(['attest', 'sealed.json', '--in-toto', '--key', 'ci.key'], { cwd })).stdout,
    )
    const statement = JSON.parse(Buffer.from(inToto.payload, 'base64').toString())
    expect(`sha256:${statement.subject[0].digest.sha256}`).toBe(provenance['record_hash'])
    expect((await agentRun(['attest', 'sealed.json'], { cwd })).stderr).toContain('say which form: --dsse or --in-toto')
    expect((await agentRun(['attest', 'sealed.json', '--in-toto'], { cwd })).stderr).toContain('give --key')
    expect((await agentRun(['attest', 'run.json', '--dsse'], { cwd })).stderr).toContain('[dsse.unsigned]')
  })
})
