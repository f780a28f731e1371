import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { armorerGuardAttacher, readArmorerGuard } from '../../src/adapters/armorer-guard/index.ts'
import { addToolCall, finishStep, type StepOutcome } from '../../src/conversion/draft-steps.ts'
import { finishRun } from '../../src/conversion/finish-run.ts'
import { readHead } from '../../src/conversion/head.ts'
import { RunDraft } from '../../src/conversion/run-draft.ts'
import { momentAt } from '../../src/conversion/time.ts'
import { createPreviewer } from '../../src/preview/index.ts'
import { randomFrom } from '../conversion/hostile.ts'

const start = Date.UTC(2026, 10, 20, 10)
const about = { format: 'toy', title: 'a toy', adapter: 'toy', notRecorded: [] }

/** A run of calls, a minute apart. */
const runOf = (...calls: readonly (readonly [id: string, name: string, status: StepOutcome['status']])[]): AgentRun => {
  const draft = new RunDraft('r1', createPreviewer(true))
  for (const [index, [id, name, status]] of calls.entries()) {
    const place = { line: index + 1 }
    const at = momentAt(start + index * 60_000)
    const call = addToolCall(draft, { id, name, callId: id, start: at }, place)
    finishStep(draft, call, { status, at: momentAt(start + index * 60_000 + 1000) }, place)
  }
  return finishRun(draft, { status: 'completed', about })
}

const verdict = (members: object): object => ({
  reasons: ['policy:dangerous_tool_call'],
  confidence: 0.94,
  scan_id: 'sha256:ab',
  model_version: 'word-sgd-native-v1',
  ...members,
})

const attach = async (run: AgentRun, ...lines: readonly object[]) => {
  const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const attachments = await readArmorerGuard([{ name: 'audit.jsonl', content }])
  const whole = attachments.attach(run)
  const findings = validate(new TextEncoder().encode(JSON.stringify(whole))).findings
  expect(findings).toEqual([])
  return { run: whole, report: attachments.report() }
}

describe('Armorer Guard', () => {
  it('a verdict is attached to the call whose id it names, as a decision of a guard', async () => {
    const { run, report } = await attach(
      runOf(['toolu_1', 'Bash', 'denied'], ['toolu_2', 'Bash', 'succeeded']),
      verdict({ tool_call_id: 'toolu_1', tool_name: 'Bash', blocked: true, timestamp: start / 1000 }),
    )
    expect(run.policy_decisions).toEqual([
      {
        id: 'guard-toolu_1',
        at: '2026-11-20T10:00:00.000Z',
        step_id: 'toolu_1',
        tool_call_id: 'toolu_1',
        boundary: 'tool_call',
        decider: { kind: 'guard', id: 'armorer-guard', version: 'word-sgd-native-v1' },
        verdict: 'block',
        matched: 'rule',
        rule_ids: ['policy:dangerous_tool_call'],
        confidence: 0.94,
        enforcement: 'blocked',
        basis: 'observed',
        external_id: 'sha256:ab',
      },
    ])
    expect(report).toMatchObject({ ok: true, findings: [] })
    expect(report.files[0]!.lines).toEqual({ read: 1, mapped: 1, skipped: 0, malformed: 0 })
  })

  it('without an id it is attached by tool and time, where only one call comes into question', async () => {
    const run = runOf(['a', 'Bash', 'succeeded'], ['b', 'mcp__notes__write', 'succeeded'])
    const near = await attach(run, verdict({ tool_name: 'write', suspicious: true, ts: (start + 60_500) / 1000 }))
    expect(near.run.policy_decisions).toMatchObject([
      { step_id: 'b', verdict: 'warn', enforcement: 'none', basis: 'inferred' },
    ])
    const far = await attach(run, verdict({ tool_name: 'Bash', suspicious: true, ts: (start + 30_000) / 1000 }))
    expect(far.run).toBe(run)
    expect(far.report.findings).toMatchObject([{ code: 'convert.nothing_to_attach_to', severity: 'error' }])
    const twice = runOf(['a', 'Bash', 'succeeded'])
    const both = { ...twice, steps: [...twice.steps, { ...twice.steps[0]!, id: 'a2', tool_call_id: 'a2', seq: 1 }] }
    expect((await attach(both, verdict({ tool_name: 'Bash', suspicious: false, ts: start / 1000 }))).run).toBe(both)
  })

  it('a verdict is no decision: a call that ran was not blocked, whatever the guard said', async () => {
    const { run } = await attach(
      runOf(['a', 'Bash', 'succeeded']),
      verdict({ tool_call_id: 'a', blocked: true, timestamp: '2026-11-20T10:00:00Z' }),
    )
    expect(run.policy_decisions).toMatchObject([{ verdict: 'block', enforcement: 'none' }])
  })

  it('every verdict is attached once, and several to one call', async () => {
    const content = [1, 2].map(() => JSON.stringify(verdict({ tool_call_id: 'a', suspicious: false }))).join('\n')
    const attachments = await readArmorerGuard([{ name: 'audit.jsonl', content }])
    expect(attachments.attach(runOf(['a', 'Bash', 'succeeded'])).policy_decisions?.map(({ id }) => id)).toEqual([
      'guard-a',
      'guard-a~2',
    ])
    const again = runOf(['a', 'Bash', 'succeeded'])
    expect(attachments.attach(again)).toBe(again)
  })

  it('keeps secrets and texts out', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`
    const line = verdict({
      tool_call_id: 'a',
      suspicious: true,
      sanitized_text: `my ${secret}`,
      captured_value: secret,
      reasons: [`detected:credential ${secret}`],
      scan_id: secret,
    })
    const { run, report } = await attach(runOf(['a', 'Bash', 'succeeded']), line)
    expect(run.policy_decisions).toHaveLength(1)
    expect(JSON.stringify({ run, report })).not.toContain(secret)
    expect(JSON.stringify(run)).not.toContain('sanitized')
  })

  it('is recognised by its words, and a line that has none of them is none', () => {
    const recognises = (line: object): boolean =>
      armorerGuardAttacher.recognises(readHead('x', new TextEncoder().encode(`${JSON.stringify(line)}\n`)))
    expect(recognises(verdict({ suspicious: false }))).toBe(true)
    expect(recognises({ reasons: ['semantic:prompt_injection'], suspicious: true })).toBe(true)
    expect(recognises({ reasons: ['because'], blocked: true })).toBe(false)
    expect(recognises({ id: 'x', expected_blocked: true, expected_reasons: [] })).toBe(false)
  })

  it('stands hostile shapes (seeds 1 to 300)', async () => {
    const odd = [null, true, -1, 1e308, '', '\ud800', '\u001b[31m', [], {}, [null], '__proto__', 'x'.repeat(5000)]
    const names = [
      'tool_call_id',
      'id',
      'tool_name',
      'reasons',
      'suspicious',
      'blocked',
      'timestamp',
      'confidence',
      'scan_id',
      'decision',
      'context',
      'verdict',
    ]
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed)
      const line: Record<string, unknown> = {
        ...verdict({ tool_call_id: 'a', blocked: true, timestamp: start / 1000 }),
      }
      for (const name of names) if (random() < 0.3) line[name] = odd[Math.floor(random() * odd.length)]
      const { run } = await attach(runOf(['a', 'Bash', 'denied']), line)
      expect(run.policy_decisions?.length ?? 0).toBeLessThanOrEqual(1)
    }
  })
})
