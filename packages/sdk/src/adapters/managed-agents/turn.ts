import type { McpServer } from '@agent-run/types'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import type { SessionEvent } from './events.ts'

/** What is known of a session and its agent. */
export interface Session {
  id: string | undefined
  agentId: string | undefined
  agentName: string | undefined
  agentVersion: string | undefined
  model: string | undefined
  servers: readonly McpServer[]
  /** Permission policies by the MCP server they are for; under no name that of the built-in tools. */
  policies: ReadonlyMap<string | undefined, string>
}

/** A call of a tool. */
export interface Call {
  readonly draft: StepDraft
  readonly name: string
  readonly input: unknown
  readonly decisionId: string | undefined
  open: boolean
}

/** A turn of the user under construction. */
export class Turn {
  readonly run: RunDraft
  readonly session: Session
  /** `waiting`: for a confirmation or a result that the client has to give. */
  phase: 'open' | 'waiting' | 'completed' | 'cancelled' | 'failed' = 'open'
  superseded = false
  interrupted = false
  error: string | undefined
  outOfBudget = false
  lastText: string | undefined
  readonly calls: Map<string, Call> = new Map()
  /** Requests to the model that are under way, by the id of the event that began them. */
  readonly requests: Map<string, StepDraft> = new Map()
  /** Hand-overs, by the thread of the sub-agent. */
  readonly threads: Map<string, StepDraft> = new Map()

  constructor(session: Session, event: SessionEvent, start: Moment | undefined, previewer: Previewer) {
    this.session = { ...session }
    this.run = new RunDraft(event.id ?? `${session.id ?? 'session'}.line-${event.line}`, previewer)
    this.run.start = start
  }

  /** The request that an event came out of: the last one that is under way. */
  get request(): StepDraft | undefined {
    return [...this.requests.values()].at(-1)
  }
}
