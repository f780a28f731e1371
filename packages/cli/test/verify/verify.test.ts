// One record, what is proven of it, and everything that can be given beside it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentRun, type Ran } from '../binary.ts'
import { changed, finishedRun, folderWithKey, json, seal } from '../sealing/signed.ts'

const pretty = (cwd: string, ...args: string[]): Promise<Ran> =>
  agentRun(['verify', ...args, '--format', 'pretty'], { cwd })

/** A sealed run in `run.json`, its key in `ci.key`, `trust.json`. */
const sealedFolder = async (changes: Record<string, unknown> = {}, ...more: string[]): Promise<string> => {
  const cwd = await folderWithKey({ 'run.json': finishedRun(changes) })
  await seal(cwd, 'run.json', '--in-place', '--at', '2026-11-20T15:00:00Z', ...more)
  return cwd
}

describe('the ladder', () => {
  it('says what is proven, what is only claimed and what is missing', async () => {
    const cwd = await sealedFolder()
    const { code, stdout, stderr } = await pretty(cwd, 'run.json', '--trust', 'trust.json')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '✓ level sealed by ci@example.org',
      '  completeness: sealed   time: asserted',
      '  release-bot · run-8   run.json:1',
      '',
    ])
    expect(
      stdout
        .match(/^ {2}[✓✗–?·] \w+(?= {2,}\S)(?<! time)/gm)
        ?.slice(0, 12)
        .map((row) => row.trim()),
    ).toEqual([
      '✓ schema',
      '✓ semantics',
      '✓ run_hash',
      '✓ steps',
      '✓ record',
      '✓ signature',
      '✓ signer',
      '? approvals',
      '– lineage',
      '– journal',
      '– evals',
      '– erasures',
    ])
    const [proven, claimed, missing] = ['Proven here', 'Only claimed', 'Why not accountable'].map((title) =>
      lines.indexOf(title),
    )
    expect(proven).toBeGreaterThan(0)
    expect(claimed).toBeGreaterThan(proven as number)
    expect(missing).toBeGreaterThan(claimed as number)
    const text = stdout.replace(/\s+/g, ' ')
    expect(text).toContain('Nothing was changed, added, removed or reordered since the record was signed: its 7 steps')
    expect(text).toContain('Your trust file says that this key belongs to ci@example.org')
    expect(text).toContain('a seal shows what was not changed, no more')
    expect(text).toContain('sealed at 2026-11-20T15:00:00Z. Nobody else vouches for it.')
    expect(text).toContain('Who approved: the record names approvals that no trusted approver signed.')
  })

  it('does not say who signed without a trust file', async () => {
    const { code, stdout } = await pretty(await sealedFolder(), 'run.json')
    expect(code).toBe(0)
    expect(stdout).toContain('✓ level sealed, self-asserted\n')
    expect(stdout).toContain('Who signed: the key vouches for itself.')
    expect(stdout).not.toContain('Your trust file says')
  })

  it('shows what was expected and what was found', async () => {
    const cwd = await sealedFolder()
    writeFileSync(
      join(cwd, 'bad.json'),
      changed(readFileSync(join(cwd, 'run.json'), 'utf8'), '"exit_code": 1', '"exit_code": 0'),
    )
    const { code, stdout } = await pretty(cwd, 'bad.json', '--trust', 'trust.json')
    expect(code).toBe(1)
    expect(stdout).toContain('✗ level recorded   asked: sealed\n')
    expect(stdout).toMatch(
      /✗ steps .*\n {16}where {5}provenance\.steps_root\n {16}expected {2}sha256:[0-9a-f]{64}\n {16}found {5}sha256:[0-9a-f]{64}\n {16}code {6}steps\.root\n/,
    )
    expect(stdout).toContain('Why not sealed')
    expect(stdout).not.toContain('Nothing was changed')
  })

  it('calls nothing proven of a record that nobody sealed', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    const { code, stdout } = await pretty(cwd, 'run.json')
    expect(code).toBe(1)
    expect(stdout).toContain('✗ level recorded   asked: sealed\n')
    expect(stdout).toContain('Everything in it: whoever had the record could have written it.')
    expect((await pretty(cwd, 'run.json', '--level', 'recorded')).code).toBe(0)
  })

  it('does not take a hash without a signature for a seal by somebody', async () => {
    const cwd = await folderWithKey({ 'run.json': finishedRun() })
    await agentRun(['seal', 'run.json', '--in-place'], { cwd })
    const { code, stdout } = await pretty(cwd, 'run.json', '--trust', 'trust.json')
    expect(code).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Nobody signed that seal: whoever changed the record could have renewed it.',
    )
  })

  it('asks for the level that is wanted', async () => {
    const cwd = await sealedFolder()
    const { code, stdout } = await agentRun(['verify', 'run.json', '--trust', 'trust.json', '--level', 'accountable'], {
      cwd,
    })
    expect(code).toBe(1)
    expect(stdout).toContain('(asked: accountable, reached: sealed) [level.')
    const wrong = await agentRun(['verify', 'run.json', '--level', 'accountible'], { cwd })
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('Allowed choices are recorded, sealed, accountable')
  })

  it('prints nothing that a terminal would obey', async () => {
    const evil = 'x\u001b[2J\u202e\u0007'
    const cwd = await sealedFolder({ id: evil, agent_id: evil })
    for (const format of ['pretty', 'line', 'github', 'markdown', 'junit', 'json', 'ndjson', 'sarif']) {
      const { stdout } = await agentRun(['verify', 'run.json', '--format', format, '--level', 'accountable'], { cwd })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
      expect(stdout).toContain('\\u001b')
    }
  })
})

describe('what is given beside the record', () => {
  it('is a time, at which keys are judged', async () => {
    const cwd = await sealedFolder()
    const trust = json<{ keys: object[] }>(cwd, 'trust.json')
    const limited = { ...trust, keys: trust.keys.map((key) => ({ ...key, valid_until: '2026-11-30T00:00:00Z' })) }
    writeFileSync(join(cwd, 'trust.json'), JSON.stringify(limited))
    const signer = async (now: string): Promise<string> => {
      const { stdout } = await pretty(cwd, 'run.json', '--trust', 'trust.json', '--now', now)
      return /. signer/.exec(stdout)?.[0] as string
    }
    expect(await signer('2026-11-21T00:00:00Z')).toBe('✓ signer')
    expect(await signer('2027-11-21T00:00:00Z')).toBe('? signer')
    expect((await pretty(cwd, 'run.json', '--now', 'noon')).stderr).toContain('Expected a time')
  })

  it('is a trust file that can be used', async () => {
    const cwd = await sealedFolder()
    writeFileSync(join(cwd, 'bad.json'), '{"agent_run_trust": "1.0", "keys": [{"key": "did:key:zNo"}]}')
    for (const [file, message] of [
      ['none.json', 'no such file'],
      ['bad.json', 'the trust file bad.json cannot be used: '],
      ['run.json', 'the trust file run.json cannot be used: '],
    ] as const) {
      const { code, stdout, stderr } = await agentRun(['verify', 'run.json', '--trust', file], { cwd })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(message)
    }
  })

  it('is a tombstone, in the bundle or in a file', async () => {
    const cwd = await sealedFolder({}, '--protect')
    await agentRun(['redact', 'run.json', '--all', '--key', 'ci.key', '-o', 'red.jsonl'], { cwd })
    const [record, tombstone] = readFileSync(join(cwd, 'red.jsonl'), 'utf8').trim().split('\n') as [string, string]
    writeFileSync(join(cwd, 'record.json'), record)
    writeFileSync(join(cwd, 'tombstone.json'), tombstone)
    const erasures = async (...args: string[]): Promise<string> => {
      const { code, stdout } = await pretty(cwd, ...args, '--trust', 'trust.json')
      expect(code).toBe(0)
      return /. erasures/.exec(stdout)?.[0] as string
    }
    expect(await erasures('red.jsonl')).toBe('✓ erasures')
    expect(await erasures('record.json')).toBe('? erasures')
    expect(await erasures('record.json', '--statements', 'tombstone.json')).toBe('✓ erasures')
    expect(await erasures('record.json', '--statements', 'red.jsonl')).toBe('✓ erasures')
    const { stderr } = await pretty(cwd, 'record.json', '--statements', 'ci.key')
    expect(stderr).toMatch(/^agent-run: ci\.key:1/)
  })

  it('is one record of many', async () => {
    const runs = ['a', 'b'].map((id) => JSON.stringify(finishedRun({ id }))).join('\n')
    const cwd = await folderWithKey({ 'runs.jsonl': runs })
    writeFileSync(join(cwd, 'sealed.jsonl'), await seal(cwd, 'runs.jsonl'))
    const { stdout } = await pretty(cwd, 'sealed.jsonl', '--run', 'b')
    expect(stdout).toContain('release-bot · b   sealed.jsonl:2')
    const none = await pretty(cwd, 'sealed.jsonl', '--run', 'c')
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('no record has the id of --run')
  })
})

describe('a batch', () => {
  it('is signed once, and every record and proof is looked at', async () => {
    const runs = ['a', 'b', 'c', 'd', 'e'].map((id) => JSON.stringify(finishedRun({ id }))).join('\n')
    const cwd = await folderWithKey({ 'runs.jsonl': runs })
    const text = await seal(cwd, 'runs.jsonl', '--batch')
    writeFileSync(join(cwd, 'batch.jsonl'), text)
    const good = await agentRun(['verify', 'batch.jsonl', '--trust', 'trust.json'], { cwd })
    expect(good.code).toBe(0)
    expect(good.stdout.match(/: ok: release-bot · [a-e]: sealed by ci@example\.org/g)).toHaveLength(5)
    const lines = text.trim().split('\n')
    expect(lines).toHaveLength(11)
    // The proof of the second record goes: its signature is gone with it.
    writeFileSync(join(cwd, 'less.jsonl'), lines.toSpliced(4, 1).join('\n'))
    const less = await agentRun(['verify', 'less.jsonl', '--trust', 'trust.json'], { cwd })
    expect(less.code).toBe(1)
    expect(less.stdout).toMatch(/^less\.jsonl:4:\d+: error: release-bot · b: signature at .*\[signature\.stripped\]$/m)
    expect(less.stdout.match(/: ok:/g)).toHaveLength(4)
  })
})

describe('a step proof', () => {
  it('holds, or does not', async () => {
    const cwd = await sealedFolder()
    await agentRun(['prove', 'run.json', '--step', 'x1', '--output', 'proof.json'], { cwd })
    const good = await pretty(cwd, 'proof.json', '--trust', 'trust.json')
    expect(good.code).toBe(0)
    expect(good.stdout).toMatch(
      /^✓ step x1 stands as shown in the record sha256:[0-9a-f]{64}, signed by ci@example\.org with/,
    )
    writeFileSync(
      join(cwd, 'bad.json'),
      changed(readFileSync(join(cwd, 'proof.json'), 'utf8'), '"exit_code": 0', '"exit_code": 1'),
    )
    const bad = await agentRun(['verify', 'bad.json', 'proof.json'], { cwd })
    expect(bad.code).toBe(1)
    expect(bad.stdout).toMatch(/^bad\.json:1:1: error: release-bot · run-8: path: .*\[proof\.path\]$/m)
    expect(bad.stdout).toMatch(/^proof\.json:1:1: ok: .*no trust file says whose key that is$/m)
  })
})

describe('who has to answer for the seal', () => {
  const line = (cwd: string, ...args: string[]): Promise<Ran> => agentRun(['verify', 'run.json', ...args], { cwd })

  it('somebody of the trust file, or one of those who are named', async () => {
    const cwd = await sealedFolder()
    writeFileSync(join(cwd, 'others.json'), JSON.stringify({ agent_run_trust: '1.0', keys: [] }))
    expect((await line(cwd, '--trust', 'others.json')).code).toBe(0)
    const stranger = await line(cwd, '--trust', 'others.json', '--require-trusted')
    expect(stranger.code).toBe(1)
    expect(stranger.stdout).toContain(
      'nobody of the trust file answers for the seal, and that was asked for [level.signer]',
    )
    expect((await line(cwd, '--trust', 'trust.json', '--require-trusted')).code).toBe(0)
    expect((await line(cwd, '--trust', 'trust.json', '--signed-by', 'ci@example.org')).code).toBe(0)
    const other = await line(cwd, '--trust', 'trust.json', '--signed-by', 'alice@example.org', '--format', 'pretty')
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('Why not as asked')
    expect(other.stdout).toContain('but nobody who was asked for')
  })

  it('needs a trust file', async () => {
    const cwd = await sealedFolder()
    const { code, stderr } = await line(cwd, '--require-trusted')
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'agent-run: --require-trusted needs --trust: it says whose key is whose\n',
    })
  })
})

describe('a trust file', () => {
  it('with a member that nobody knows is used, and the member named', async () => {
    const cwd = await sealedFolder()
    const trust = json<{ keys: object[] }>(cwd, 'trust.json')
    writeFileSync(
      join(cwd, 'odd.json'),
      JSON.stringify({ ...trust, keys: trust.keys.map((key) => ({ ...key, agent: ['x'] })) }),
    )
    for (const command of ['verify', 'show']) {
      const { code, stderr } = await agentRun([command, 'run.json', '--trust', 'odd.json'], { cwd })
      expect(code).toBe(0)
      expect(stderr).toMatch(/^agent-run: warning: the trust file odd\.json: keys\[0\]\.agent: .*agents/m)
    }
  })

  it('is one', async () => {
    const cwd = await sealedFolder()
    for (const [command, option] of [
      ['verify', '--trust'],
      ['show', '--trust'],
      ['verify', '--journal'],
      ['seal', '--key'],
    ]) {
      const args = [command as string, 'run.json', option as string, 'trust.json', option as string, 'trust.json']
      const { code, stderr } = await agentRun(args, { cwd })
      expect(code).toBe(2)
      expect(stderr).toContain('It can be given once.')
    }
  })
})
