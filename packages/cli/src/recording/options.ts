import type { PassphraseOptions } from '../sealing/signer.ts'
import type { ServerOptions } from '../server/server-options.ts'

/** Options of `agent-run record`, as the command line gives them. */
export interface RecordOptions extends PassphraseOptions, ServerOptions {
  readonly agent?: string
  readonly session?: string
  readonly task?: string
  readonly tag: readonly string[]
  readonly directory: string
  readonly key?: string
  /** Milliseconds. */
  readonly timeout?: number
  readonly outputPreview?: boolean
  /** Whether to look at files at all. */
  readonly files: boolean
  readonly checkpoint: boolean
  readonly maxFiles?: number
  readonly maxBytes: number
  readonly quiet?: boolean
  readonly color?: boolean
}
