import type { Signer } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { Client } from '../client/index.ts'
import type { FileSystem, FsyncPolicy } from '../journal-file/index.ts'
import type { PriceList } from '../prices/index.ts'
import type { Timer } from './deadline.ts'
import type { Ask, Policy } from './decisions.ts'
import type { RecorderFault } from './faults.ts'
import type { IdKind, Random } from './identifiers.ts'

/** Sends a finished record somewhere. @returns the digest of the record as the receiver has it */
export type Transport = (record: AgentRun) => Promise<{ readonly digest: string }>

/**
 * A server of the agent-run protocol. Where `url` or `key` is not given, AGENT_RUN_SERVER_URL and AGENT_RUN_KEY of the
 * environment are taken.
 */
export interface ServerAccess {
  readonly url?: string
  readonly key?: string
}

/** How a recorder works. Everything has a default. */
export interface RecorderOptions {
  /** Folder of the journal and the record, `.agent-run` by default; `false` keeps everything in memory. */
  readonly directory?: string | false
  /** When events must have reached the disk; `every_head` by default. The death of the process loses nothing either way. */
  readonly fsync?: FsyncPolicy
  /** Signs heads and the record. Without it the record is not sealed. */
  readonly signer?: Signer
  /** A head after so many steps: signed if there is a signer. 16 by default, 0 for none before the end. */
  readonly headEvery?: number
  /** Asks a person: where the policy says so; without a policy before every tool call. Without it a call that needs an approval is not run. */
  readonly ask?: Ask
  /**
   * Milliseconds that a request for an approval waits where policy and call say nothing (`expires_in_ms`): an hour with
   * `askServer`, so that nobody is asked for ever by an agent that has died; for ever with any other `ask`, and with `false`.
   */
  readonly approvalExpiresIn?: number | false
  /** Decides about tool calls before they run. */
  readonly policy?: Policy
  /** Whether secrets of known shapes are replaced before anything is written; true by default. */
  readonly redact?: boolean
  /** Most code points of a preview: 2,000 by default and at most, 0 for no previews. */
  readonly previewLength?: number
  /** Folder that paths in arguments are relative to where the run has no `scope.root`; that of the process by default. */
  readonly cwd?: string
  /** Whether side effects of tool calls are concluded from tool and arguments where none are given; true by default. */
  readonly inferEffects?: boolean
  /** Computes the price of model calls whose answer says none, e.g. `await loadPrices()` of `@agent-run/sdk/prices`. None by default. */
  readonly prices?: PriceList
  /** Whether the recorder's own faults are thrown at the agent; false by default. */
  readonly strict?: boolean
  /** Told about every fault of the recorder. */
  readonly onFault?: (fault: RecorderFault) => void
  /**
   * Server that gets the finished record: how to reach it, or a client. What cannot be sent is kept in `outbox` within
   * `directory` and sent later, if need be by the next process. Without it AGENT_RUN_SERVER_URL of the environment is
   * taken, if it is set; `false` sends nothing.
   */
  readonly server?: ServerAccess | Client | false
  /** Whether the server also gets every line of the journal while the run goes on; false by default. Needs a `directory`. */
  readonly live?: boolean
  /** Receives the finished record, instead of a server. */
  readonly transport?: Transport
  /** Most milliseconds to wait for an answer of signer, transport or server; 10,000 by default. No tool call waits for any of them. */
  readonly answerWithin?: number
  /** Counts that time; the timers of the platform by default. */
  readonly timer?: Timer
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly clock?: () => number
  /** Chooses identifiers; `undefined` leaves one to the recorder. */
  readonly newId?: (kind: IdKind) => string | undefined
  /** Random bytes; those of the platform by default. */
  readonly random?: Random
  /** File system; Node's by default. */
  readonly files?: FileSystem
}
