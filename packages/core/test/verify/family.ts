import type { AgentRun, Check, LineageEdge, Statement, Step } from '@agent-run/types'
import { stepLeaf } from '../../src/hash/index.ts'
import { sealRun } from '../../src/seal/index.ts'
import { createSigner, type Signer } from '../../src/sign/index.ts'
import { createKeyStates } from '../../src/trust/index.ts'
import { checkLineage } from '../../src/verify/checks/lineage.ts'
import { createContext } from '../../src/verify/context.ts'
import { createEvidence } from '../../src/verify/evidence.ts'
import type { VerifyOptions } from '../../src/verify/options.ts'
import type { Outcome } from '../../src/verify/outcome.ts'

/** Keys of a runtime and of somebody else. */
export const runtime: Signer = createSigner(new Uint8Array(32).fill(3))
export const stranger: Signer = createSigner(new Uint8Array(32).fill(4))

export const noon = '2026-11-20T12:00:00Z'
export const D1 = 'dlg-1'

/** A run that is over, not sealed. */
export const runOf = (
  id: string,
  provenance: object = {},
  steps: readonly Step[] = [],
  members: object = {},
): AgentRun =>
  ({
    id,
    spec_version: '1.0',
    agent_id: 'bot',
    status: 'completed',
    started_at: noon,
    ended_at: noon,
    ...members,
    steps,
    cost: { input_tokens: null, output_tokens: null },
    provenance: { run_hash: '0'.repeat(64), nonce: '6f1d7a84db00d2fce00b31a7fc73224f', ...provenance },
  }) as AgentRun

export const sealed = (run: AgentRun, signer: Signer | undefined = runtime): Promise<AgentRun> =>
  sealRun(run, { at: noon, ...(signer ? { signer } : {}) })

export const handoff = (child: string, delegation: string, members: object = {}): Step =>
  ({
    id: `h-${child}-${delegation}`,
    type: 'handoff',
    status: 'succeeded',
    started_at: noon,
    ended_at: noon,
    child_run_id: child,
    delegation_id: delegation,
    ...members,
  }) as Step

export const result = (child: string, delegation: string, hash: string | undefined, members: object = {}): Step =>
  ({
    ...handoff(child, delegation),
    id: `r-${child}-${delegation}`,
    type: 'handoff_result',
    ...(hash === undefined ? {} : { child_record_hash: hash }),
    ...members,
  }) as Step

export const entryOf = (parent: string, step: Step) => ({
  run_id: parent,
  delegation_id: step.delegation_id,
  handoff_leaf: stepLeaf(step),
})

export interface Family {
  readonly parent: AgentRun
  readonly child: AgentRun
  readonly handoff: Step
}

/** A parent and its child that know each other. */
export const family = async (parentSteps: readonly Step[] = []): Promise<Family> => {
  const given = handoff('child', D1)
  const child = await sealed(runOf('child', { parents: [entryOf('parent', given)] }))
  const parent = await sealed(
    runOf('parent', {}, [given, result('child', D1, child.provenance.record_hash), ...parentSteps]),
  )
  return { parent, child, handoff: given }
}

export type Traced = Outcome & { readonly edges: readonly LineageEdge[] }

/** What the check says. */
export const lineageOf = (run: AgentRun, related: readonly unknown[], options: VerifyOptions = {}): Traced => {
  const all = { ...options, related: related as readonly AgentRun[] }
  const context = createContext({
    run: run as unknown as Record<string, unknown>,
    options: all,
    keys: createKeyStates(new Map(), noon),
    evidence: createEvidence(all),
    now: noon,
    previous: new Map<Check['check'], Check>(),
  })
  return { ...checkLineage(context), edges: context.edges }
}

export const linkOf = (parent: AgentRun, child: AgentRun, delegation = D1): Omit<Statement, 'signed_by'> => ({
  kind: 'link',
  about: parent.provenance.record_hash!,
  at: noon,
  body: {
    delegation_id: delegation,
    child_run_id: child.id,
    child_record_hash: child.provenance.record_hash,
  },
})

/** The states of all edges. */
export const states = ({ edges }: Traced): string[] => edges.map(({ state }) => state)

/** Result, code and place of the check. */
export const verdict = ({ result: outcome, code, path }: Traced) => [outcome, code, path]

/** Where a child names its parent. */
export const ENTRY = '/provenance/parents/0'

/** The verdict of a contradiction. */
export const conflictOf = (code: string, path = ENTRY) => ['fail', code, path]

/** The verdict of a lineage that is not known to the end. */
export const unknownOf = (state: string, path = ENTRY) => ['unknown', `lineage.${state}`, path]
