import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { managedAgentsAdapter } from '../../src/adapters/managed-agents/index.ts'
import { checksSamples, readSamples } from '../samples/check-samples.ts'

const shared = tool('shared')
const folder = 'anthropic-managed-agents'

checksSamples(managedAgentsAdapter, 'managed_agents_count.py', [
  [`${folder}/anthropic_managed_builtin_tools.jsonl`],
  [`${folder}/anthropic_managed_mcp_tools.jsonl`],
])

describe.skipIf(!shared)('recorded sessions', () => {
  it('a policy asked, a confirmation came: both are observed', async () => {
    const { runs } = await readSamples(managedAgentsAdapter, [`${folder}/anthropic_managed_mcp_tools.jsonl`])
    expect(runs[0]?.approvals?.map(({ event, actor, basis }) => [event, actor?.kind, basis])).toEqual([
      ['requested', 'agent', 'observed'],
      ['approved', 'unknown', 'observed'],
    ])
    expect(runs[0]?.policy_decisions).toMatchObject([
      { verdict: 'require_approval', enforcement: 'asked', policy: { id: 'always_ask' }, basis: 'observed' },
    ])
    expect(runs[0]?.inventory).toEqual({ mcp_servers: [{ name: 'exa', url: 'https://mcp.exa.ai/mcp' }] })
  })
})
