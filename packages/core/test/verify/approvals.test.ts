import type { ApprovalEvent, Step, Trust } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { argumentsHash } from '../../src/hash/index.ts'
import { erase, protectObject, signObject } from '../../src/seal/index.ts'
import { verify } from '../../src/verify/index.ts'
import { person, step as plainStep, runtime, signAnyway, stranger } from '../seal/records.ts'
import {
  actionOf,
  check,
  checkScene,
  colleague,
  decision,
  good,
  grant,
  keyOf,
  NOW,
  recordOf,
  request,
  type Scene,
  step,
  trust,
  trustOf,
} from './approval-scene.ts'

describe('approvals that hold', () => {
  it("a person's, of exactly this call", async () => {
    const result = await checkScene(await good())
    expect(result).toMatchObject({ result: 'pass', compared: 1 })
  })

  it('of arguments that the person changed', async () => {
    const before = step('s-1', { arguments_hash: argumentsHash({ host: 'all' }, null) })
    const after = step('s-1', { arguments_hash: argumentsHash({ host: 'one' }, null) })
    const asked = request()
    const modified = decision(asked, before, { modified_action_hash: actionOf(after) })
    const approvals = [asked, await signObject('approval', modified, person)]
    expect(await checkScene({ steps: [after], approvals })).toMatchObject({ result: 'pass' })
    expect(await checkScene({ steps: [before], approvals })).toMatchObject({
      code: 'approvals.action',
      path: '/approvals/1/modified_action_hash',
    })
  })

  it('with a part erased later', async () => {
    const asked = protectObject('approval', request({ reason: 'to production' }))
    const decided = protectObject('approval', decision(asked, step('s-1'), { reason: 'ok for beta' }))
    const approvals = [asked, await signObject('approval', decided, person)]
    const whole = await recordOf({ steps: [step('s-1')], approvals })
    const { run } = erase(whole, ['/approvals/0', '/approvals/1'])
    expect(JSON.stringify(run)).not.toContain('ok for beta')
    expect(check(run)).toMatchObject({ result: 'pass', compared: 1 })
  })

  it.each(['session', 'always'] as const)('a grant for the %s, used again', async (scope) => {
    const granted = await good({ decided: { grant: grant({ scope, session_id: 'session-1' }) } })
    const later = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    const scene = { ...granted, steps: [...granted.steps, later], members: { session_id: 'session-1' } }
    expect(await checkScene(scene)).toMatchObject({ result: 'pass' })
  })

  it('a grant that was given in another run, copied as it was signed', async () => {
    const copied = await signAnyway(
      'approval',
      decision(request(), step('s-0'), { run_id: 'run_0', grant: grant() }),
      person,
    )
    const later = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    expect(await checkScene({ steps: [later], approvals: [copied] })).toMatchObject({ result: 'pass', compared: 1 })
  })

  it('denied, signed, and not done', async () => {
    const { approvals } = await good({ decided: { event: 'denied' } })
    const denied = step('s-1', {
      status: 'denied',
      approval: { state: 'denied', approval_id: 'ap-1' },
      side_effects: [],
    })
    expect(await checkScene({ steps: [denied], approvals })).toMatchObject({ result: 'pass', compared: 1 })
  })

  it('revoked after the step had begun', async () => {
    const scene = await good()
    const revoked: ApprovalEvent = { approval_id: 'ap-1', event: 'revoked', at: '2026-11-20T14:08:21Z' }
    expect(await checkScene({ ...scene, approvals: [...scene.approvals, revoked] })).toMatchObject({ result: 'pass' })
  })

  it('nothing to approve is absent, not passed', async () => {
    const free = plainStep('s-1', { approval: { state: 'not_required', policy_id: 'p' } })
    expect(await checkScene({ steps: [free], approvals: [] })).toMatchObject({ result: 'absent', compared: 0 })
    expect(await checkScene({ steps: [free], approvals: [request()] })).toMatchObject({ result: 'absent' })
  })
})

describe('approvals that are only claimed', () => {
  const claimed = { result: 'unknown', code: 'approvals.claimed', path: '/steps/0/approval' }

  it('not signed', async () => {
    const asked = request()
    const approvals = [asked, decision(asked, step('s-1'))]
    expect(await checkScene({ steps: [step('s-1')], approvals })).toMatchObject(claimed)
  })

  it('no event at all', async () => {
    const bare = step('s-1', { approval: { state: 'approved' } })
    expect(await checkScene({ steps: [bare], approvals: [] })).toMatchObject(claimed)
  })

  it('no trust file', async () => {
    const run = await recordOf(await good())
    const verdict = verify(run, { now: NOW })
    expect(verdict.checks.find(({ check }) => check === 'approvals')).toMatchObject(claimed)
  })

  it("by the runtime's own key, though it has the role too", async () => {
    const both = trustOf(keyOf(runtime, 'ci@example.org', 'runtime', { roles: ['runtime', 'approver'] }))
    expect(await checkScene(await good({}, runtime), { trust: both })).toMatchObject(claimed)
  })

  it("by another key of the runtime's identity", async () => {
    const same = trustOf(keyOf(runtime, 'ci@example.org', 'runtime'), keyOf(person, 'ci@example.org', 'approver'))
    expect(await checkScene(await good(), { trust: same })).toMatchObject(claimed)
  })

  const untrusted: [string, Trust][] = [
    ['a key without an entry', trustOf(keyOf(runtime, 'ci@example.org', 'runtime'))],
    ['a key with another role', trustOf(keyOf(person, 'mira@example.org', 'auditor'))],
    ['a key that may not approve this role', trustOf(keyOf(person, 'm', 'approver', { approves: ['reviewer'] }))],
    ['a key that may not approve anything', trustOf(keyOf(person, 'm', 'approver', { approves: [] }))],
    ['a key for other agents', trustOf(keyOf(person, 'm', 'approver', { agents: ['billing-*'] }))],
    ['a key for other workspaces', trustOf(keyOf(person, 'm', 'approver', { workspaces: ['other'] }))],
    ['a key not valid any more', trustOf(keyOf(person, 'm', 'approver', { valid_until: '2026-11-20T23:00:00Z' }))],
    ['a key that was stolen', trustOf(keyOf(person, 'm', 'approver', { revoked: { at: NOW, reason: 'compromised' } }))],
  ]
  it.each(untrusted)('by %s', async (_, file) => {
    expect(await checkScene(await good(), { trust: file })).toMatchObject(claimed)
  })

  it('for a role that only the request names, which the decision leaves out', async () => {
    const scene = await good({ asked: { required_role: 'board' } })
    expect(await checkScene(scene)).toMatchObject(claimed)
    const any = trustOf(keyOf(person, 'mira@example.org', 'approver'))
    expect(await checkScene(scene, { trust: any })).toMatchObject({ result: 'pass' })
  })

  it('by what says itself that it is no person', async () => {
    expect(await checkScene(await good({ decided: { actor: { kind: 'agent' } } }))).toMatchObject(claimed)
  })

  it('beside one that is not: the first claimed step is named', async () => {
    const scene = await good()
    const second = step('s-2', { approval: { state: 'approved', approval_id: 'ap-2' } })
    const result = await checkScene({ ...scene, steps: [...scene.steps, second] })
    expect(result).toMatchObject({ ...claimed, path: '/steps/1/approval' })
  })

  it('a grant that nobody signed', async () => {
    const asked = request()
    const approvals = [asked, decision(asked, step('s-0'), { grant: grant() })]
    const later = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    expect(await checkScene({ steps: [later], approvals })).toMatchObject(claimed)
  })
})

describe('each decision alone', () => {
  const lateEvent = { at: '2026-11-20T14:08:22Z' }

  it('no other event hides what is wrong with the one that a person signed', async () => {
    const { steps, approvals } = await good({ decided: lateEvent })
    const [asked, late] = [approvals[0]!, approvals[1]!]
    const other = decision(asked, step('s-1'))
    const others = [other, await signAnyway('approval', other, stranger), await signAnyway('approval', other, runtime)]
    for (const each of others)
      for (const events of [
        [asked, each, late],
        [asked, late, each],
      ])
        expect(await checkScene({ steps, approvals: events })).toMatchObject({ code: 'approvals.order' })
  })

  it('one of two persons is enough, if one decision has everything', async () => {
    const team = trustOf(...trust.keys, keyOf(colleague, 'bo@example.org', 'approver'))
    const { steps, approvals } = await good({ decided: { expires_at: '2026-11-20T14:08:19Z' } })
    const byColleague = async (members: Partial<ApprovalEvent>): Promise<ApprovalEvent[]> => [
      ...approvals,
      await signAnyway('approval', decision(approvals[0]!, step('s-1'), members), colleague),
    ]
    const both = { steps, approvals: await byColleague({}) }
    expect(await checkScene(both, { trust: team })).toMatchObject({ result: 'pass', compared: 2 })
    const neither = { steps, approvals: await byColleague(lateEvent) }
    const first = { code: 'approvals.after_expiry', path: '/steps/0/started_at' }
    expect(await checkScene(neither, { trust: team })).toMatchObject(first)
  })

  it('an event that names no step speaks for none', async () => {
    const { approvals } = await good()
    const nameless: ApprovalEvent = { approval_id: 'ap-1', event: 'approved', at: '2026-11-20T14:08:10Z' }
    const steps = [step('s-2')]
    const beside = await checkScene({ steps, approvals: [...approvals, nameless] })
    expect(beside).toMatchObject({ result: 'fail', code: 'approvals.other_step' })
    const alone = await checkScene({ steps, approvals: [request(), nameless] })
    expect(alone).toMatchObject({ result: 'unknown', code: 'approvals.claimed' })
  })

  it('a revocation by a stranger takes back only what the stranger decided', async () => {
    const { steps, approvals } = await good()
    const strangers = await signAnyway('approval', decision(approvals[0]!, step('s-1')), stranger)
    const body = { run_id: 'run_1', at: '2026-11-20T14:08:19Z', reason: 'retired' }
    const statements = [await signObject('statement', { kind: 'revocation', about: 'ap-1', at: NOW, body }, stranger)]
    const scene = { steps, approvals: [...approvals, strangers] }
    expect(await checkScene(scene, { statements })).toMatchObject({ result: 'pass' })
  })
})

describe('denials', () => {
  const denied = async (approval: Step['approval'], ...more: ApprovalEvent[]): Promise<Scene> => {
    const { approvals } = await good({ decided: { event: 'denied' } })
    const ran = step('s-1')
    delete ran.approval
    return { steps: [approval === undefined ? ran : { ...ran, approval }], approvals: [...approvals, ...more] }
  }
  const again = async (at: string): Promise<ApprovalEvent[]> => {
    const asked = request({ approval_id: 'ap-2' })
    return [asked, await signAnyway('approval', decision(asked, step('s-1'), { at }), person)]
  }

  it.each<[string, Step['approval'] | undefined]>([
    ['nothing', undefined],
    ['not_required', { state: 'not_required', policy_id: 'p' }],
    ['auto_approved', { state: 'auto_approved', policy_id: 'p' }],
    ['requested', { state: 'requested', approval_id: 'ap-1' }],
    ['approved', { state: 'approved', policy_id: 'p' }],
  ])('are not got round by a step that says %s', async (_, approval) => {
    const fault = { result: 'fail', code: 'approvals.denied_ran', path: '/steps/0/approval' }
    expect(await checkScene(await denied(approval))).toMatchObject(fault)
  })

  it('give way to a later approval only', async () => {
    const approval = { state: 'approved', approval_id: 'ap-2' } as const
    const later = await denied(approval, ...(await again('2026-11-20T14:08:11Z')))
    expect(await checkScene(later)).toMatchObject({ result: 'pass' })
    const same = await denied(approval, ...(await again('2026-11-20T14:08:10Z')))
    expect(await checkScene(same)).toMatchObject({ code: 'approvals.denied_ran' })
  })
})
