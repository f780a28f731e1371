import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { kimiCliAdapter } from '../../src/adapters/kimi-cli/index.ts'
import { arrangeFiles } from '../../src/conversion/arrange-files.ts'
import { readHead } from '../../src/conversion/head.ts'
import { isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import {
  call,
  convert,
  decision,
  end,
  examples,
  legacyWire,
  prompt,
  request,
  result,
  richSubAgent,
  richWire,
  say,
  wire,
} from './log-builder.ts'

const folder = 'sessions/wd_books_ac3b/session_9eb1bf57-c1af-48a5-b658-0e8d9fe794f5'
const session = {
  [`${folder}/state.json`]: JSON.stringify({
    workDir: '/srv/books',
    agents: { main: { homedir: `/home/a/${folder}/agents/main`, type: 'main', parentAgentId: null } },
  }),
  [`${folder}/agents/main/wire.jsonl`]: richWire(),
  [`${folder}/agents/agent-0/wire.jsonl`]: richSubAgent(),
}

const expectClean = (runs: readonly AgentRun[]): void => {
  for (const run of runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
}

describe('Kimi wire logs', () => {
  it('a session with a sub-agent', async () => {
    const { runs, report } = await convert(session)
    expectClean(runs)
    expect(
      runs.map(({ agent_id, input_preview, status }) => [agent_id, input_preview?.split('\n').at(-1), status]),
    ).toEqual([
      ['kimi-cli', 'Sort the books', 'completed'],
      ['explore', 'Count them', 'completed'],
      ['kimi-cli', 'Burn them', 'cancelled'],
    ])
    expect(runs[0]).toMatchObject({
      session_id: 'session_9eb1bf57-c1af-48a5-b658-0e8d9fe794f5',
      permissions: { approval_mode: 'manual' },
      tools_available: ['Read', 'Bash', 'Agent'],
      inventory: { tools: [{ name: 'Bash', kind: 'builtin' }] },
      artifacts: [{ name: 'a.txt', action: 'modified' }],
    })
    expect(runs[1]).toMatchObject({ parent_run_id: runs[0]?.id, turn_id: runs[0]?.id, agent_name: 'agent-0' })
    expect(report).toMatchObject({ findings: [], totals: { denials: 2, sub_agents: 1 } })
  })

  it('decisions are observed, with what was granted; one whose call was never written is a call that did not run', async () => {
    const { runs } = await convert(session)
    expect(
      runs[0]?.approvals?.map(({ event, step_id, actor, grant, basis }) => [
        event,
        step_id,
        actor?.kind,
        grant?.scope,
        basis,
      ]),
    ).toEqual([
      ['approved', 'Bash_1', 'human', 'session', 'observed'],
      ['requested', 'Bash_2', 'agent', undefined, 'observed'],
      ['denied', 'Bash_2', 'human', undefined, 'observed'],
    ])
    expect(runs[2]?.steps.find(({ id }) => id === 'Bash_9')).toMatchObject({ status: 'denied', tool_name: 'Bash' })
  })

  it('usage is counted once, cached tokens in', async () => {
    const { runs } = await convert(session)
    expect(runs[0]?.cost).toMatchObject({ input_tokens: 40, output_tokens: 4, cache_read_tokens: 10 })
    expect(
      runs[0]?.steps.filter(({ type }) => type === 'model_call').map(({ status, attempt }) => [status, attempt]),
    ).toEqual([
      ['failed', 1],
      ['succeeded', 2],
      ['succeeded', undefined],
    ])
  })

  it('the older wire: requests and answers', async () => {
    const { runs } = await convert({ 'wire.jsonl': legacyWire() })
    expectClean(runs)
    expect(runs.map(({ status, cost }) => [status, cost.input_tokens])).toEqual([
      ['completed', 70],
      ['cancelled', null],
    ])
    expect(runs.map(({ approvals }) => approvals?.map(({ event, basis }) => [event, basis]))).toEqual([
      [
        ['requested', 'observed'],
        ['approved', 'observed'],
      ],
      [
        ['requested', 'observed'],
        ['denied', 'observed'],
      ],
    ])
    expect(runs[1]?.steps.find(({ id }) => id === 't2')?.status).toBe('denied')
  })

  it('what stands before a fork was copied', async () => {
    const { runs, report } = await convert({
      'wire.jsonl': wire(
        0,
        prompt('Old'),
        request('0.1'),
        say('x'),
        end('end_turn'),
        { type: 'forked' },
        prompt('New'),
        request('1.1'),
        say('y'),
        end('end_turn'),
      ),
    })
    expect(runs.map(({ input_preview }) => input_preview)).toEqual(['New'])
    expect(report.files[0]?.skipped).toContainEqual({ reason: 'copied from another session', lines: 4 })
  })

  it('a refused call did not run, whatever came back', async () => {
    const { runs } = await convert({
      'wire.jsonl': wire(
        0,
        prompt('Go'),
        request('0.1'),
        decision('c', 'rejected'),
        call('c', 'Bash', { command: 'rm x' }),
        result('c', 'done'),
      ),
    })
    expect(runs[0]?.steps.find(({ id }) => id === 'c')).toMatchObject({
      status: 'denied',
      approval: { state: 'denied' },
    })
    expectClean(runs)
  })

  it('the files of a session are grouped by its folder; each is recognised by its content', () => {
    const files = Object.entries(session).map(([name, text]) => ({
      head: readHead(name, new TextEncoder().encode(text)),
      open: () => text,
    }))
    const { groups, unrecognised } = arrangeFiles(files, { adapters: [kimiCliAdapter], attachers: [] })
    expect([groups.length, unrecognised.length]).toEqual([1, 0])
    const other = readHead('state.json', new TextEncoder().encode('{"agents":{}}'))
    expect(kimiCliAdapter.recognises(other)).toBe(false)
  })

  isDeterministic(kimiCliAdapter, examples)
  standsHostileShapes(kimiCliAdapter, examples, 150)
  keepsSecretsOut(
    kimiCliAdapter,
    examples,
    /^(?:type|toolCallId|id|time|timestamp|turnStep|messageId|message_id|tool_call_id|request_id|kind|decision|response|protocol_version|role)$/,
  )
})
