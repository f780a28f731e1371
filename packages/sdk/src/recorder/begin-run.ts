import { digest, hash, runHash, toolHash } from '@agent-run/core'
import type { AgentRun, Provenance, Tool } from '@agent-run/types'
import type { Cleaner } from '../preview/clean.ts'
import type { Clock } from './clock.ts'
import type { RunState } from './context.ts'
import { inherited } from './delegation.ts'
import type { Faults } from './faults.ts'
import { type Identifiers, type Random, toHex } from './identifiers.ts'
import { protect } from './protect.ts'
import type { OfferedTool, RunStart } from './run-start.ts'
import { keepSound } from './sound.ts'
import { keepValid } from './valid.ts'

/** Software that writes the records, as they name it. */
export const writer = '@agent-run/sdk 0.9.0'

/** What a run begins with. */
export interface Beginning {
  readonly start: RunStart
  readonly clock: Clock
  readonly cleaner: Cleaner
  readonly faults: Faults
  readonly ids: Identifiers
  readonly random: Random
  /** did:key that will sign heads and record. */
  readonly signedBy: string | undefined
}

/** The run as it is when it begins, valid and protected. */
export function beginRun(beginning: Beginning): RunState['run'] {
  const { start, clock, cleaner, faults, ids, random, signedBy } = beginning
  const { agent_id, input, input_preview, tools, delegation, provenance, inventory, tools_available, ...members } =
    start
  const given = delegation === undefined ? undefined : inherited(delegation)
  const cleaned = cleaner.value({
    ...members,
    ...given?.run,
    tools_available: tools_available ?? tools?.map(({ name }) => name),
    inventory: withTools(inventory, tools),
    input_preview: cleaner.preview(input_preview ?? input),
  }) as Partial<AgentRun>
  const own: Provenance = {
    ...withoutFaults(cleaner.value({ ...provenance, ...given?.provenance }) as Omit<Provenance, 'run_hash'>),
    run_hash: '',
    runtime: writer,
    nonce: toHex(random(16)),
    ...(signedBy === undefined ? {} : { signed_by: signedBy }),
  }
  const id = typeof cleaned.id === 'string' && cleaned.id !== '' ? cleaned.id : ids.next('run')
  const { id: _, ...known } = withoutNulls(cleaned)
  const shape = {
    id,
    spec_version: '1.0',
    agent_id: typeof agent_id === 'string' && agent_id !== '' ? cleaner.text(agent_id) : 'unknown',
    ...known,
    status: 'running' as const,
    started_at: clock.time(),
    steps: [],
    cost: { input_tokens: null, output_tokens: null },
    provenance: own,
  }
  const around = (object: AgentRun): AgentRun => object
  const whole = keepValid('agent-run', shape as AgentRun, faults)
  const valid = (whole && keepSound('agent-run', whole, { around, path: '', essential }, faults)) ?? minimal(shape)
  const { steps: __, cost: ___, ...run } = valid
  const inventoryHash = run.inventory === undefined ? {} : { inventory_hash: hash('inventory', run.inventory) }
  const begun = { ...run, provenance: { ...run.provenance, run_hash: runHash(run), ...inventoryHash } }
  return protect('run', begun, random)
}

/** Members without which there is no run. */
const essential = ['id', 'agent_id', 'spec_version', 'status', 'started_at', 'steps', 'cost', 'provenance']

/** What the recorder itself put together, where nothing of what was given could be kept. */
const minimal = ({ id, agent_id, status, started_at, steps, cost, provenance }: AgentRun): AgentRun => {
  const { runtime, nonce, signed_by } = provenance
  const own = Object.entries({ runtime, nonce, signed_by }).filter(([, value]) => value !== undefined)
  return {
    id,
    agent_id,
    spec_version: '1.0',
    status,
    started_at,
    steps,
    cost,
    provenance: { run_hash: '', ...Object.fromEntries(own) },
  }
}

const withoutNulls = <T extends object>(members: T): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as T

/** Only the recorder counts its faults. */
const withoutFaults = <T extends Pick<Provenance, 'metadata'>>(provenance: T): T => {
  const { metadata } = provenance
  if (typeof metadata !== 'object' || metadata === null || !Object.hasOwn(metadata, 'recorder_faults'))
    return provenance
  const { recorder_faults: _, ...rest } = metadata
  return { ...provenance, metadata: rest }
}

const withTools = (inventory: AgentRun['inventory'], tools: readonly OfferedTool[] | undefined) =>
  tools === undefined || tools.length === 0
    ? inventory && { ...inventory, ...(Array.isArray(inventory.tools) ? { tools: distinct(inventory.tools) } : {}) }
    : { ...inventory, tools: distinct([...(inventory?.tools ?? []), ...tools.map(describe)]) }

/** A tool of one name and server stands in an inventory once (AR-RUN-013). */
const distinct = <T extends { readonly name: string; readonly mcp_server?: string | null }>(
  tools: readonly T[],
): T[] => [...new Map(tools.map((tool) => [toolKey(tool.name, tool.mcp_server ?? undefined), tool])).values()]

const describe = ({
  name,
  description,
  input_schema,
  mcp_server,
  kind,
  permission,
  annotations,
}: OfferedTool): Tool => {
  const definition = { name, description: description ?? null, input_schema: input_schema ?? null }
  const optional = { mcp_server, kind, permission, annotations: annotations && { ...annotations } }
  return {
    name,
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<Tool>),
    ...(description === undefined ? {} : { description_digest: digest(description) }),
    schema_hash: toolHash(definition),
  }
}

/** What tells the tools of an inventory apart. */
export const toolKey = (name: string, server: string | undefined): string => JSON.stringify([name, server ?? null])

/** `schema_hash` of every tool of an inventory, by name and server. */
export const hashesOf = (inventory: AgentRun['inventory']): Map<string, string> =>
  new Map(
    (inventory?.tools ?? []).flatMap(({ name, mcp_server, schema_hash }): [string, string][] =>
      schema_hash === undefined ? [] : [[toolKey(name, mcp_server), schema_hash]],
    ),
  )
