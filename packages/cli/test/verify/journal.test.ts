// Journals: by themselves, beside their record, and given instead of one.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createJournalWriter, createSigner, foldJournal, readJournal, sealRun } from '@agent-run/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { agentRun, folderWith, type Ran } from '../binary.ts'

const signer = createSigner(new Uint8Array(32).fill(7))
const at = (second: number): string => `2026-11-20T14:02:${String(second).padStart(2, '0')}Z`
const step = (id: string, second: number): object => ({
  id,
  type: 'tool_call',
  tool_name: 'Bash',
  status: 'succeeded',
  started_at: at(second),
  ended_at: at(second + 1),
})

let cwd = ''
let lines: string[] = []
beforeAll(async () => {
  const writer = createJournalWriter({ signer })
  lines = writer.append('run.started', at(0), {
    id: 'run-1',
    spec_version: '1.0',
    agent_id: 'release-bot',
    started_at: at(0),
    provenance: { nonce: '6f1d7a84db00d2fce00b31a7fc73224f', signed_by: signer.did },
  })
  lines.push(...writer.append('step.ended', at(2), step('s-1', 1)))
  lines.push(...(await writer.signHead(at(2))))
  lines.push(...writer.append('step.ended', at(4), step('s-2', 3)))
  const text = lines.map((line) => `${line}\n`).join('')
  const { run } = foldJournal(readJournal(text))
  const record = await sealRun(run as NonNullable<typeof run>, { signer, at: at(10) })
  cwd = folderWith({
    'j.ndjson': text,
    'run.json': record,
    'other.json': { ...record, id: 'run-2' },
    'trust.json': {
      agent_run_trust: '1.0',
      keys: [{ key: signer.did, identity: 'ci@example.org', roles: ['recorder'] }],
    },
  })
})

const run = (...args: string[]): Promise<Ran> => agentRun(args, { cwd })

describe('journal fold', () => {
  it('writes the record it adds up to', async () => {
    const { code, stdout } = await run('journal', 'fold', 'j.ndjson')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'run-1',
      status: 'interrupted',
      steps: [{ id: 's-1' }, { id: 's-2' }],
    })
  })

  it('folds what is sound, and says where that ends', async () => {
    writeFileSync(join(cwd, 'cut.ndjson'), [...lines.slice(0, 3), '{"seq": 3'].map((line) => `${line}\n`).join(''))
    const { code, stdout, stderr } = await run('journal', 'fold', 'cut.ndjson')
    expect(code).toBe(1)
    expect(JSON.parse(stdout).steps).toHaveLength(1)
    expect(stderr).toContain('journal.line at /3')
    writeFileSync(join(cwd, 'none.ndjson'), 'hello\n')
    expect(await run('journal', 'fold', 'none.ndjson')).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('journal verify', () => {
  it('says how far it goes', async () => {
    const { code, stdout } = await run('journal', 'verify', 'j.ndjson')
    expect(code).toBe(0)
    expect(stdout).toContain('✓ the journal of run-1 holds\n  4 lines, 2 steps, 1 signed head   j.ndjson\n')
    expect(stdout).toContain('It stops before a seal')
    writeFileSync(join(cwd, 'torn.ndjson'), `${readFileSync(join(cwd, 'j.ndjson'), 'utf8')}{"seq": 4, "pr`)
    const torn = await run('journal', 'verify', 'torn.ndjson')
    expect(torn.code).toBe(0)
    expect(torn.stdout).toContain('The last line is torn (14 bytes)')
  })

  it('names the first line that does not hold', async () => {
    const text = readFileSync(join(cwd, 'j.ndjson'), 'utf8')
    writeFileSync(join(cwd, 'bad.ndjson'), text.replace('"s-1"', '"s-9"'))
    const { code, stdout } = await run('journal', 'verify', 'bad.ndjson')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^✗ the journal of run-1 does not hold: journal\.\w+\n/)
    expect(stdout).toMatch(/where {5}line 3\n {2}expected {2}.+\n {2}found {5}.+\n/)
    const parsed = JSON.parse((await run('journal', 'verify', 'bad.ndjson', '--format', 'json')).stdout)
    expect(parsed).toMatchObject({ file: 'bad.ndjson', ok: false, result: 'fail', lines: 4 })
  })

  it('compares it with its record', async () => {
    expect((await run('journal', 'verify', 'j.ndjson', '--record', 'run.json')).stdout).toContain(
      'and tells of this record',
    )
    const other = await run('journal', 'verify', 'j.ndjson', '--record', 'other.json')
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('journal.fold')
    expect(other.stdout).toContain('where     /id\n')
  })
})

describe('verify', () => {
  it('takes a journal beside the record', async () => {
    const { code, stdout } = await run(
      'verify',
      'run.json',
      '--journal',
      'j.ndjson',
      '--trust',
      'trust.json',
      '--format',
      'pretty',
    )
    expect(code).toBe(0)
    expect(stdout).toContain('✓ journal')
    expect(stdout.replace(/\s+/g, ' ')).toContain('The journal written during the run agrees with the record')
  })

  it('says that a journal is of another run', async () => {
    const { code, stderr } = await run('verify', 'other.json', '--journal', 'j.ndjson', '--level', 'recorded')
    expect(code).toBe(2)
    expect(stderr).toContain('no record is of the run that the journal j.ndjson is of')
  })

  it('takes a journal instead of a record', async () => {
    const { code, stdout } = await run('verify', 'j.ndjson', '--level', 'recorded', '--format', 'pretty')
    expect(code).toBe(0)
    expect(stdout).toContain('✓ level recorded\n  completeness: checkpointed at line 1 ')
    expect(stdout).toContain('journal of release-bot · run-1   j.ndjson')
    writeFileSync(join(cwd, 'alone.ndjson'), `${lines[1]}\n`)
    const bad = await run('verify', 'alone.ndjson', '--level', 'recorded')
    expect(bad.code).toBe(1)
    appendFileSync(join(cwd, 'alone.ndjson'), 'x')
    const mixed = folderWith({
      'm.jsonl': `${readFileSync(join(cwd, 'run.json'), 'utf8').replace(/\n\s*/g, '')}\n${lines[1]}\n`,
    })
    const { stdout: said } = await agentRun(['verify', 'm.jsonl'], { cwd: mixed })
    expect(said).toContain('m.jsonl:2:1: error: this is a line of a journal, expected a record')
  })
})
