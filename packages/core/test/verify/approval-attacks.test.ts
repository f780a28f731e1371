import type { ApprovalEvent, Grant, Statement, Step } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { argumentsHash } from '../../src/hash/index.ts'
import { requestHash, signObject } from '../../src/seal/index.ts'
import type { Signer } from '../../src/sign/index.ts'
import type { VerifyOptions } from '../../src/verify/options.ts'
import { AT, type Changeable, changed, person, richRun, runtime, signAnyway, stranger } from '../seal/records.ts'
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
