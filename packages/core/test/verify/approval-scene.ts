// A record with a question, a decision and the step that it lets happen, for the tests of approvals.
import type { AgentRun, ApprovalEvent, Check, Grant, Step, Trust, TrustedKey } from '@agent-run/types'
import { actionHash, requestHash, sealRun } from '../../src/seal/index.ts'
import type { Signer } from '../../src/sign/index.ts'
import { verify } from '../../src/verify/index.ts'
import type { VerifyOptions } from '../../src/verify/options.ts'
import { AT, nonce, person, step as plainStep, richRun, runtime, signAnyway, signerOf } from '../seal/records.ts'

/** When the verdicts are given. */
export const NOW = '2026-11-21T00:00:00Z'
/** A person who is not in the usual trust file. */
export const colleague = signerOf(4)

/** An entry of a trust file. */
export const keyOf = (
  signer: Signer,
  identity: string,
  role: TrustedKey['roles'][number],
  more: object = {},
): TrustedKey => ({ key: signer.did, identity, roles: [role], ...more }) as TrustedKey

/** A trust file with these entries. */
export const trustOf = (...keys: TrustedKey[]): Trust => ({ agent_run_trust: '1.0', keys })
/** The usual trust file: the runtime, and a person who may approve as release_manager. */
export const trust = trustOf(
  keyOf(runtime, 'ci@example.org', 'runtime'),
  keyOf(person, 'mira@example.org', 'approver', { approves: ['release_manager'] }),
)

/** A step that says a person approved it. */
export const step = (id: string, members: Partial<Step> = {}): Step =>
  plainStep(id, { mcp_server: 'prod', approval: { state: 'approved', approval_id: 'ap-1' }, ...members })

/** The action hash of a call. */
export const actionOf = (call: Step, of: { run_id?: string; nonce?: string } = {}): string =>
  actionHash({
    run_id: of.run_id ?? 'run_1',
    nonce: of.nonce ?? nonce,
    step_id: call.id,
    tool_name: call.tool_name,
    mcp_server: call.mcp_server,
    tool_hash: call.tool_hash,
    arguments_hash: call.arguments_hash,
  })

/** The question of the good case. */
export const request = (members: Partial<ApprovalEvent> = {}): ApprovalEvent => ({
  approval_id: 'ap-1',
  event: 'requested',
  run_id: 'run_1',
  step_id: 's-1',
  at: '2026-11-20T14:08:01Z',
  expires_at: '2026-11-20T14:08:30Z',
  required_role: 'release_manager',
  ...members,
})

/** The answer of the good case, not signed. */
export const decision = (asked: ApprovalEvent, call: Step, members: Partial<ApprovalEvent> = {}): ApprovalEvent => ({
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

/** Steps and approvals of a record. */
export interface Scene {
  readonly steps: readonly Step[]
  readonly approvals: readonly ApprovalEvent[]
  readonly members?: Partial<AgentRun>
}

/** A sealed record; sealed by hand where the recorder would refuse to. */
export const recordOf = async ({ steps, approvals, members = {} }: Scene, signer = runtime): Promise<AgentRun> => {
  const run: AgentRun = { ...richRun(0), ...members, steps: [...steps], approvals: [...approvals] }
  return sealRun(run, { signer, at: AT }).catch(() => run)
}

/** What the verdict says of the approvals of a record. */
export const check = (run: AgentRun, options: VerifyOptions = {}): Check =>
  verify(run, { now: NOW, trust, ...options }).checks.find((each) => each.check === 'approvals')!

/** The same of a record that is made first. */
export const checkScene = async (scene: Scene, options?: VerifyOptions): Promise<Check> =>
  check(await recordOf(scene), options)

/** The good case, with one thing changed before it is signed. */
export const good = async (
  changes: { asked?: Partial<ApprovalEvent>; decided?: Partial<ApprovalEvent>; ran?: Partial<Step> } = {},
  signer = person,
): Promise<{ steps: Step[]; approvals: ApprovalEvent[] }> => {
  const ran = step('s-1', changes.ran)
  const asked = request(changes.asked)
  const decided = await signAnyway('approval', decision(asked, step('s-1'), changes.decided), signer)
  return { steps: [ran], approvals: [asked, decided] }
}

/** A grant of the usual tool. */
export const grant = (members: Partial<Grant> = {}): Grant => ({
  scope: 'always',
  tool_name: 'deploy',
  mcp_server: 'prod',
  ...members,
})
