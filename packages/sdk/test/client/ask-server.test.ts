// Whose word counts when a server is asked.
import { signObject } from '@agent-run/core'
import type { ApprovalEntry, ApprovalEvent, Trust } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { type AskServerOptions, askServer, type Client, createRecorder, type RecorderOptions } from '../../src/index.ts'
import { setUp, signer } from '../recorder/setup.ts'

const [runtime, alice, stranger] = [signer(7), signer(42), signer(43)]
const key = (did: string, identity: string, more: Partial<Trust['keys'][number]> = {}): Trust['keys'][number] => ({
  key: did,
  identity,
  roles: ['approver'],
  ...more,
})
const trust = (...keys: Trust['keys']): Trust => ({ agent_run_trust: '1.0', keys })

/** How a call ends about which keys decide, one after the other, and who was passed over. */
const decide = async (
  by: readonly { readonly with: typeof alice; readonly event?: 'denied'; readonly spoilt?: true }[],
  asking: AskServerOptions,
  options: RecorderOptions = {},
) => {
  const passedOver: string[] = []
  let looks = 0
  let request: ApprovalEvent | undefined
  let hash = ''
  const client = {
    async *approvals() {
      const decisions: ApprovalEvent[] = []
      for (const { with: one, event = 'approved', spoilt } of by.slice(0, ++looks)) {
        const { approval_id, run_id, step_id, action_hash } = request as ApprovalEvent
        const about = { approval_id, run_id, step_id, action_hash, request_hash: hash }
        const said = { event, at: request?.at ?? '', actor: { kind: 'human', id: 'a@example.org' } }
        const signed = (await signObject('approval', { ...about, ...said }, one)) as ApprovalEvent
        decisions.push(spoilt ? { ...signed, reason: 'changed' } : signed)
      }
      yield { approval_id: request?.approval_id, decisions } as ApprovalEntry
    },
  } as unknown as Client
  const ask = askServer(client, {
    wait: async () => undefined,
    onStranger: ({ signed_by }) => void passedOver.push(signed_by ?? ''),
    ...asking,
  })
  const { options: whole } = setUp({
    signer: runtime,
    ask: Object.assign(
      (given: Parameters<typeof ask>[0]) => {
        request = given.event
        hash = given.request_hash
        return ask(given)
      },
      { expiresIn: ask.expiresIn },
    ),
    policy: () => ({ verdict: 'require_approval', request: { required_role: 'release_manager' } }),
    ...options,
  })
  const run = createRecorder({ agent_id: 'release-bot', workspace_id: 'shop' }, whole)
  const answer = await run
    .toolCall({ tool_name: 'publish', arguments: {} }, () => 'ran')
    .catch(({ reason }: { readonly reason: string }) => reason)
  return { answer, passedOver, record: await run.end() }
}

describe('askServer', () => {
  it('takes the word of everybody where nobody says who may approve', async () => {
    const { answer, passedOver } = await decide([{ with: stranger }], {})
    expect({ answer, passedOver }).toEqual({ answer: 'ran', passedOver: [] })
  })

  const may = { trust: trust(key(alice.did, 'alice')) }
  const cases: [string, AskServerOptions][] = [
    ['is not in the trust file', may],
    ['is not among the approvers', { approvers: [alice.did] }],
    [
      'is trusted as something else',
      { trust: trust(...may.trust.keys, key(stranger.did, 's', { roles: ['runtime'] })) },
    ],
    ['is for another agent', { trust: trust(...may.trust.keys, key(stranger.did, 's', { agents: ['other-*'] })) }],
    ['is for another workspace', { trust: trust(...may.trust.keys, key(stranger.did, 's', { workspaces: ['x'] })) }],
    ['may not approve for the role', { trust: trust(...may.trust.keys, key(stranger.did, 's', { approves: ['qa'] })) }],
    [
      'is valid no more',
      { trust: trust(...may.trust.keys, key(stranger.did, 's', { valid_until: '2020-01-01T00:00:00Z' })) },
    ],
    ['is trusted, but not listed', { trust: trust(...may.trust.keys, key(stranger.did, 's')), approvers: [alice.did] }],
  ]
  it.each(cases)('passes over a key that %s, and waits on', async (_, asking) => {
    const { answer, passedOver, record } = await decide([{ with: stranger, event: 'denied' }, { with: alice }], asking)
    expect({ answer, passedOver }).toEqual({ answer: 'ran', passedOver: [stranger.did] })
    expect(record.approvals?.map(({ event, signed_by }) => [event, signed_by])).toEqual([
      ['requested', undefined],
      ['approved', alice.did],
    ])
  })

  it("passes over the run's own key, whatever the trust file says of it", async () => {
    const both = trust(key(runtime.did, 'bot'), key(alice.did, 'alice'))
    const { answer, passedOver } = await decide([{ with: runtime }, { with: alice, event: 'denied' }], { trust: both })
    expect({ answer, passedOver }).toEqual({ answer: 'denied', passedOver: [runtime.did] })
  })

  it('passes over a decision that was changed after it was signed', async () => {
    const { answer, passedOver } = await decide([{ with: alice, spoilt: true }, { with: alice }], may)
    expect({ answer, passedOver }).toEqual({ answer: 'ran', passedOver: [alice.did] })
  })

  it('lets the request expire where only strangers decide', async () => {
    const asking = { ...may, wait: () => new Promise<void>((resolve) => setTimeout(resolve, 1)) }
    const { answer, record } = await decide([{ with: stranger }], asking, { approvalExpiresIn: 60, clock: Date.now })
    expect(answer).toBe('expired')
    expect(record.approvals?.map(({ event }) => event)).toEqual(['requested', 'expired'])
  })

  it('says at once that a trust file or a key is none', () => {
    const client = {} as Client
    expect(() => askServer(client, { trust: { keys: [] } as never })).toThrow(TypeError)
    expect(() => askServer(client, { approvers: ['did:key:z6Mkx'] })).toThrow(TypeError)
  })

  it('lets a request wait an hour, unless somebody says how long', async () => {
    const waits = async (options: RecorderOptions, terms: object = {}) => {
      const { record } = await decide([{ with: alice }], may, {
        policy: () => ({ verdict: 'require_approval', request: terms }),
        ...options,
      })
      const { at = '', expires_at } = record.approvals?.[0] ?? {}
      return expires_at === undefined ? undefined : Math.round((Date.parse(expires_at) - Date.parse(at)) / 1000)
    }
    expect(await waits({})).toBe(3600)
    expect(await waits({}, { expires_in_ms: 5000 })).toBe(5)
    expect(await waits({ approvalExpiresIn: 60_000 })).toBe(60)
    expect(await waits({ approvalExpiresIn: 60_000 }, { expires_in_ms: 5000 })).toBe(5)
    expect(await waits({ approvalExpiresIn: false })).toBeUndefined()
    expect(await waits({ approvalExpiresIn: 'soon' as never })).toBe(3600)
  })
})
