import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import type { LogEvent } from './event.ts'

/** What is known of a session when a turn begins. */
export interface Session {
  id: string
  version: string | undefined
  cwd: string | undefined
  repository: string | undefined
  branch: string | undefined
  commit: string | undefined
  model: string | undefined
  effort: string | undefined
  mode: string | undefined
}

/** A call of a tool. */
export interface Call {
  readonly draft: StepDraft
  readonly name: string
  open: boolean
  started: boolean
  input: unknown
}

/** A piece of work that was handed to a sub-agent, whose steps stand in the same log. */
export interface Delegation {
  readonly draft: StepDraft
  open: boolean
}

/** A turn of the user under construction. */
export class Turn {
  readonly run: RunDraft
  /** As it is now; `begun` is as it was when the turn began. */
  readonly session: Session
  readonly begun: Session
  phase: 'open' | 'completed' | 'cancelled' | 'failed' = 'open'
  /** A later prompt took its place, or the session ended. */
  superseded = false
  /** The last answer called nothing, so the loop of the agent was over. */
  answered = false
  error: string | undefined
  lastText: string | undefined
  /** When the request began that the next answer answers. */
  asked: Moment | undefined
  readonly calls: Map<string, Call> = new Map()
  /** Steps of answers, by the id of the request. */
  readonly answers: Map<string, StepDraft> = new Map()
  readonly delegations: Map<string, Delegation> = new Map()
  /** Thoughts that were written as an event of their own. */
  readonly thoughts: Set<string> = new Set()
  /** Calls of requests for a permission. */
  readonly requests: Map<string, string> = new Map()
  compaction: StepDraft | undefined

  constructor(id: string, session: Session, event: LogEvent, previewer: Previewer) {
    this.session = { ...session }
    this.begun = { ...session }
    this.run = new RunDraft(id, previewer)
    this.run.start = event.time
    this.run.place = { root: session.cwd, cwd: session.cwd }
    this.asked = event.time
  }

  /** Whether something still goes on. */
  get isWorking(): boolean {
    return this.phase === 'open' && !this.answered
  }
}
