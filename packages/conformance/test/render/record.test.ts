// The report as a record of the suite's own run, on its way through the programs that other people use.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderJson, renderRecord } from '../../src/render/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { goodReport, hostileReport, mixedReport, outcome, reportOf } from './reports.ts'

const program = fileURLToPath(new URL('../../../cli/bin/agent-run.mjs', import.meta.url))
const recordOf = (report: Report): AgentRun => JSON.parse(renderRecord(report)) as AgentRun
const metadata = ({ metadata }: { metadata?: unknown }) => metadata as Record<string, unknown>

describe('the record of a report', () => {
  it.each([
    ['good', goodReport()],
    ['mixed', mixedReport()],
    ['of an emitter', mixedReport({ role: 'emitter' })],
    ['of a verifier', mixedReport({ role: 'verifier' })],
    ['of a selection', goodReport({ only: ['AR-HTTP-*'] })],
    ['of nothing', reportOf([])],
    ['hostile', hostileReport()],
    [
      'with a long error',
      reportOf([outcome('a/b', 'AR-HTTP-001', { status: 'fail', messages: Array(9).fill('😀'.repeat(249)) })]),
    ],
  ])('has no findings, not even warnings: %s', (_, report) => {
    expect(validate(Buffer.from(renderRecord(report))).findings).toEqual([])
  })

  it('says of each sentence how it came out, where a seal covers it', () => {
    const { steps } = recordOf(mixedReport())
    expect(steps.map(({ id, status, error_type }) => [id, status, error_type])).toEqual([
      ['AR-HTTP-001', 'failed', 'agent_run:not_kept'],
      ['AR-HTTP-002', 'succeeded', undefined],
      ['AR-HTTP-008', 'skipped', 'agent_run:untestable'],
      ['AR-HTTP-013', 'failed', 'agent_run:should_not_kept'],
      ['AR-HTTP-020', 'failed', 'agent_run:not_kept'],
      ['AR-HTTP-040', 'skipped', undefined],
    ])
    expect(metadata(steps[0]!)).toEqual({
      verdict: 'fail',
      strength: 'MUST',
      capability: 'core',
      cases: { pass: 1, fail: 2, warn: 0, untestable: 0, not_applicable: 0 },
      not_in_order: ['http/header/header_on_error', 'http/header/header_missing'],
    })
    expect(steps[1]?.side_effects).toEqual([
      { kind: 'network', target_kind: 'service', target: 'http://127.0.0.1:3000', basis: 'observed' },
    ])
    expect(steps[5]?.side_effects).toEqual([{ kind: 'none', basis: 'declared' }])
  })

  it('names the JSON report by the digest of its bytes', () => {
    const report = mixedReport()
    const bytes = Buffer.from(renderJson(report))
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
    expect(recordOf(report).artifacts?.[0]?.content).toEqual({
      digest,
      size: bytes.length,
      media_type: 'application/json',
    })
    expect(recordOf(goodReport()).id).not.toBe(recordOf(report).id)
  })

  it('judges the share of the sentences that are kept', () => {
    const mixed = recordOf(mixedReport()).eval!
    expect(mixed).toMatchObject({
      pass: false,
      score: 20,
      benchmark_id: 'agent-run-conformance/server/1.0',
      evaluator: 'agent-run-conformance 1.2.3',
      run_id: recordOf(mixedReport()).id,
      metrics: { requirements_kept: 1, requirements_scored: 5, cases_passed: 4, cases_played: 10 },
    })
    expect(mixed.criteria).toEqual([
      { name: 'AR-HTTP-001', pass: false, label: 'fail' },
      { name: 'AR-HTTP-002', pass: true, label: 'pass' },
      { name: 'AR-HTTP-008', label: 'untestable' },
      { name: 'AR-HTTP-013', pass: false, label: 'warn' },
      { name: 'AR-HTTP-020', pass: false, label: 'fail' },
      { name: 'AR-HTTP-040', label: 'not_applicable' },
    ])
    expect(recordOf(goodReport()).eval).toMatchObject({ pass: true, score: 100 })
  })

  it('never lets a baseline or a selection pass for the whole profile', () => {
    const baseline = ['AR-HTTP-001', 'AR-HTTP-020', 'AR-HTTP-008']
    expect(mixedReport({ baseline }).verdict).toBe('pass')
    expect(recordOf(mixedReport({ baseline })).eval).toMatchObject({ pass: false, score: 20 })
    const selection = recordOf(goodReport({ only: ['http/topic'] })).eval
    expect(selection?.benchmark_id).toBe('agent-run-conformance/server/1.0/selection')
    expect(recordOf(reportOf([])).eval).toMatchObject({ pass: false, score: 0 })
  })
})

describe('sealed', () => {
  let folder: string
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { code: status, stdout, stderr }
  }
  const verify = (file: string, ...more: readonly string[]) =>
    run('verify', file, '--trust', 'trust.json', '--level', 'accountable', '--format', 'pretty', ...more)
  const change = (from: string, to: string): void => {
    const text = readFileSync(join(folder, 'sealed.json'), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(folder, 'changed.json'), text.replace(from, to))
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-run-report-'))
    const key = ['--no-passphrase', '--output', 'lab.key', '--identity', 'lab@example.org']
    const made = run('keygen', ...key, '--role', 'recorder', '--role', 'evaluator')
    writeFileSync(join(folder, 'trust.json'), made.stdout)
    writeFileSync(join(folder, 'report.run.json'), renderRecord(mixedReport()))
    expect(run('seal', 'report.run.json', '--key', 'lab.key', '--eval', '--output', 'sealed.json').code).toBe(0)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('it is accountable, and its evaluation counts', () => {
    const { code, stdout } = verify('sealed.json')
    expect(stdout).toContain('✓ level accountable by lab@example.org')
    expect(stdout).toMatch(/✓ evals +1 by trusted evaluators, about this record/)
    expect(code).toBe(0)
  })

  it('it has no findings for those who allow no warning', () => {
    expect(run('validate', 'sealed.json', '--fail-on', 'warning').code).toBe(0)
  })

  it.each([
    ['a sentence is kept after all', '"status": "failed"', '"status": "succeeded"', 'steps.root'],
    ['another reason', 'no 429 came', 'it was late', 'steps.root'],
    ['another outcome', '"outcome": "failed"', '"outcome": "success"', 'record.mismatch'],
    ['another report', '"name": "report.json"', '"name": "other.json"', 'record.mismatch'],
    ['a better score', '"score": 20', '"score": 100', 'evals.signature'],
    ['a judgement that passes', '"pass": false,\n    "score"', '"pass": true,\n    "score"', 'evals.signature'],
    ['a criterion', '"label": "fail"', '"label": "pass"', 'evals.signature'],
  ])('a change shows: %s', (_, from, to, finding) => {
    change(from, to)
    const { code, stdout } = run('verify', 'changed.json', '--trust', 'trust.json', '--format', 'line')
    expect(stdout).toContain(`[${finding}]`)
    expect(code).toBe(1)
  })

  it('without --eval the evaluation stays a claim, and that is said', () => {
    const { code, stderr } = run('seal', 'report.run.json', '--key', 'lab.key', '--output', 'plain.json')
    expect(code).toBe(0)
    expect(stderr).toContain('1 evaluation left without a signature')
    expect(verify('plain.json').stdout).toMatch(/\? evals /)
  })

  it('the evaluation alone can be signed by somebody else, about the sealed record', () => {
    const { eval: judgement } = recordOf(mixedReport())
    writeFileSync(join(folder, 'eval.json'), JSON.stringify(judgement))
    run('seal', 'report.run.json', '--key', 'lab.key', '--output', 'plain.json')
    const bare = JSON.parse(readFileSync(join(folder, 'plain.json'), 'utf8')) as AgentRun
    delete (bare as { eval?: unknown }).eval
    writeFileSync(join(folder, 'bare.json'), JSON.stringify(bare))
    expect(run('sign', 'eval.json', '--key', 'lab.key', '--record', 'bare.json', '--output', 'signed.json').code).toBe(
      0,
    )
    expect(verify('bare.json', '--statements', 'signed.json').stdout).toMatch(/✓ evals /)
  })
})
