import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileEditions } from '../../../../scripts/oracle.mjs'
import { isAgentRun, validate } from '../../src/validate/index.ts'
import { maximal, root } from './mutants.ts'
import { maximal01, quickStart, served01, served01WithEval } from './records-0.1.ts'

const records = { quickStart, maximal01, served01, served01WithEval }

/** JSON Pointers of every null in a value. */
const nullsOf = (value: unknown, path = ''): string[] => {
  if (value === null) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, child]) => nullsOf(child, path === '' ? name : `${path}.${name}`))
}

describe.each(Object.entries(records))('the 0.1 record %s', (_, record) => {
  const editions = compileEditions(root)

  it('is valid, by the fast answer and in both readings', () => {
    expect(isAgentRun(record)).toBe(true)
    expect(validate(JSON.stringify(record))).toMatchObject({ ok: true })
    const { ok, findings } = validate(JSON.stringify(record), { reading: 'strict' })
    expect(ok).toBe(true)
    expect(findings.filter(({ code }) => code.startsWith('schema.'))).toEqual([])
  })

  it('is valid by ajv, draft-07 and 2020-12', () => {
    expect(editions['draft-07'](record)).toEqual([])
    expect(editions['2020-12'](record)).toEqual([])
  })
})

describe('the 0.1 members', () => {
  it('are all there in the maximal record', () => {
    const members = (text: string): string[] => text.split(' ').sort()
    expect(Object.keys(maximal01).sort()).toEqual(
      members(
        'id agent_id agent_name model provider runtime runtime_version trigger parent_run_id task_id status outcome started_at ended_at duration_ms steps tools_available cost provenance eval error git_branch git_commit workspace_id tags metadata',
      ),
    )
    expect([...new Set(maximal01.steps.flatMap((step) => Object.keys(step)))].sort()).toEqual(
      members(
        'id type tool_name mcp_server input_preview output_preview success error started_at ended_at duration_ms tokens_used metadata',
      ),
    )
    expect(Object.keys(maximal01.cost).sort()).toEqual(
      members('input_tokens output_tokens cache_read_tokens cache_write_tokens total_tokens cost_usd model'),
    )
    expect(Object.keys(maximal01.provenance).sort()).toEqual(
      members('run_hash parent_run_hash lineage model_version config_hash runtime signed_by signature created_at'),
    )
    expect(Object.keys(maximal01.eval).sort()).toEqual(
      members(
        'task_type eval_layer pass score expected_outcome actual_outcome metrics regression_from detail benchmark_id',
      ),
    )
  })

  it('are null where the 0.1 server does not know them', () => {
    expect(nullsOf(served01).sort()).toEqual(
      [
        ...['agent_name', 'model', 'provider', 'runtime_version', 'parent_run_id', 'task_id', 'trigger', 'outcome'],
        ...['ended_at', 'duration_ms', 'error', 'git_branch', 'git_commit'],
        ...['cache_read_tokens', 'cache_write_tokens', 'cost_usd', 'model'].map((name) => `cost.${name}`),
        ...['parent_run_hash', 'model_version', 'config_hash', 'signed_by', 'signature'].map(
          (name) => `provenance.${name}`,
        ),
      ].sort(),
    )
    expect(nullsOf(served01)).toHaveLength(22)
  })
})

describe('the 2020-12 edition', () => {
  const editions = compileEditions(root)

  it('accepts and refuses what the schemas do', () => {
    const run = maximal('agent-run')
    for (const [record, ok] of [
      [run, true],
      [{ ...run, status: 'sucess' }, false],
      [{ ...run, steps: [{}] }, false],
    ] as const) {
      expect(editions['draft-07'](record).length === 0).toBe(ok)
      expect(editions['2020-12'](record).length === 0).toBe(ok)
      expect(isAgentRun(record)).toBe(ok)
    }
  })
})

describe('the documented command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-command-'))
  const profile = readFileSync(join(root, 'schemas/PROFILE.md'), 'utf8')
  const command = /```sh\n(npx ajv validate .*)\n```/.exec(profile)?.[1] ?? ''
  const run = (record: unknown) => {
    writeFileSync(join(folder, 'my-run.json'), JSON.stringify(record))
    return spawnSync(command, { cwd: folder, encoding: 'utf8', shell: true })
  }

  beforeAll(() => {
    for (const name of ['schemas', 'node_modules', 'package.json']) symlinkSync(join(root, name), join(folder, name))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is the one the protocol has always had', () => {
    expect(command).toBe("npx ajv validate -s schemas/agent-run.json -r 'schemas/*.json' -d my-run.json")
  })

  it.each(Object.entries(records))('accepts %s', (_, record) => {
    expect(run(record)).toMatchObject({ status: 0, stdout: 'my-run.json valid\n' })
  })

  it('refuses what is not valid', () => {
    const { status, stderr } = run({ ...quickStart, status: 'sucess' })
    expect(status).toBe(1)
    expect(stderr).toContain('my-run.json invalid')
    expect(run({ ...quickStart, steps: [{ id: 's' }] }).status).toBe(1)
  })
})
