// What the installed SDK itself writes, and the recorded samples.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { convertOpenaiAgents, openaiAgentsAdapter } from '../../src/adapters/openai-agents/index.ts'
import type { Conversion } from '../../src/conversion/report.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { checksSamples, countOf } from '../samples/check-samples.ts'
import { recordSession, type Session } from './record-session.ts'

const folder = 'openai-agents-runstate'
checksSamples(openaiAgentsAdapter, 'openai_agents_count.py', [
  [`${folder}/features-v1_12_input_cache_write_usage.json`],
  [`${folder}/features-v1_16_per_call_approval_override.json`],
  [`${folder}/features-v1_6_approval_rejection_message.json`],
  [`${folder}/minimal-v1_17.json`],
  [`${folder}/resume-v1_13_pending_tool_approval.json`],
])

describe('what the SDK writes', () => {
  let session: Session
  beforeAll(async () => {
    session = await recordSession()
  })

  const convert = async (content: string): Promise<Conversion> => {
    const conversion = await convertOpenaiAgents([{ name: 'x.json', content }])
    for (const run of conversion.runs) expect(validate(JSON.stringify(run)).findings).toEqual([])
    return conversion
  }
  const traced = (): Promise<Conversion> => convert(JSON.stringify({ data: session.items }))

  it('a trace with a handoff and an agent as a tool is one run; what is inside a call is contained in it', async () => {
    const { runs } = await traced()
    expect(runs.map(({ agent_id, status }) => [agent_id, status])).toEqual([
      ['Planner', 'completed'],
      ['Eager', 'completed'],
      // Its agent was still waiting when the items were exported.
      ['openai-agents', 'unknown'],
      ['Guarded', 'failed'],
    ])
    const [run] = runs
    expect(run?.cost).toMatchObject({
      input_tokens: 600,
      output_tokens: 60,
      cache_read_tokens: 360,
      reasoning_tokens: 18,
    })
    const handoffs = run?.steps.filter(({ type }) => type === 'handoff')
    expect(handoffs?.map(({ agent_id, tool_name, tool_call_id }) => [agent_id, tool_name, tool_call_id])).toEqual([
      ['Summarizer', 'summarize', 'c2'],
      ['Publisher', 'transfer_to_Publisher', 'h1'],
    ])
    const inside = run?.steps.filter(({ parent_step_id }) => parent_step_id === handoffs?.[0]?.id)
    expect(inside?.map(({ type, agent_id }) => [type, agent_id])).toEqual([
      ['model_call', 'Summarizer'],
      ['tool_call', 'Summarizer'],
      ['model_call', 'Summarizer'],
    ])
    expect(
      run?.steps
        .filter(({ tool_name }) => tool_name === 'publish')
        .map(({ tool_call_id, status, agent_id }) => [tool_call_id, status, agent_id])
        .sort(),
    ).toEqual([
      ['c3', 'succeeded', 'Publisher'],
      ['c4', 'denied', 'Publisher'],
    ])
    expect(run?.approvals).toMatchObject([
      { event: 'denied', tool_call_id: 'c4', reason: 'not prod', basis: 'observed' },
    ])
  })

  it('a triggered guardrail is a decision that blocked, and the run failed', async () => {
    const { runs } = await traced()
    expect(runs.at(-1)).toMatchObject({
      status: 'failed',
      error: 'guardrail refuses was triggered',
      policy_decisions: [{ verdict: 'block', enforcement: 'blocked', decider: { id: 'refuses' } }],
    })
    const { runs: states } = await convert(session.states.tripped)
    expect(states[0]).toMatchObject({ status: 'failed', policy_decisions: [{ verdict: 'block', boundary: 'input' }] })
  })

  it('a state keeps the approvals from the request to the result', async () => {
    const approvals = async (content: string) => {
      const { runs } = await convert(content)
      const steps = runs[0]!.steps.filter(({ tool_name }) => tool_name === 'publish')
      expect(runs[0]!.source?.times).toBe('mixed')
      return [
        runs[0]!.status,
        ...steps.map(({ tool_call_id, status }) => `${tool_call_id} ${status}`).sort(),
        ...(runs[0]!.approvals ?? []).map(({ event, tool_call_id, basis, metadata }) => [
          event,
          tool_call_id,
          basis,
          metadata,
        ]),
      ]
    }
    // The state does not say when: only since when the agent has worked.
    const at = { at_is: 'earliest possible' }
    expect(await approvals(session.states.pending)).toEqual([
      'paused',
      'c3 pending',
      'c4 pending',
      ['requested', 'c3', 'observed', at],
      ['requested', 'c4', 'observed', at],
    ])
    expect(await approvals(session.states.decided)).toEqual([
      'paused',
      'c3 pending',
      'c4 denied',
      ['approved', 'c3', 'observed', at],
      ['denied', 'c4', 'observed', at],
    ])
    expect(await approvals(session.states.final)).toEqual([
      'completed',
      'c3 succeeded',
      'c4 denied',
      ['approved', 'c3', 'observed', at],
      ['denied', 'c4', 'observed', at],
    ])
  })

  it('an approval for every call of a tool covers its calls', async () => {
    const { runs } = await convert(session.states.sticky)
    expect(runs[0]!.policies).toEqual([{ id: 'openai-agents:approved:publish' }])
    const calls = runs[0]!.steps.filter(({ type }) => type === 'tool_call')
    expect(calls.map(({ approval }) => [approval?.state, approval?.policy_id])).toEqual([
      ['auto_approved', 'openai-agents:approved:publish'],
      ['auto_approved', 'openai-agents:approved:publish'],
    ])
  })

  it('an agent that waits inside a call is a child run', async () => {
    const { runs } = await convert(session.states.nested)
    expect(runs.map(({ agent_id, status, parent_run_id }) => [agent_id, status, parent_run_id])).toEqual([
      ['Outer', 'paused', undefined],
      ['Inner', 'paused', runs[0]!.id],
    ])
    expect(runs[1]!.approvals).toMatchObject([{ event: 'requested', tool_call_id: 'p1', basis: 'observed' }])
  })

  const python = tool('python3')
  it.skipIf(!python)('the independent counter agrees', async () => {
    const counter = fileURLToPath(new URL('../../../../conformance/crosscheck/openai_agents_count.py', import.meta.url))
    const directory = mkdtempSync(join(tmpdir(), 'openai-agents-'))
    const texts = Object.entries({ ...session.states, trace: JSON.stringify({ data: session.items }) })
    for (const [name, content] of texts) {
      const path = join(directory, `${name}.json`)
      writeFileSync(path, content)
      const counted: unknown = JSON.parse(execFileSync(python ?? '', [counter, path], { encoding: 'utf8' }))
      expect([name, countOf(await convert(content))]).toEqual([name, counted])
    }
  })

  const examples = (): Example[] =>
    Object.entries({ ...session.states, trace: JSON.stringify({ data: session.items }) }).map(([name, text]) => ({
      name: `${name}.json`,
      text,
    }))
  standsHostileShapes(openaiAgentsAdapter, examples, 24)
  isDeterministic(openaiAgentsAdapter, examples)
  keepsSecretsOut(
    openaiAgentsAdapter,
    () => examples().filter(({ name }) => name !== 'nested.json'),
    /^(\$schemaVersion|object|type|role|status|(trace_|parent_|response)?[iI]d|callId|call_id|.*ed_at|approved|rejected|pendingAgentToolRuns)$/,
  )
})
