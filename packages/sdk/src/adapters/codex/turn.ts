import type { FileChange } from '../../conversion/file-artifacts.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import type { RolloutLine } from './line.ts'
import type { Refusal } from './result.ts'
import type { Session } from './session.ts'
import type { ToolUse } from './tools.ts'

/** A call of a tool in a turn. */
export interface Call {
  readonly draft: StepDraft
  readonly name: string
  readonly use: ToolUse
  open: boolean
  /** What an event said about how it ended, before its result was written. */
  hint?: {
    readonly exitCode?: number | undefined
    readonly error?: string | undefined
    readonly refusal?: Refusal | undefined
  }
  /** Files that an event says were changed. */
  changes?: readonly FileChange[]
}

/** One answer of the model: what it said and called until its tokens were counted. */
export interface Answer {
  readonly draft: StepDraft
  readonly calls: Set<string>
  /** Whether it said something that was not a comment on what it is about to do. */
  spoke: boolean
  /** Whether a result of one of its calls was written: what comes next is another answer. */
  resulted: boolean
  last: RolloutLine
}

/** A piece of work that was handed to a sub-agent. */
export interface Delegation {
  readonly draft: StepDraft
  readonly kind: 'spawn' | 'instruct' | 'review'
  readonly at: Moment | undefined
  /** Session of the sub-agent, or its path in newer versions. */
  thread: string | undefined
  ended: { readonly at: Moment | undefined; readonly failed: boolean; readonly result: StepDraft } | undefined
}

/** Something that stands in the source twice, as an item and as an event, and has been seen once. */
export interface Said {
  readonly kind: 'message' | 'reasoning' | 'web_search'
  readonly from: 'item' | 'event'
  /** Texts that still wait for their counterpart. */
  readonly texts: string[]
  readonly draft: StepDraft
  readonly line: number
}

/** How a turn stands. */
export type Phase = 'open' | 'answered' | 'completed' | 'cancelled' | 'interrupted' | 'failed'

/** A turn of the user under construction. */
export class Turn {
  readonly run: RunDraft
  readonly session: Session
  /** Id of the turn in the source, if it has one. */
  readonly sourceId: string | undefined
  /** Whether the source marks where turns begin and end. */
  readonly marked: boolean
  phase: Phase = 'open'
  error: string | undefined
  /** A later prompt took its place. */
  superseded = false
  prompted = false
  answer: Answer | undefined
  lastText: string | undefined
  model: string | undefined
  /** The approval policy in force. */
  mode: string | undefined
  /** The settings that were last written. */
  settings: Readonly<Record<string, string | undefined>> | undefined
  /** The last thing that happened was the result of a call. */
  worked = false
  readonly calls: Map<string, Call> = new Map()
  readonly delegations: Delegation[] = []
  /** The last moment at which something happened, which the next model call answers. */
  lastMoment: Moment | undefined
  readonly unmatched: Said[] = []
  lastCompaction: { readonly draft: StepDraft; line: number } | undefined

  constructor(session: Session, line: RolloutLine, previewer: Previewer, sourceId: string | undefined) {
    session.turns++
    this.session = session
    this.sourceId = sourceId
    this.marked = sourceId !== undefined
    const isUnique = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(sourceId ?? '')
    this.run = new RunDraft(isUnique && sourceId ? sourceId : `${session.id}.${sourceId ?? session.turns}`, previewer)
    this.run.start = line.time
    this.run.place = { root: session.cwd, cwd: session.cwd }
    this.lastMoment = line.time
  }

  /** Books a line on the turn, and that something happened then. */
  book({ number, time }: RolloutLine): void {
    this.run.book(number)
    if (time) this.lastMoment = time
  }

  /** Whether work goes on: a call waits for its result, or a result for the model. */
  get isWorking(): boolean {
    return this.phase === 'open' && (this.worked || [...this.calls.values()].some(({ open }) => open))
  }
}
