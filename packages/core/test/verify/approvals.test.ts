import type { AgentRun, ApprovalEvent, Check, Grant, Statement, Step, Trust, TrustedKey } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { argumentsHash } from '../../src/hash/index.ts'
import { createJournalWriter, foldJournal, readJournal } from '../../src/journal/index.ts'
import { actionHash, erase, protectObject, requestHash, sealRun, signObject } from '../../src/seal/index.ts'
import type { Signer } from '../../src/sign/index.ts'
import { verify } from '../../src/verify/index.ts'
import type { VerifyOptions } from '../../src/verify/options.ts'
import {
  AT,
  type Changeable,
  changed,
  nonce,
  person,
  step as plainStep,
  richRun,
  runtime,
  signAnyway,
  signerOf,
  stranger,
} from '../seal/records.ts'

const NOW = '2026-11-21T00:00:00Z'
const colleague = signerOf(4)

const keyOf = (signer: Signer, identity: string, role: TrustedKey['roles'][number], more: object = {}): TrustedKey =>
  ({ key: signer.did, identity, roles: [role], ...more }) as TrustedKey

const trustOf = (...keys: TrustedKey[]): Trust => ({ agent_run_trust: '1.0', keys })
const trust = trustOf(
  keyOf(runtime, 'ci@example.org', 'runtime'),
  keyOf(person, 'mira@example.org', 'approver', { approves: ['release_manager'] }),
)

const step = (id: string, members: Partial<Step> = {}): Step =>
  plainStep(id, { mcp_server: 'prod', approval: { state: 'approved', approval_id: 'ap-1' }, ...members })

const actionOf = (call: Step, of: { run_id?: string; nonce?: string } = {}): string =>
  actionHash({
    run_id: of.run_id ?? 'run_1',
    nonce: of.nonce ?? nonce,
    step_id: call.id,
    tool_name: call.tool_name,
    mcp_server: call.mcp_server,
    tool_hash: call.tool_hash,
    arguments_hash: call.arguments_hash,
  })

const request = (members: Partial<ApprovalEvent> = {}): ApprovalEvent => ({
  approval_id: 'ap-1',
  event: 'requested',
  run_id: 'run_1',
  step_id: 's-1',
  at: '2026-11-20T14:08:01Z',
  expires_at: '2026-11-20T14:08:30Z',
  required_role: 'release_manager',
  ...members,
})

const decision = (asked: ApprovalEvent, call: Step, members: Partial<ApprovalEvent> = {}): ApprovalEvent => ({
  approval_id: asked.approval_id,
  event: 'approved',
  run_id: 'run_1',
  step_id: call.id,
  at: '2026-11-20T14:08:10Z',
  actor: { kind: 'human', name: 'Mira' },
  action_hash: actionOf(call),
  request_hash: requestHash(asked),
  ...members,
})

interface Scene {
  readonly steps: readonly Step[]
  readonly approvals: readonly ApprovalEvent[]
  readonly members?: Partial<AgentRun>
}

/** A sealed record; sealed by hand where the recorder would refuse to. */
const recordOf = async ({ steps, approvals, members = {} }: Scene, signer = runtime): Promise<AgentRun> => {
  const run: AgentRun = { ...richRun(0), ...members, steps: [...steps], approvals: [...approvals] }
  return sealRun(run, { signer, at: AT }).catch(() => run)
}

const check = (run: AgentRun, options: VerifyOptions = {}): Check =>
  verify(run, { now: NOW, trust, ...options }).checks.find((each) => each.check === 'approvals')!

const checkScene = async (scene: Scene, options?: VerifyOptions): Promise<Check> =>
  check(await recordOf(scene), options)

/** The good case, with one thing changed before it is signed. */
const good = async (
  changes: { asked?: Partial<ApprovalEvent>; decided?: Partial<ApprovalEvent>; ran?: Partial<Step> } = {},
  signer = person,
): Promise<{ steps: Step[]; approvals: ApprovalEvent[] }> => {
  const ran = step('s-1', changes.ran)
  const asked = request(changes.asked)
  const decided = await signAnyway('approval', decision(asked, step('s-1'), changes.decided), signer)
  return { steps: [ran], approvals: [asked, decided] }
}

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

const grant = (members: Partial<Grant> = {}): Grant => ({
  scope: 'always',
  tool_name: 'deploy',
  mcp_server: 'prod',
  ...members,
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

describe('attacks on approvals', () => {
  const expectFault = async (scene: Scene, code: string, path: string, options?: VerifyOptions): Promise<void> => {
    const result = await checkScene(scene, options)
    expect(result).toMatchObject({ result: 'fail', code, path })
    expect(result.expected).toBeTruthy()
    expect(result.found).toBeTruthy()
    expect(result.compared).toBeGreaterThan(0)
  }

  it('replayed on another call: another step of the same run', async () => {
    const { approvals } = await good()
    await expectFault({ steps: [step('s-2')], approvals }, 'approvals.other_step', '/steps/0/approval/approval_id')
  })

  it('replayed on another call: the same step calls another tool, server or definition', async () => {
    for (const ran of [{ tool_name: 'delete' }, { mcp_server: 'test' }, { tool_hash: requestHash(request()) }])
      await expectFault(await good({ ran }), 'approvals.action', '/approvals/1/action_hash')
  })

  it('with other arguments', async () => {
    const ran = { arguments_hash: argumentsHash({ host: 'all' }, null) }
    const scene = await good({ ran })
    await expectFault(scene, 'approvals.action', '/approvals/1/action_hash')
    const { expected, found } = await checkScene(scene)
    expect(expected).toBe(actionOf(scene.steps[0]!))
    expect(found).toBe(scene.approvals[1]!.action_hash)
  })

  it('in another run with the same ids: its nonce is another', async () => {
    const scene = await good({ decided: { action_hash: actionOf(step('s-1'), { nonce: '0'.repeat(32) }) } })
    await expectFault(scene, 'approvals.action', '/approvals/1/action_hash')
  })

  it('in another run', async () => {
    const scene = await good({ decided: { run_id: 'run_0' } })
    await expectFault(scene, 'approvals.other_run', '/approvals/1/run_id')
  })

  it('in another run, as a grant, for a step that says a person approved it', async () => {
    const copied = decision(request(), step('s-1'), { run_id: 'run_0', grant: grant() })
    const approvals = [await signAnyway('approval', copied, person)]
    await expectFault({ steps: [step('s-1')], approvals }, 'approvals.other_step', '/steps/0/approval/approval_id')
  })

  it('decided after its request had expired', async () => {
    const scene = await good({ decided: { at: '2026-11-20T14:08:30.000000001Z' }, ran: { started_at: AT } })
    await expectFault(scene, 'approvals.after_expiry', '/approvals/1/at')
    const onTime = await good({ decided: { at: '2026-11-20T15:08:30+01:00' }, ran: { started_at: AT, ended_at: AT } })
    expect(await checkScene(onTime)).toMatchObject({ result: 'pass' })
  })

  it('decided after its own end, or used after it', async () => {
    const late = await good({ decided: { expires_at: '2026-11-20T14:08:09Z' } })
    await expectFault(late, 'approvals.after_expiry', '/approvals/1/at')
    const used = await good({ decided: { expires_at: '2026-11-20T14:08:19Z' } })
    await expectFault(used, 'approvals.after_expiry', '/steps/0/started_at')
  })

  it('twice: two steps on one approval', async () => {
    const scene = await good()
    await expectFault({ ...scene, steps: [...scene.steps, step('s-2')] }, 'approvals.replayed', '/steps/1')
  })

  it('twice: two approved events of one approval that name two steps', async () => {
    const scene = await good()
    const asked = scene.approvals[0]!
    const second = await signAnyway('approval', decision(asked, step('s-2')), person)
    const steps = [step('s-1'), step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })]
    await expectFault({ steps, approvals: [...scene.approvals, second] }, 'approvals.replayed', '/approvals/2')
  })

  it('twice: as a grant that it is not', async () => {
    const scene = await good()
    const second = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    await expectFault(
      { ...scene, steps: [...scene.steps, second] },
      'approvals.grant_tool',
      '/steps/1/approval/approval_id',
    )
  })

  const members = ['run_id', 'step_id', 'action_hash', 'request_hash', 'actor'] as const
  it.each(members)('without %s', async (member) => {
    const asked = request()
    const { [member]: _, ...incomplete } = decision(asked, step('s-1'))
    const approvals = [asked, await signAnyway('approval', incomplete, person)]
    await expectFault({ steps: [step('s-1')], approvals }, 'approvals.incomplete', `/approvals/1/${member}`)
  })

  it('with a signature and without a key', async () => {
    const scene = changed(await good(), ({ approvals }) => delete approvals[1].signed_by)
    await expectFault(scene, 'approvals.incomplete', '/approvals/1/signed_by')
  })

  it('without a nonce in the record', async () => {
    const scene = await good()
    const run = changed(await recordOf(scene), (copy) => delete copy.provenance.nonce)
    expect(check(run)).toMatchObject({ result: 'fail', code: 'approvals.no_nonce', path: '/provenance/nonce' })
  })

  it('its signature stripped, of a decision or a request', async () => {
    const scene = changed(await good(), ({ approvals }) => delete approvals[1].signature)
    await expectFault(scene, 'approvals.stripped', '/approvals/1/signature')
    const asked = { ...request(), signed_by: runtime.did }
    await expectFault({ steps: [], approvals: [asked] }, 'approvals.stripped', '/approvals/0/signature')
  })

  it.each<[string, (event: Changeable) => unknown]>([
    ['another time', (event) => Object.assign(event, { at: '2026-11-20T14:08:11Z' })],
    ['another actor', (event) => Object.assign(event.actor, { name: 'Bo' })],
    ['a grant added', (event) => Object.assign(event, { grant: grant() })],
    ['an unknown member', (event) => Object.assign(event, { note: 'x' })],
    ['approved turned into denied', (event) => Object.assign(event, { event: 'denied' })],
    ["another's key", (event) => Object.assign(event, { signed_by: stranger.did })],
  ])('changed after signing: %s', async (_, change) => {
    const scene = changed(await good(), ({ approvals }) => change(approvals[1]))
    await expectFault({ ...scene, steps: [] }, 'approvals.signature', '/approvals/1/signature')
  })

  it('signed as something else', async () => {
    const asked = request()
    const approvals = [asked, await signAnyway('statement', decision(asked, step('s-1')), person)]
    await expectFault({ steps: [step('s-1')], approvals }, 'approvals.signature', '/approvals/1/signature')
  })

  it('of another request than the one in the record, or of none', async () => {
    const scene = changed(await good(), ({ approvals }) => Object.assign(approvals[0], { risk: 'low' }))
    await expectFault(scene, 'approvals.request', '/approvals/1/request_hash')
    expect((await checkScene(scene)).expected).toBe(requestHash(scene.approvals[0]!))
    const alone = { ...scene, approvals: scene.approvals.slice(1) }
    await expectFault(alone, 'approvals.request', '/approvals/0/request_hash')
  })

  it('approved and denied together', async () => {
    const scene = await good()
    const denied = decision(scene.approvals[0]!, step('s-1'), { event: 'denied', at: '2026-11-20T14:08:12Z' })
    const signed = await signAnyway('approval', denied, colleague)
    for (const second of [denied, signed])
      await expectFault(
        { ...scene, approvals: [...scene.approvals, second] },
        'approvals.contradiction',
        '/approvals/2',
      )
  })

  it('of several contradictions, the first in the document is named', async () => {
    const events = ['ap-1 approved', 'ap-2 approved', 'ap-2 denied', 'ap-1 denied'].map((text): ApprovalEvent => {
      const [approval_id, event] = text.split(' ')
      return { approval_id: approval_id!, event: event as 'approved', at: AT }
    })
    await expectFault({ steps: [], approvals: events }, 'approvals.contradiction', '/approvals/2')
  })

  it('revoked before the step began, by an event', async () => {
    const scene = await good()
    const revoked: ApprovalEvent = { approval_id: 'ap-1', event: 'revoked', at: '2026-11-20T14:08:19Z' }
    await expectFault({ ...scene, approvals: [...scene.approvals, revoked] }, 'approvals.revoked', '/steps/0/approval')
  })

  it('revoked by a statement of the approver, not of a stranger', async () => {
    const said = {
      kind: 'revocation',
      about: 'ap-1',
      at: NOW,
      body: { run_id: 'run_1', at: '2026-11-20T14:08:19Z', reason: 'compromised' },
    }
    const by = async (signer: Signer): Promise<Statement[]> => [await signObject('statement', said, signer)]
    const team = trustOf(...trust.keys, keyOf(colleague, 'mira@example.org', 'approver'))
    const scene = await good()
    for (const signer of [person, colleague])
      await expectFault(scene, 'approvals.revoked', '/steps/0/approval', { statements: await by(signer), trust: team })
    expect(await checkScene(scene, { statements: await by(stranger), trust: team })).toMatchObject({ result: 'pass' })
    const [statement] = await by(person)
    const forged = [{ ...statement!, at: AT }]
    expect(await checkScene(scene, { statements: forged, trust: team })).toMatchObject({ result: 'pass' })
  })

  it('a grant revoked before its use', async () => {
    const scene = await good({ decided: { grant: grant() } })
    const revoked: ApprovalEvent = { approval_id: 'ap-1', event: 'revoked', at: '2026-11-20T14:08:25Z' }
    const later = step('s-2', {
      started_at: '2026-11-20T14:08:26Z',
      ended_at: '2026-11-20T14:08:27Z',
      approval: { state: 'auto_approved', approval_id: 'ap-1' },
    })
    await expectFault(
      { steps: [...scene.steps, later], approvals: [...scene.approvals, revoked] },
      'approvals.revoked',
      '/steps/1/approval',
    )
  })

  it('a step that did not wait for its decision', async () => {
    const scene = await good({ ran: { started_at: '2026-11-20T14:08:09.999Z' } })
    await expectFault(scene, 'approvals.order', '/steps/0/started_at')
    const early = decision(scene.approvals[0]!, step('s-1'), { at: '2026-11-20T14:08:05Z' })
    await expectFault({ ...scene, approvals: [...scene.approvals, early] }, 'approvals.order', '/steps/0/started_at')
  })

  it.each<[string, Partial<Grant>]>([
    ['tool', { tool_name: 'delete' }],
    ['server', { mcp_server: 'test' }],
    ['definition', { tool_hash: requestHash(request()) }],
  ])('a grant used for another %s', async (_, members) => {
    const scene = await good({ decided: { grant: grant(members) } })
    const later = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    await expectFault(
      { ...scene, steps: [...scene.steps, later] },
      'approvals.grant_tool',
      '/steps/1/approval/approval_id',
    )
  })

  it('a grant used after its end', async () => {
    const scene = await good({ decided: { grant: grant({ expires_at: '2026-11-20T14:08:19Z' }) } })
    const later = step('s-2', { approval: { state: 'auto_approved', approval_id: 'ap-1' } })
    await expectFault(
      { ...scene, steps: [...scene.steps, later] },
      'approvals.grant_expired',
      '/steps/1/approval/approval_id',
    )
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

describe('a journal beside the record', () => {
  /** A record and its journal: q request, d decision, u one that nobody signed, b and e begin and end of the step, h a head. */
  const kept = async (
    order: string,
    { ran, isNamed = true, signer = runtime }: { ran?: Partial<Step>; isNamed?: boolean; signer?: Signer | null } = {},
  ): Promise<{ run: AgentRun; journal: string }> => {
    const { steps, approvals } = await good({ ran: { ...ran } })
    const { signature: _, signed_by: __, ...unsigned } = approvals[1]!
    const data: Record<string, [string, object]> = {
      q: ['approval', approvals[0]!],
      d: ['approval', approvals[1]!],
      u: ['approval', unsigned],
      b: ['step.started', { id: 's-1', type: 'tool_call', started_at: AT }],
      e: ['step.ended', steps[0]!],
    }
    const { id, agent_id, started_at, cost, provenance } = richRun(0)
    const writer = createJournalWriter(signer === null ? {} : { signer })
    const key = signer === null ? {} : { signed_by: signer.did }
    const start = { id, agent_id, started_at, spec_version: '1.0', provenance: { nonce: provenance.nonce, ...key } }
    const lines = [...writer.append('run.started', AT, start)]
    for (const letter of order)
      lines.push(
        ...(letter === 'h'
          ? await writer.signHead(AT)
          : writer.append(data[letter]![0] as 'approval', AT, data[letter]![1])),
      )
    lines.push(...writer.append('run.updated', AT, { status: 'completed', ended_at: AT, cost }))
    const text = (): string => lines.map((line) => `${line}\n`).join('')
    const { run: folded } = foldJournal(readJournal(text()))
    const run = await sealRun(folded, {
      signer: runtime,
      at: AT,
      ...(isNamed ? { journalHead: writer.head! } : {}),
    })
    if (isNamed) lines.push(...writer.seal(AT, run))
    return { run, journal: text() }
  }

  const late = { result: 'fail', code: 'approvals.order', path: '/steps/0/started_at' }
  const early = { started_at: '2026-11-20T14:08:09Z' }

  it('says the order of its lines, where the record names it', async () => {
    const after = await kept('qbed')
    expect(check(after.run, { journal: after.journal })).toMatchObject(late)
    const before = await kept('qdbe', { ran: early })
    expect(check(before.run, { journal: before.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/journal$/),
    })
  })

  it('leaves it to the times where its lines leave it open, and says so', async () => {
    const open = await kept('qbde')
    expect(check(open.run, { journal: open.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/own times$/),
    })
    const skewed = await kept('qbde', { ran: early })
    expect(check(skewed.run, { journal: skewed.journal })).toMatchObject(late)
  })

  it("is asked about the person's decision, not about one that nobody signed", async () => {
    const both = await kept('qubed')
    expect(check(both.run, { journal: both.journal })).toMatchObject(late)
  })

  it('says nothing where nobody answers for it', async () => {
    const skewed = await kept('qdbe', { ran: early, isNamed: false, signer: null })
    expect(check(skewed.run, { journal: skewed.journal })).toMatchObject(late)
    const turned = await kept('qbed', { isNamed: false, signer: null })
    expect(check(turned.run, { journal: turned.journal })).toMatchObject({
      result: 'pass',
      detail: expect.stringMatching(/own times$/),
    })
    const strangers = await kept('qdbeh', { ran: early, isNamed: false, signer: stranger })
    expect(check(strangers.run, { journal: strangers.journal })).toMatchObject(late)
  })

  it("says it as far as a head by the signer's key goes", async () => {
    const behind = await kept('qdbeh', { ran: early, isNamed: false })
    expect(check(behind.run, { journal: behind.journal })).toMatchObject({ result: 'pass' })
    const ahead = await kept('hqdbe', { ran: early, isNamed: false })
    expect(check(ahead.run, { journal: ahead.journal })).toMatchObject(late)
  })

  it('says it of a step of which nobody knows when it started', async () => {
    const timeless = await kept('qdbe', { ran: { started_at: null } })
    expect(check(timeless.run, { journal: timeless.journal })).toMatchObject({ result: 'pass' })
    expect(check(timeless.run)).toMatchObject({ result: 'unknown', code: 'approvals.time_unknown' })
  })
})

describe('records made to be slow', () => {
  it('are checked in time that grows with them: many events and steps under one approval', () => {
    const count = 20_000
    const later = { ...step('s'), approval: { state: 'auto_approved', approval_id: 'ap-1' } } as const
    const steps = Array.from({ length: count }, (_, index): Step => ({ ...later, id: `s-${index}` }))
    const event = { approval_id: 'ap-1', event: 'approved', at: '2026-11-20T14:08:00Z', grant: grant() } as const
    const approvals = Array.from(
      { length: count },
      (_, index): ApprovalEvent => ({
        ...event,
        grant: grant({ tool_name: index === count - 1 ? 'deploy' : `tool-${index}` }),
      }),
    )
    const result = check({ ...richRun(0), steps, approvals })
    expect(result).toMatchObject({ result: 'unknown', code: 'approvals.claimed' })
  })

  it('are checked in time that grows with them: denials, roles, replays and revocations', () => {
    const count = 20_000
    const many = <T>(make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))
    const steps = many((): Step => step('s-1'))
    const at = '2026-11-20T14:08:00Z'
    const approvals = many((index): ApprovalEvent[] => [
      { approval_id: 'ap-1', event: 'escalated', at, required_role: `role-${index}` },
      { approval_id: 'ap-1', event: 'cancelled', at: AT },
      { approval_id: 'ap-1', event: 'approved', at, step_id: 's-1' },
    ]).flat()
    expect(check({ ...richRun(0), steps, approvals })).toMatchObject({ code: 'approvals.replayed', path: '/steps/1' })
  })
})
