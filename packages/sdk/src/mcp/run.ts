import type { Place } from '../effects/index.ts'
import type { PolicyFile } from '../policy/index.ts'
import {
  type Ask,
  createRecorder,
  type Policy,
  type Recorder,
  type RecorderOptions,
  type RunStart,
} from '../recorder/index.ts'
import type { ClientFacts } from './client-facts.ts'
import type { ToolInventory } from './inventory.ts'

/** What a session is, beyond what its messages say. */
export interface SessionOptions {
  /** What the host calls the server. */
  readonly server: string
  /** How the server is reached; a value of the registry. */
  readonly transport: 'stdio' | 'streamable_http'
  /** Command or address of the server, without secrets. */
  readonly command?: string
  readonly url?: string
  /** What the caller knows of the run. Without `agent_id` the client's name stands for the agent. */
  readonly run: Partial<RunStart>
  /** How to record; `policy` and `ask` are the session's own. */
  readonly recorder: Omit<RecorderOptions, 'policy' | 'ask'>
  /** Decides about tool calls; without one every call is allowed, and the record says so. */
  readonly policy?: PolicyFile
  /** Whether people are asked by a form of the client, where it can show one. */
  readonly asksClient: boolean
  /** Asks people in another way. */
  readonly ask?: Ask
  /** Who answers at this client or terminal, in the caller's words. */
  readonly approver?: string
  /** Folder that paths in arguments are relative to. */
  readonly place: Place
  /** What the names of the proxy's own requests are made from: nobody else knows it, or can guess it. */
  readonly token: string
  /** Told what goes wrong, in one line without payload. */
  readonly warn: (text: string) => void
}

/** Begins the record of a session. */
export function beginSession(
  options: SessionOptions,
  client: ClientFacts,
  inventory: ToolInventory,
  own: { readonly policy: Policy; readonly ask: Ask },
): Recorder {
  const { policy, run, recorder, place } = options
  const { root } = place
  return createRecorder(
    {
      ...run,
      agent_id: run.agent_id ?? client.name ?? 'unknown',
      ...(client.name === undefined ? {} : { runtime: client.name }),
      ...(client.version === undefined ? {} : { runtime_version: client.version }),
      ...(root === undefined ? {} : { scope: { root, ...run.scope } }),
      inventory: inventory.list(new Date((recorder.clock ?? Date.now)()).toISOString()),
      ...(policy === undefined
        ? {}
        : {
            policies: [
              {
                id: policy.id,
                ...(policy.version === undefined ? {} : { version: policy.version }),
                digest: policy.digest,
              },
            ],
          }),
      metadata: {
        ...run.metadata,
        mcp: {
          recorded_by: 'agent-run mcp-proxy',
          ...(client.protocolVersion === undefined ? {} : { client_protocol_version: client.protocolVersion }),
          client_capabilities: Object.keys(client.capabilities).slice(0, 20),
        },
      },
    },
    { ...recorder, ...own, onFault: (fault) => options.warn(`recorder: ${fault.message}`) },
  )
}
