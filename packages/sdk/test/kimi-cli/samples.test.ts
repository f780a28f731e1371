import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { kimiCliAdapter } from '../../src/adapters/kimi-cli/index.ts'
import { checksSamples, readSamples } from '../samples/check-samples.ts'

const shared = tool('shared')
const files = ['kimi-cli/small.jsonl', 'kimi-cli/state.json', 'kimi-cli/subagent_agent-0.jsonl']

checksSamples(kimiCliAdapter, 'kimi_cli_count.py', [files])

describe.skipIf(!shared)('recorded logs', () => {
  it('an approval that a person gave is observed, with the rule that was granted for the session', async () => {
    const { runs } = await readSamples(kimiCliAdapter, files)
    const explorer = runs.find(({ agent_id }) => agent_id === 'explore')
    expect(explorer?.approvals).toMatchObject([
      {
        event: 'approved',
        actor: { kind: 'human' },
        basis: 'observed',
        grant: { scope: 'session', tool_name: 'Bash', session_id: explorer?.session_id },
      },
    ])
    expect(explorer?.steps.find(({ tool_name }) => tool_name === 'Bash')?.approval).toMatchObject({
      state: 'approved',
      basis: 'observed',
    })
  })

  it('an attempt that failed is a step of its own; the next one names it', async () => {
    const { runs } = await readSamples(kimiCliAdapter, files)
    const calls = runs[0]?.steps.filter(({ type }) => type === 'model_call')
    expect(calls?.map(({ status }) => status)).toEqual([...Array.from({ length: 6 }, () => 'failed'), 'cancelled'])
    expect(calls?.[6]).toMatchObject({ attempt: 7, retry_of: calls?.[5]?.id })
  })
})
