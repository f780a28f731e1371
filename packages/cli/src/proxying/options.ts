import type { PassphraseOptions } from '../sealing/signer.ts'
import type { ServerOptions } from '../server/server-options.ts'

/** Ways to ask a person about a call. */
export const waysToAsk = ['auto', 'client', 'server', 'terminal', 'nobody'] as const

/** Options of `agent-run mcp-proxy`, as the command line gives them. */
export interface ProxyOptions extends PassphraseOptions, ServerOptions {
  readonly name?: string
  readonly policy?: string
  readonly check?: boolean
  readonly ask: (typeof waysToAsk)[number]
  /** Milliseconds. */
  readonly askTimeout: number
  readonly approver?: string
  readonly trust?: string
  readonly agent?: string
  readonly session?: string
  readonly task?: string
  readonly turn?: string
  readonly directory: string
  readonly key?: string
  readonly quiet?: boolean
}
