import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core/validate'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { type Conversion, claudeCodeAdapter, convertClaudeCode } from '../../src/adapters/claude-code/index.ts'
import { arrangeFiles, convertGroups, readHead } from '../../src/conversion/index.ts'
import { transcript } from './transcript-builder.ts'

const counter = fileURLToPath(new URL('../../../../conformance/crosscheck/claude_code_count.py', import.meta.url))
const shared = tool('shared')
const python = tool('python3')
const samples = join(shared ?? '', 'samples', 'claude-code')

const filesIn = (folder: string): string[] =>
  shared
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : []

const read = (paths: readonly string[]): Promise<Conversion> =>
  convertClaudeCode(paths.map((name) => ({ name, content: createReadStream(name) })))

/** Every file alone, every main transcript with its sub-agents, and everything at once. */
const all = filesIn(samples)
const transcripts = all.filter((path) => path.endsWith('.jsonl'))
const groups: [string, string[]][] = [
  ...transcripts.map((path): [string, string[]] => [path.slice(samples.length + 1), [path]]),
  ...transcripts
    .map((path): [string, string[]] => [
      path,
      all.filter((other) => other.startsWith(`${path.slice(0, -'.jsonl'.length)}/`)),
    ])
    .filter(([, others]) => others.length > 0)
    .map(([path, others]): [string, string[]] => [
      `${path.slice(samples.length + 1)} with sub-agents`,
      [path, ...others],
    ]),
  ['all files together', all],
]

const isContained = (run: AgentRun, parent: string | undefined): boolean =>
  parent !== undefined && run.steps.some(({ id, type }) => id === parent && type === 'handoff')

/** What the independent counter counts, read off the runs. */
function countOf({ runs, report }: Conversion): Record<string, number> {
  const calls = runs.flatMap((run) =>
    run.steps.filter(({ type }) => ['tool_call', 'handoff', 'input_request'].includes(type)),
  )
  const answers = runs.flatMap((run) =>
    run.steps.filter(
      (step) => step.type === 'model_call' && step.status !== 'failed' && !isContained(run, step.parent_step_id),
    ),
  )
  const sum = (member: 'input_tokens' | 'output_tokens' | 'cache_read_tokens' | 'cache_write_tokens'): number =>
    runs.reduce((total, run) => total + (run.cost[member] ?? 0), 0)
  const events = runs.flatMap(({ approvals = [] }) => approvals)
  return {
    questions: events.filter(({ event }) => event === 'requested').length,
    approvals: events.filter(({ event }) => event === 'approved').length,
    tool_uses: calls.length,
    results: report.totals.tool_results,
    denials: calls.filter(({ status }) => status === 'denied').length,
    delegations: calls.filter(({ type }) => type === 'handoff').length,
    sub_agents: report.totals.sub_agents,
    messages: answers.length,
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    cache_read_tokens: sum('cache_read_tokens'),
    cache_write_tokens: sum('cache_write_tokens'),
  }
}

describe.skipIf(!shared)('recorded sessions', () => {
  it.each(groups)(
    '%s: every run is valid, without a warning, and every line is accounted for',
    async (_name, paths) => {
      const { runs, report } = await read(paths)
      expect(runs.length).toBeGreaterThan(0)
      for (const run of runs) {
        const { findings } = validate(JSON.stringify(run), { reading: 'strict' })
        expect(findings).toEqual([])
      }
      for (const { lines, skipped } of report.files) {
        expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
        expect(skipped.reduce((sum, { lines: count }) => sum + count, 0)).toBe(lines.skipped)
      }
      expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length)
    },
  )

  it.skipIf(!python).each(groups.filter(([name]) => name !== 'all files together'))(
    '%s: the independent counter agrees',
    async (_name, paths) => {
      const counted: unknown = JSON.parse(
        execFileSync(python ?? '', [counter, ...paths.filter((path) => path.endsWith('.jsonl'))], { encoding: 'utf8' }),
      )
      const conversion = await read(paths)
      expect(countOf(conversion)).toEqual(counted)
    },
  )

  it('gives as many runs, steps, calls, approvals and refusals of each group as the table says', async () => {
    const files = all.map((path) => {
      const bytes = readFileSync(path)
      return { head: readHead(relative(join(samples, '..'), path).replaceAll('\\', '/'), bytes), open: () => bytes }
    })
    const arranged = arrangeFiles(files, { adapters: [claudeCodeAdapter], attachers: [] })
    expect(arranged.unrecognised).toEqual([])
    const found: Record<string, unknown> = {}
    for await (const { group, runs, report } of convertGroups(arranged, {}, { onAttached: () => undefined })) {
      const { steps, tool_calls, denials: refusals } = report.totals
      const approvals = runs.flatMap((run) => run.approvals ?? []).filter(({ event }) => event === 'approved').length
      found[group.files[0]?.head.name ?? ''] = { runs: runs.length, steps, tool_calls, approvals, refusals }
    }
    const table = JSON.parse(readFileSync(new URL('../samples/expected.json', import.meta.url), 'utf8')) as object
    expect(found).toEqual(Object.fromEntries(Object.entries(table).filter(([name]) => name.startsWith('claude-code/'))))
  })

  it.each([
    ['v2.1.38-39/ae4a77f8-aedd-4bc1-888f-c94edc91af04.jsonl', 217, 49_467, 16_553_628],
    ['v2.1.38-39/subagent.jsonl', 12, 1_586, 427_286],
    ['v2.0.28/claude_session.jsonl', 6, 844, 93_553],
  ])('%s: usage is counted once for each answer', async (name, answers, output, cached) => {
    const { runs, report } = await read([join(samples, name)])
    expect(report.totals).toMatchObject({ model_calls: answers, output_tokens: output, cache_read_tokens: cached })
    expect(runs.reduce((sum, run) => sum + (run.cost.output_tokens ?? 0), 0)).toBe(output)
  })

  it('gives the same records however the files are ordered and cut', async () => {
    const paths = filesIn(join(samples, 'v2.1.38-39'))
    const once = await read(paths)
    const again = await convertClaudeCode(
      [...paths].reverse().map((name) => ({ name, content: createReadStream(name, { highWaterMark: 777 }) })),
    )
    const byId = (runs: readonly AgentRun[]): string[] => runs.map((run) => JSON.stringify(run)).sort()
    expect(byId(again.runs)).toEqual(byId(once.runs))
  })

  it('short.jsonl: two refusals by the user end the turn', async () => {
    const { runs } = await read([join(samples, 'v2.1.38-39', 'short.jsonl')])
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ status: 'cancelled', permissions: { approval_mode: 'bypassPermissions' } })
    expect(runs[0]?.approvals?.map(({ event, actor, basis }) => [event, actor?.kind, basis])).toEqual([
      ['denied', 'human', 'inferred'],
      ['denied', 'human', 'inferred'],
    ])
    for (const step of runs[0]?.steps.filter(({ status }) => status === 'denied') ?? []) {
      expect(step.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
    }
  })

  it('ae4a77f8: a sub-agent is a child run, the compaction between the turns a run of its own', async () => {
    const folder = join(samples, 'v2.1.38-39')
    const { runs } = await read(filesIn(folder).filter((path) => path.includes('ae4a77f8')))
    expect(runs.map(({ agent_id, trigger, status }) => [agent_id, trigger, status])).toEqual([
      ['claude-code', 'manual', 'completed'],
      ['general-purpose', 'agent', 'completed'],
      ['claude-code', 'manual', 'completed'],
      ['claude-code', 'manual', 'completed'],
    ])
    const [parent, child, compaction] = runs
    expect(child?.parent_run_id).toBe(parent?.id)
    expect(child?.turn_id).toBe(parent?.turn_id)
    expect(parent?.steps.filter(({ child_run_id }) => child_run_id === child?.id).map(({ type }) => type)).toEqual([
      'handoff',
      'handoff_result',
    ])
    expect(compaction?.steps.map(({ type }) => type).sort()).toEqual(['compaction', 'model_call'])
    expect(compaction?.cost.input_tokens).toBe(139_534)
  })
})

describe.skipIf(!python)('a session with a log of its hooks', () => {
  it('has as many questions, approvals and refusals as the independent counter finds', async () => {
    const source = transcript().prompt('Go', { permissionMode: 'default' })
    const hooks: Record<string, unknown>[] = []
    const refusal = "The user doesn't want to proceed with this tool use."
    for (let call = 0; call < 60; call++) {
      const [id, input] = [`toolu_${call}`, { command: `make ${call % 7}`, naïve: '日本' }]
      const [isAsked, isRefused] = [call % 3 !== 0, call % 4 === 1]
      const hook = (hook_event_name: string, members: object): void => {
        const session_id = '11111111-2222-4333-8444-555555555555'
        hooks.push({
          at: `2026-11-20T14:00:00.${100 + hooks.length}Z`,
          hook_event_name,
          session_id,
          tool_name: 'Bash',
          ...members,
        })
      }
      source.use(`msg_${call}`, id, 'Bash', input)
      hook('PreToolUse', { tool_use_id: id, tool_input: input })
      if (isAsked) hook('PermissionRequest', { tool_input: input })
      if (!isRefused && call % 5 !== 2) hook(call % 2 ? 'PostToolUse' : 'PostToolUseFailure', { tool_use_id: id })
      source.result(id, isRefused ? refusal : 'done', {}, { is_error: isRefused })
      if (isRefused) hook('PostToolUse', { tool_use_id: id })
    }
    source.use('msg_plan', 'toolu_plan', 'ExitPlanMode', { plan: 'x' })
    source.result('toolu_plan', 'User has approved your plan. You can now start coding.').say('msg_end', 'Done')
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-claude-'))
    const files = {
      'session.jsonl': source.text(),
      'hooks.jsonl': hooks.map((line) => `${JSON.stringify(line)}\n`).join(''),
    }
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    })
    const counted: unknown = JSON.parse(execFileSync(python ?? '', [counter, ...paths], { encoding: 'utf8' }))
    const conversion = await read(paths)
    expect(countOf(conversion)).toEqual(counted)
    expect(countOf(conversion).approvals).toBeGreaterThan(20)
  })
})
