import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { armatureAdapter, convertArmature } from '../../src/adapters/armature/index.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'

const row = {
  run_id: 'r1',
  workflow_name: 'triage',
  spec_version: '1.2',
  stage_id: 'worker',
  role_type: 'worker',
  model: 'openai/gpt-5',
  input_tokens: 100,
  output_tokens: 20,
  latency_ms: 1500,
  success: 1,
  output_valid: 1,
  quorum_score: 0.8,
  timestamp: '2026-11-20T10:00:02+00:00',
  inputs_json: '{"topic":"x"}',
  outputs_json: '{"answer":"y"}',
  tools_declared_json: '["search","write_file"]',
  tools_called_json: '["search"]',
  policy_version: 'p3',
}
const script = {
  run_id: 'r1',
  workflow_name: 'triage',
  stage_id: 'publish',
  role_type: 'adapter',
  model: null,
  input_tokens: 0,
  output_tokens: 0,
  latency_ms: 0,
  success: 0,
  output_valid: 0,
  error_type: 'OUTPUT_INVALID',
  timestamp: '2026-11-20T10:00:03+00:00',
}
const rows = [row, script].map((value) => JSON.stringify(value)).join('\n')
const recording = JSON.stringify({ run_id: 'r2', argv: ['armature', 'run'], exit_code: 1, trace_rows: [row, script] })

const examples = (): Example[] => [
  { name: 'rows.jsonl', text: rows },
  { name: 'runs.jsonl', text: `${recording}\n${JSON.stringify({ run_id: 'r3', exit_code: 0, trace_rows: [] })}` },
]

describe('Armature', () => {
  it('a stage that asked a model is a model call with the tools it called, any other stage a step', async () => {
    const { runs } = await convertArmature([{ name: 'rows.jsonl', content: rows }])
    const [run] = runs
    expect(run).toMatchObject({
      id: 'r1',
      agent_id: 'triage',
      agent_version: '1.2',
      runtime: 'armature',
      status: 'unknown',
      started_at: '2026-11-20T10:00:00.500Z',
      tools_available: ['search', 'write_file'],
      policies: [{ id: 'armature', version: 'p3' }],
      cost: { input_tokens: 100, output_tokens: 20, total_tokens: 120, model: 'openai/gpt-5' },
    })
    expect(run!.steps.map(({ id, type, status, error_type }) => [id, type, status, error_type])).toEqual([
      ['worker.tool-1', 'tool_call', 'unknown', undefined],
      ['worker', 'model_call', 'succeeded', undefined],
      ['publish', 'other', 'failed', 'output_invalid'],
    ])
    const worker = run!.steps[1]!
    expect(worker).toMatchObject({
      duration_ms: 1500,
      input_preview: '{"topic":"x"}',
      output_preview: '{"answer":"y"}',
      metadata: { role_type: 'worker', quorum_score: 0.8, output_valid: 1 },
    })
    expect(run!.steps[0]).toMatchObject({ tool_name: 'search', model_call_id: 'worker' })
  })

  it('a recording says how the harness ended', async () => {
    const { runs, report } = await convertArmature([{ name: 'runs.jsonl', content: examples()[1]!.text }])
    expect(runs.map(({ id, status, error }) => [id, status, error])).toEqual([
      ['r2', 'failed', 'exit code 1'],
      ['r3', 'completed', undefined],
    ])
    expect(runs[0]!.input_preview).toBe('armature run')
    expect(report.files[0]!.lines).toEqual({ read: 2, mapped: 2, skipped: 0, malformed: 0 })
  })

  it('zero tokens are not counted tokens', async () => {
    const { runs } = await convertArmature([
      { name: 'x', content: JSON.stringify({ ...row, input_tokens: 0, output_tokens: 0 }) },
    ])
    expect(runs[0]!.cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
  })

  isDeterministic(armatureAdapter, examples)
  standsHostileShapes(armatureAdapter, examples, 200)
  keepsSecretsOut(armatureAdapter, examples, /^(run_id|stage_id|timestamp|error_type|success)$/)
})

const shared = tool('shared')
const python = tool('python3')

describe.skipIf(!shared)('the recorded campaign', () => {
  it.skipIf(!python)('has what an independent count finds', async () => {
    const path = join(shared ?? '', 'samples/armature/runs.jsonl')
    const counter = fileURLToPath(new URL('../../../../conformance/crosscheck/armature_count.py', import.meta.url))
    const counted = JSON.parse(execFileSync(python ?? '', [counter, path], { encoding: 'utf8' }))
    const { runs, report } = await convertArmature([{ name: 'runs.jsonl', content: readFileSync(path) }])
    const { steps, tool_calls, denials, input_tokens, output_tokens } = report.totals
    expect({
      runs: runs.length,
      steps,
      tool_calls,
      approvals: 0,
      refusals: denials,
      input_tokens,
      output_tokens,
    }).toEqual(counted)
  })

  it('is one run of two stages', async () => {
    const content = readFileSync(join(shared ?? '', 'samples/armature/runs.jsonl'))
    const { runs, report } = await convertArmature([{ name: 'runs.jsonl', content }])
    expect(runs).toHaveLength(1)
    expect(report).toMatchObject({
      ok: true,
      totals: { steps: 2, model_calls: 2, input_tokens: 520, output_tokens: 380 },
    })
    expect(validate(new TextEncoder().encode(JSON.stringify(runs[0]))).findings).toEqual([])
  })
})
