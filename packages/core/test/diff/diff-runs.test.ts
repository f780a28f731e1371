import { readFileSync } from 'node:fs'
import type { AgentRun, Step } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffRuns } from '../../src/diff/index.ts'
import { isTalk } from '../../src/diff/step-view.ts'
import { anyRun, run, step } from '../query/runs.ts'

const full = JSON.parse(
  readFileSync(new URL('../../../../examples/records/full.json', import.meta.url), 'utf8'),
) as AgentRun

/** The same run, done again: other ids, other times, other words. */
const again = (given: AgentRun): AgentRun => {
  const renamed = (id: string | undefined): string | undefined => id && `again-${id}`
  const steps = given.steps.map((each) => ({
    ...each,
    id: `again-${each.id}`,
    started_at: each.started_at?.replace('2026-11-20', '2026-11-21') ?? null,
    ...(each.output_preview ? { output_preview: `${each.output_preview} again` } : {}),
    ...(each.tool_call_id ? { tool_call_id: `again-${each.tool_call_id}` } : {}),
    ...(each.parent_step_id ? { parent_step_id: renamed(each.parent_step_id) } : {}),
  })) as Step[]
  return { ...given, id: `again-${given.id}`, started_at: '2026-11-21T14:00:00Z', steps }
}

describe('diffRuns', () => {
  it('finds no difference between a run and itself, nor between a run and the same work done again', () => {
    fc.assert(
      fc.property(anyRun, (given) => {
        const diff = diffRuns(given, given)
        expect(diff).toMatchObject({ same: true, configuration: [], steps: [], results: [], effects: [], cost: [] })
        expect(diff.suppressed).toEqual([])
        expect(diff).not.toHaveProperty('divergence')
        expect(diffRuns(given, again(given)).same).toBe(true)
      }),
    )
    expect(diffRuns(full, full).same).toBe(true)
    const diff = diffRuns(full, again(full))
    expect(diff.steps).toEqual([])
    expect(diff.suppressed.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['identifiers', 'times', 'texts']),
    )
  })

  it('accounts for every step that is compared, on both sides', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (before, after) => {
        const { counts, steps, divergence, alignment } = diffRuns(before, after)
        const compared = ({ steps: all }: AgentRun): number => all.filter((each) => !isTalk(each)).length
        expect(counts.same + counts.changed + counts.removed).toBe(compared(before))
        expect(counts.same + counts.changed + counts.added).toBe(compared(after))
        expect(steps.length).toBe(counts.changed + counts.added + counts.removed)
        expect(divergence === undefined).toBe(steps.length === 0)
        expect(alignment).toBe('exact')
        for (const side of ['before', 'after'] as const) {
          const indexes = steps.flatMap((each) => each[side]?.index ?? [])
          expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
          expect(new Set(indexes).size).toBe(indexes.length)
        }
      }),
    )
  })

  it('says the same from the other side, with the sides changed', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (before, after) => {
        const [there, back] = [diffRuns(before, after), diffRuns(after, before)]
        expect(there.same).toBe(back.same)
        const turned = (
          list: readonly { change: string; name: string; subject?: string; before?: string; after?: string }[],
        ) =>
          list
            .map(({ change, name, subject, before: old, after: fresh }) =>
              JSON.stringify([{ added: 'removed', removed: 'added' }[change] ?? change, name, subject, fresh, old]),
            )
            .sort()
        const plain = (
          list: readonly { change: string; name: string; subject?: string; before?: string; after?: string }[],
        ) =>
          list
            .map(({ change, name, subject, before: old, after: fresh }) =>
              JSON.stringify([change, name, subject, old, fresh]),
            )
            .sort()
        for (const part of ['configuration', 'results', 'effects'] as const)
          expect(turned(back[part]), part).toEqual(plain(there[part]))
      }),
    )
  })

  it('applied to one run gives the configuration of the other', () => {
    const settings = (given: AgentRun): string[] =>
      diffRuns(run({ agent_id: 'nobody' }), given).configuration.flatMap(({ name, subject, after }) =>
        after === undefined && subject === undefined ? [] : [JSON.stringify([name, subject, after])],
      )
    fc.assert(
      fc.property(anyRun, anyRun, (before, after) => {
        const state = new Set(settings(before))
        for (const { name, subject, before: old, after: fresh, change } of diffRuns(before, after).configuration) {
          if (change !== 'added') state.delete(JSON.stringify([name, subject, old]))
          if (change !== 'removed') state.add(JSON.stringify([name, subject, fresh]))
        }
        expect([...state].sort()).toEqual(settings(after).sort())
      }),
    )
  })

  it('tells configuration apart, in the order in which it explains', () => {
    const before = run({
      model: 'small',
      prompt_version: 'p@1',
      model_config: { temperature: 0.2 },
      tools_available: ['Bash', 'Edit', 'Read'],
      inventory: {
        tools: [{ name: 'Bash', schema_hash: `sha256:${'a'.repeat(64)}` }],
        mcp_servers: [{ name: 'github', version: '1.4.0' }],
      },
      policies: [{ id: 'repo-write', version: '3' }],
      permissions: { approval_mode: 'ask', granted: ['read'], limits: { max_steps: 10 } },
      sandbox: { kind: 'container', network: 'none' },
      scope: { repository: 'r', dirty: false },
    })
    const after = run({
      model: 'large',
      prompt_version: 'p@2',
      model_config: { temperature: 0.7 },
      tools_available: ['Bash', 'Read'],
      inventory: {
        tools: [{ name: 'Bash', schema_hash: `sha256:${'b'.repeat(64)}` }],
        mcp_servers: [{ name: 'github', version: '1.5.0' }, { name: 'files' }],
      },
      policies: [{ id: 'repo-write', version: '4' }],
      permissions: { approval_mode: 'ask', granted: ['read', 'write'], limits: { max_steps: 20 } },
      sandbox: { kind: 'container', network: 'full' },
      scope: { repository: 'r', dirty: true },
    })
    const { configuration, same, steps } = diffRuns(before, after)
    expect(same).toBe(false)
    expect(steps).toEqual([])
    expect(configuration.map(({ change, name, subject }) => [change, name, subject].filter(Boolean).join(' '))).toEqual(
      [
        'changed model',
        'changed model_config.temperature',
        'changed prompt_version',
        'changed tool Bash',
        'removed tool Edit',
        'changed mcp_server github',
        'added mcp_server files',
        'changed policy repo-write',
        'added permissions.granted write',
        'changed permissions.limits.max_steps',
        'changed sandbox.network',
        'changed scope.dirty',
      ],
    )
  })

  it('names the first step that differs, and what the other run did there', () => {
    const command = (id: string, target: string, more: Partial<Step> = {}): Step =>
      step({ id, side_effects: [{ kind: 'exec', target_kind: 'command', target }], ...more })
    const call = (id: string): Step => step({ id, type: 'model_call', tool_name: null })
    const before = run({ steps: [call('m1'), command('s1', 'npm test'), call('m2'), command('s2', 'npm publish')] })
    const failed = command('s1', 'npm test', { status: 'failed', exit_code: 1 })
    const worse = diffRuns(before, run({ steps: [call('m1'), failed] }))
    expect(worse.divergence).toMatchObject({
      change: 'changed',
      before: { index: 1, status: 'succeeded', about: 'npm test' },
      after: { index: 1, status: 'failed' },
      differences: [
        { name: 'status', before: 'succeeded', after: 'failed' },
        { name: 'exit_code', after: '1' },
      ],
    })
    expect(worse.counts).toEqual({ same: 1, changed: 1, added: 0, removed: 2 })
    // One request to a model more is no parting of the ways.
    const longer = diffRuns(before, run({ steps: [call('m0'), ...before.steps, command('s3', 'git push')] }))
    expect(longer.divergence).toMatchObject({ change: 'added', after: { about: 'git push' } })
    expect(longer.divergence).not.toHaveProperty('before')
  })

  it('takes no offence at the place a run was in, nor at a longer name of its model', () => {
    const at = (root: string, model: string): AgentRun =>
      run({
        model: 'sonnet',
        scope: { root },
        steps: [
          step({ id: 'm', type: 'model_call', model }),
          step({ tool_name: 'Read', input_preview: `{"path":"${root}/src/a.ts"}` }),
        ],
      })
    expect(diffRuns(at('/one', 'sonnet'), at('/two', 'sonnet-20260101')).steps).toEqual([])
    expect(diffRuns(at('/one', 'sonnet'), at('/one', 'haiku')).steps).toMatchObject([
      { differences: [{ name: 'model', before: 'sonnet', after: 'haiku' }] },
    ])
  })

  it('does not take what was erased for a difference', () => {
    const private_hash = `sha256:${'a'.repeat(64)}`
    const whole = run({ steps: [step({ private_hash, salt: 'b'.repeat(64), input_preview: 'secret' })] })
    const erased = run({ steps: [step({ private_hash })] })
    const diff = diffRuns(whole, erased)
    expect(diff.steps).toEqual([])
    expect(JSON.stringify(diff)).not.toContain('secret')
    expect(diff.suppressed).toContainEqual({ reason: 'erased', count: 1, first: 0 })
  })

  it('lists effects that only one run had, and what both left otherwise', () => {
    const wrote = (target: string, digit?: string): Step =>
      step({
        id: target,
        side_effects: [
          {
            kind: 'write',
            target_kind: 'file',
            target,
            ...(digit ? { after_digest: `sha256:${digit.repeat(64)}` } : {}),
          },
          { kind: 'read', target_kind: 'file', target: `${target}-${digit}` },
        ],
      })
    const before = run({ steps: [wrote('same', 'a'), wrote('other', 'a'), wrote('unknown'), wrote('gone', 'a')] })
    const after = run({ steps: [wrote('same', 'a'), wrote('other', 'b'), wrote('unknown', 'b'), wrote('new', 'a')] })
    const { effects, suppressed } = diffRuns(before, after)
    expect(effects.map(({ change, name, subject }) => `${change} ${name} ${subject}`)).toEqual([
      'changed write other',
      'removed write gone',
      'added write new',
    ])
    expect(suppressed).toContainEqual({ reason: 'reads', count: 6 })
  })

  it('tells unknown from nothing in what it took', () => {
    const { cost } = diffRuns(
      run({ cost: { input_tokens: null, output_tokens: 2 } }),
      run({ cost: { input_tokens: 5, output_tokens: 2, cost_usd: 0 } }),
    )
    expect(cost).toEqual([
      { name: 'cost_usd', after: 0 },
      { name: 'input_tokens', before: null, after: 5 },
    ])
  })

  it('counts what a list does not hold', () => {
    const many = run({ steps: Array.from({ length: 50 }, (_, i) => step({ id: `s${i}`, tool_name: `tool-${i}` })) })
    const diff = diffRuns(run(), many, { limit: 10 })
    expect(diff.steps).toHaveLength(10)
    expect(diff.suppressed).toContainEqual({ reason: 'limit', count: 40 })
    expect(diff.counts.added).toBe(50)
    expect(diff.same).toBe(false)
  })

  it('compares 20,000 steps with 20,000 others, and says when it took a shorter way', () => {
    const steps = (prefix: string, from: number): Step[] =>
      Array.from({ length: 20_000 }, (_, i) => step({ id: `${prefix}${i}`, input_preview: `${prefix} ${i + from}` }))
    const different = diffRuns(run({ steps: steps('a', 0) }), run({ steps: steps('b', 0) }))
    expect(different.counts).toMatchObject({ same: 0, changed: 20_000 })
    expect(different.alignment).toBe('bounded')
    const moved = diffRuns(run({ steps: steps('a', 0) }), run({ steps: steps('a', 1) }))
    expect(moved.counts).toEqual({ same: 19_999, changed: 0, added: 1, removed: 1 })
    expect(moved.alignment).toBe('exact')
  })

  it('cuts what is very long, and keeps whole characters', () => {
    const long = (letter: string): AgentRun =>
      run({ model: letter.repeat(5000), input_preview: '\u{1f600}'.repeat(3000) + letter })
    const [model, input] = diffRuns(long('a'), long('b')).configuration
    expect(model?.before).toMatch(/^a{999}…$/)
    expect(input?.after?.isWellFormed()).toBe(true)
  })
})
