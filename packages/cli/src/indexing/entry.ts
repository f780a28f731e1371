import { createHash } from 'node:crypto'
import { approvalsOf, artifactsOf, concernsTool, describeRun, evaluationOf, type FactKind } from '@agent-run/core'
import type { AgentRun, ApprovalEntry } from '@agent-run/types'
import { withCall } from '../querying/approval-calls.ts'
import { isTurnless, relationsOf } from '../querying/collect-artifacts.ts'
import { type PlacedRun, startOf } from '../querying/read-runs.ts'
import { serversOf } from '../querying/server-uses.ts'

/** Bytes of a digest in the index: more than anybody can make two texts share. */
export const DIGEST = 16

/** Stands for a text that is only compared. */
export const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, DIGEST)

/** Stands for a fact. */
export const factDigest = (kind: FactKind, value: string): Buffer => {
  const text = `${kind} ${value}`
  let digest = known.get(text)
  if (digest === undefined) {
    // The same few thousand facts are met again and again.
    if (known.size > 20_000) known.clear()
    digest = digestOf(text)
    known.set(text, digest)
  }
  return digest
}

const known = new Map<string, Buffer>()

/** How a run is related to others, in digests: written as hexadecimal digits. */
export interface IndexedRelations {
  readonly id: string
  readonly turn?: string
  readonly parent?: string
  /** Whether neither it nor a step of it names a turn. */
  readonly turnless: boolean
}

/** What the index keeps of an artifact. */
export interface IndexedArtifact {
  readonly turn: Buffer | null
  readonly digest: Buffer | null
  readonly same: Buffer
}

/** What the index keeps of an approval. */
export interface IndexedApproval {
  readonly state: string
  /** Digests of the tools that it is about, one after the other. */
  readonly tools: Buffer
  readonly same: Buffer
}

/** What the index keeps of a run: what lists show of it, digests of what is asked for, and its place in the input. */
export interface IndexedRun {
  readonly start: number
  readonly length: number
  readonly at: string | null
  /** Equal if lists and filters cannot tell two runs apart; the level is not in it. */
  readonly same: Buffer
  /** The id, as JSON: SQLite would end a text at a U+0000. */
  readonly name: string
  readonly relations: IndexedRelations
  readonly servers: readonly string[]
  readonly evaluation: object | undefined
  readonly summary: object
  /** Digests of the facts, one after the other; the level is none of them. */
  readonly facts: Buffer
  readonly artifacts: readonly IndexedArtifact[]
  readonly approvals: readonly IndexedApproval[]
}

/** What the index keeps of a valid record. */
export function indexedRun({ run, item }: PlacedRun): IndexedRun {
  const { summary, facts } = describeRun(run)
  const known = facts.filter(({ kind }) => kind !== 'level')
  return {
    start: item.offset,
    length: item.bytes.length,
    at: startOf(run) ?? null,
    same: digestOf(JSON.stringify([summary, known])),
    name: JSON.stringify(run.id),
    relations: relationsIn(run),
    servers: serversOf(run),
    evaluation: evaluationOf(run),
    summary,
    facts: Buffer.concat(known.map(({ kind, value }) => factDigest(kind, value))),
    artifacts: artifactsOf(run).map((entry) => ({
      turn: entry.turn_id === undefined ? null : digestOf(entry.turn_id),
      digest: entry.artifact.content?.digest === undefined ? null : digestOf(entry.artifact.content.digest),
      same: digestOf(JSON.stringify(entry)),
    })),
    approvals: approvalsIn(run),
  }
}

/** Written as relations are compared. */
export const relationKey = (text: string): string => digestOf(text).toString('hex')

const relationsIn = (run: AgentRun): IndexedRelations => {
  const { id, turn, parent } = relationsOf(run)
  return {
    id: relationKey(id),
    ...(turn === undefined ? {} : { turn: relationKey(turn) }),
    ...(parent === undefined ? {} : { parent: relationKey(parent) }),
    turnless: isTurnless(run),
  }
}

const approvalsIn = (run: AgentRun): IndexedApproval[] => {
  if (run.approvals === undefined) return []
  return approvalsOf(run).map((entry) => ({
    state: entry.state,
    tools: Buffer.concat(toolsOf(entry, run).map(digestOf)),
    same: digestOf(JSON.stringify(withCall(entry, run))),
  }))
}

/** The tools that an approval is about: those that the filter finds it by. */
const toolsOf = (entry: ApprovalEntry, { steps }: AgentRun): string[] => {
  const { request, decisions } = entry
  const events = request === undefined ? decisions : [request, ...decisions]
  const [stepIds, callIds] = [
    new Set(events.map((each) => each.step_id)),
    new Set(events.map((each) => each.tool_call_id)),
  ]
  const near = steps.filter(({ id, tool_call_id }) => stepIds.has(id) || callIds.has(tool_call_id))
  const names = [...events.map(({ grant }) => grant?.tool_name), ...near.map(({ tool_name }) => tool_name)]
  return [...new Set(names)]
    .filter((name) => typeof name === 'string')
    .filter((name) => concernsTool(entry, name, { steps: near }))
}
