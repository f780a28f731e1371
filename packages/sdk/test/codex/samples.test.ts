import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { codexAdapter } from '../../src/adapters/codex/index.ts'
import { checksSamples, readSamples } from '../samples/check-samples.ts'

const shared = tool('shared')
const folder = 'codex/v0.66-0.77'
const families = [
  [`${folder}/codex_parent_with_spawns.jsonl`, `${folder}/codex_subagent_matched.jsonl`],
  [`${folder}/rollout-parent-019b88e0.jsonl`, `${folder}/rollout-subagent-019b88e5.jsonl`],
]

checksSamples(codexAdapter, 'codex_count.py', [
  ['codex/v0.104.0-alpha.1/rollout-2026-02-23T12-41-04-019c8a4d-8f45-7010-8b5d-7fad920aa6f9.jsonl'],
  ['codex/v0.104.0-alpha.1/rollout-2026-02-23T12-47-42-019c8a53-a0dd-7130-bcd7-95445d84846a.jsonl'],
  ['codex/v0.50-0.53/codex_050_legacy.jsonl'],
  ['codex/v0.50-0.53/codex_052_raw.jsonl'],
  [`${folder}/codex_session.jsonl`],
  ...families,
])

describe.skipIf(!shared)('recorded rollouts', () => {
  it('usage is counted once: the sum of the runs is the last total', async () => {
    const { report } = await readSamples(codexAdapter, [`${folder}/codex_session.jsonl`])
    expect(report.totals).toMatchObject({
      model_calls: 7,
      input_tokens: 26_740,
      output_tokens: 408,
      cache_read_tokens: 22_912,
    })
  })

  it('a session says under which policy it ran, what it wrote and what it asked for', async () => {
    const { runs } = await readSamples(codexAdapter, [`${folder}/codex_session.jsonl`])
    expect(runs[0]).toMatchObject({
      agent_id: 'codex',
      model: 'gpt-5.1-codex-max',
      runtime_version: '0.66.0',
      status: 'completed',
      permissions: { approval_mode: 'on-request' },
      sandbox: { kind: 'os', network: 'none' },
      artifacts: [{ name: 'myapp/hoge.py', action: 'created', content: { size: 13 } }],
      checkpoints: [{ when: 'before', kind: 'git_commit' }],
    })
    expect(runs[1]?.approvals).toMatchObject([{ event: 'requested', actor: { kind: 'agent' }, basis: 'inferred' }])
    expect(runs[1]?.steps.map(({ exit_code }) => exit_code).filter((code) => code !== undefined)).toEqual([1, 1, 0])
  })

  it.each(families)('%s: the review is a child run bound by a handoff', async (...names) => {
    const { runs, report } = await readSamples(codexAdapter, names)
    const child = runs.find(({ agent_id }) => agent_id === 'review')
    const handoff = runs[0]?.steps.find(({ type }) => type === 'handoff')
    expect(handoff?.child_run_id).toBe(child?.id)
    expect(child).toMatchObject({ parent_run_id: runs[0]?.id, turn_id: runs[0]?.turn_id, trigger: 'agent' })
    expect(child?.provenance.parents).toMatchObject([{ run_id: runs[0]?.id, delegation_id: handoff?.delegation_id }])
    expect(report.findings).toEqual([])
  })
})
