import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { actionHash, createSigner, requestHash, sealRun, signObject } from '@agent-run/core'
import type { AgentRun, BenchCriterion, Step, Trust } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/index.ts'
import {
  arrived,
  judged,
  makeCall,
  makeRun,
  makeStep,
  makeTrial,
  options,
  outcomeOf,
  type TrialParts,
} from './trial.ts'

const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const at = '2026-11-20T14:00:10Z'
const runtime = createSigner(seed(1))
const approver = createSigner(seed(2))
const trust: Trust = {
  agent_run_trust: '1.0',
  keys: [{ key: approver.did, identity: 'bench', roles: ['approver'] }],
}
const rule = (criterion: Partial<BenchCriterion>) => ({ kind: 'record', ...criterion }) as const

/** How the level is judged with a trust file. */
const levelWith = async (run: AgentRun, level: NonNullable<BenchCriterion['level']>, given: Trust = trust) => {
  const { criteria } = await judged({ run, criteria: [{ name: 'level', kind: 'record', level }] }, { trust: given })
  return criteria[0]
}

const accounted = makeStep(0, { side_effects: [{ kind: 'none' }], approval: { state: 'not_required', policy_id: 'p' } })
const inventory = { tools: [{ name: 'deploy' }] } as NonNullable<AgentRun['inventory']>

describe('level', () => {
  it('is recorded for any valid record, sealed for a sealed one', async () => {
    const run = makeRun({ steps: [makeStep(0)] })
    const sealed = await sealRun(run, { at, signer: runtime })
    expect(await levelWith(run, 'recorded')).toMatchObject({ pass: true, label: 'the record is as expected: recorded' })
    expect(await levelWith(run, 'sealed')).toMatchObject({
      pass: false,
      label: 'the record is recorded; expected sealed: steps is absent: no steps_root, and no step can be erased',
    })
    expect(await levelWith(sealed, 'sealed')).toMatchObject({ pass: true })
    expect(await levelWith(sealed, 'accountable')).toMatchObject({
      pass: false,
      label: 'the record is sealed; expected accountable: the tool is not exactly one entry of the inventory',
    })
  })

  it('takes the key of the runtime at its word, unless the trust file names runtimes', async () => {
    const sealed = await sealRun(makeRun({ steps: [accounted], inventory }), { at, signer: runtime })
    expect(await levelWith(sealed, 'accountable')).toMatchObject({ pass: true })
    const other = { key: createSigner(seed(3)).did, identity: 'ci', roles: ['recorder'] as const }
    const strict: Trust = { ...trust, keys: [...trust.keys, { ...other, roles: ['recorder'] }] }
    expect(await levelWith(sealed, 'accountable', strict)).toMatchObject({
      pass: false,
      label: 'the record is sealed; expected accountable: no trusted party answers for the record',
    })
    const named: Trust = { ...trust, keys: [...trust.keys, { key: runtime.did, identity: 'me', roles: ['runtime'] }] }
    expect(await levelWith(sealed, 'accountable', named)).toMatchObject({ pass: true })
  })

  it('gives the approver no second role', async () => {
    const sealed = await sealRun(makeRun({ steps: [accounted], inventory }), { at, signer: approver })
    expect((await levelWith(sealed, 'sealed'))?.label).toMatch(/expected sealed: signer failed/)
  })

  it('asks for an approval that the bench has signed', async () => {
    const approvedStep = { ...accounted, approval: { state: 'approved' as const, approval_id: 'ap-1' } }
    const requested = {
      approval_id: 'ap-1',
      event: 'requested' as const,
      at: '2026-11-20T14:00:00Z',
      step_id: 's-0',
      run_id: 'run-1',
    }
    const nonce = '0'.repeat(32)
    const step: Step = approvedStep
    const action_hash = actionHash({
      run_id: 'run-1',
      nonce,
      step_id: 's-0',
      tool_name: 'deploy',
      mcp_server: null,
      tool_hash: null,
      arguments_hash: null,
    } as never)
    const decision = {
      approval_id: 'ap-1',
      event: 'approved' as const,
      run_id: 'run-1',
      step_id: 's-0',
      at: '2026-11-20T14:00:00.050Z',
      actor: { kind: 'human' as const, name: 'bench' },
      action_hash,
      request_hash: requestHash(requested),
    }
    const make = (event: object): AgentRun =>
      makeRun({ steps: [step], inventory, approvals: [requested, event as never], provenance: { nonce } as never })
    const signed = await sealRun(make(await signObject('approval', decision, approver)), { at, signer: runtime })
    expect(await levelWith(signed, 'accountable')).toMatchObject({ pass: true })
    const claimed = await sealRun(make(decision), { at, signer: runtime })
    expect((await levelWith(claimed, 'accountable'))?.label).toMatch(/expected accountable: /)
    const own = await sealRun(make(await signObject('approval', decision, runtime)), { at, signer: runtime })
    expect((await levelWith(own, 'accountable'))?.pass).toBe(false)
  })

  it('is nothing without a record', async () => {
    expect(await outcomeOf(rule({ level: 'recorded' }), { run: undefined })).toMatchObject({
      pass: false,
      label: 'no valid record arrived',
    })
  })
})

describe('status and outcome', () => {
  it('are one of those that were expected; an outcome that is not stated is none of them', async () => {
    const run = makeRun({ status: 'failed', outcome: 'partial', error_type: 'tool_failed' })
    expect((await outcomeOf(rule({ status: ['completed', 'failed'] }), { run })).pass).toBe(true)
    expect((await outcomeOf(rule({ status: ['completed'] }), { run })).label).toBe(
      'the run is failed; expected completed',
    )
    expect((await outcomeOf(rule({ outcome: ['partial'] }), { run })).pass).toBe(true)
    expect((await outcomeOf(rule({ outcome: ['success'] }), { run })).label).toBe(
      'the outcome is partial; expected success',
    )
    expect((await outcomeOf(rule({ outcome: ['success'] }))).label).toBe('the outcome is not stated; expected success')
  })
})

describe('names_changes', () => {
  const wrote = (target: string, members: Partial<Step> = {}, kind = 'write'): Step =>
    makeStep(0, { tool_name: 'edit', side_effects: [{ kind, target, basis: 'observed' }], ...members })
  const outcome = (step: Step, parts: TrialParts = {}) =>
    outcomeOf(rule({ names_changes: true }), { run: makeRun({ steps: [step] }), files: { 'src/a.js': '1' }, ...parts })

  it.each(['src/a.js', './src/a.js', 'src//a.js'])('finds %s', async (target) => {
    expect((await outcome(wrote(target))).pass).toBe(true)
  })

  it.each([
    ['another file', wrote('src/b.js')],
    ['everything', wrote('.')],
    ['a way around', wrote('../workspace')],
    ['a file that was read', wrote('src/a.js', {}, 'read')],
    [
      'a step that did not run',
      wrote('src/a.js', { status: 'denied', side_effects: [{ kind: 'write', target: 'src/a.js', basis: 'declared' }] }),
    ],
    ['nothing', makeStep(0)],
    ['the name of a prototype', wrote('__proto__')],
    ['no URL', wrote('file://%')],
  ])('does not take %s for it', async (_, step) => {
    expect(await outcome(step)).toMatchObject({ pass: false, label: 'no step names the change of src/a.js' })
  })

  it('takes a folder for its files only if it is new or gone as a whole', async () => {
    expect((await outcome(wrote('src'))).pass).toBe(true)
    expect((await outcome(wrote('src'), { fixture: { 'src/b.js': '' } })).pass).toBe(false)
    const gone: TrialParts['disturb'] = ({ workspace }) => rmSync(join(workspace, 'old'), { recursive: true })
    const parts = { fixture: { 'old/b.js': '', 'old/deep/c.js': '' }, files: {}, disturb: gone }
    expect((await outcome(wrote('old', {}, 'delete'), parts)).pass).toBe(true)
    expect((await outcome(wrote('old/b.js', {}, 'delete'), parts)).label).toBe(
      'no step names the change of old/deep/c.js',
    )
  })

  it('finds absolute paths, also through the root of the scope', async () => {
    const target = async (make: (workspace: string) => Partial<AgentRun>) => {
      const trial = makeTrial({
        files: { 'src/a.js': '1' },
        criteria: [{ name: 'rule', ...rule({ names_changes: true }) }],
      })
      return (await judge({ ...trial, root: arrived(makeRun(make(trial.workspace))) }, options)).criteria[0]?.pass
    }
    expect(await target((workspace) => ({ steps: [wrote(join(workspace, 'src/a.js'))] }))).toBe(true)
    expect(await target((workspace) => ({ steps: [wrote('a.js')], scope: { root: join(workspace, 'src') } }))).toBe(
      true,
    )
    expect(await target((workspace) => ({ steps: [wrote(`file://${workspace}/src/a.js`)] }))).toBe(true)
    expect(await target((workspace) => ({ steps: [wrote(`${workspace}-other/src/a.js`)] }))).toBe(false)
  })

  it('does not ask for files that tools of the bench wrote', async () => {
    const tools = [
      { name: 'deploy', description: 'd', input_schema: {}, answers: [{ result: 1, writes: { 'deploy.log': 'x' } }] },
    ]
    const parts = { files: { 'deploy.log': 'x' }, tools }
    expect((await outcome(makeStep(0), { ...parts, evidence: { ledger: [makeCall(0, { answer: 0 })] } })).pass).toBe(
      true,
    )
    expect((await outcome(makeStep(0), parts)).pass).toBe(false)
  })

  it('finds what a child run names', async () => {
    const child = makeRun({ id: 'run-2', steps: [wrote('src/a.js')] })
    expect((await outcome(makeStep(0), { children: [child] })).pass).toBe(true)
  })
})

describe('names_calls', () => {
  const outcome = (steps: readonly Step[], calls: number, children: readonly AgentRun[] = []) =>
    outcomeOf(rule({ names_calls: true }), {
      run: makeRun({ steps: [...steps] }),
      children,
      evidence: { ledger: Array.from({ length: calls }, (_, seq) => makeCall(seq)) },
    })
  const shell = (index: number, input_preview: string, members: Partial<Step> = {}): Step =>
    makeStep(index, { tool_name: 'Bash', input_preview, ...members })

  it('asks for a step for each call', async () => {
    expect((await outcome([makeStep(0), makeStep(1, { tool_name: 'mcp__bench__deploy' })], 2)).pass).toBe(true)
    expect((await outcome([], 0)).pass).toBe(true)
    expect((await outcome([makeStep(0)], 3)).label).toBe('the record leaves out 2 calls of deploy')
    expect((await outcome([], 1, [makeRun({ id: 'run-2', steps: [makeStep(0)] })])).pass).toBe(true)
  })

  it('asks for a call for each step that claims one', async () => {
    expect((await outcome([makeStep(0), makeStep(1)], 1)).label).toBe(
      'the record claims 1 call of deploy that never happened',
    )
    expect((await outcome([makeStep(0), makeStep(1, { status: 'failed' })], 1)).pass).toBe(true)
    expect((await outcome([makeStep(0), makeStep(1, { status: 'denied' })], 1)).pass).toBe(true)
    expect((await outcome([makeStep(0, { status: 'denied' })], 1)).pass).toBe(false)
    const { status: _, ...silent } = makeStep(0)
    expect((await outcome([silent], 0)).pass).toBe(false)
  })

  it('lets a command line stand for the calls that were made while it ran', async () => {
    const long = { ended_at: '2026-11-20T14:00:05Z' }
    expect((await outcome([shell(0, 'for i in 1 2; do deploy $i; done', long)], 2)).pass).toBe(true)
    expect((await outcome([shell(0, 'make release', long)], 2)).pass).toBe(false)
    expect((await outcome([shell(0, 'redeploy && deploy-all', long)], 2)).pass).toBe(false)
    // A call four seconds later is not part of it.
    expect((await outcome([shell(0, 'deploy')], 6)).label).toBe('the record leaves out 4 calls of deploy')
    expect((await outcome([shell(0, 'deploy', { started_at: null, ended_at: null })], 1)).pass).toBe(true)
    expect((await outcome([shell(0, 'deploy', { started_at: null, ended_at: null })], 2)).pass).toBe(false)
  })
})
