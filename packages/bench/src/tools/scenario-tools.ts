import { setTimeout as wait } from 'node:timers/promises'
import type { BenchApprovalAnswer, BenchTool, BenchToolAnswer, BenchToolDefinition } from '@agent-run/types'
import { type AnswerBook, createAnswerBook } from './answer-book.ts'
import { createDesk, type Desk } from './desk.ts'
import type { Answered, LedgerEntry } from './ledger.ts'
import { definitionOf, requestApproval, requestApprovalDefinition } from './request-approval.ts'
import type { ToolReply } from './tool-reply.ts'
import { writeInto } from './workspace-file.ts'

/** The tools of one trial: they answer by the scenario's script, and the ledger says what was really called. */
export interface ScenarioTools {
  /** What the runtime is told, `request_approval` included where questions are answered. */
  readonly definitions: readonly BenchToolDefinition[]
  readonly ledger: readonly LedgerEntry[]
  /** Calls beyond the limit; the first of them stands in the ledger. */
  readonly refused: number
  readonly desk: Desk
  /** Answers a call. `args` is JSON of the record profile. Never throws for what is called. */
  call(name: string, args: unknown): Promise<ToolReply>
  /** Ends every answer that is still on its way. */
  close(): void
}

/** How the tools of a trial are made. */
export interface ScenarioToolsOptions {
  /** The tools that the scenario offers. */
  readonly tools: readonly BenchTool[]
  /** Tools that may be called without asking; absent: all. */
  readonly allowedTools?: readonly string[]
  /** How questions are answered; with them the tool `request_approval` is offered. */
  readonly approvals?: readonly BenchApprovalAnswer[]
  /** Folder that tools write into. */
  readonly workspace: string
  /** Most calls that are answered; 1,000 by default. */
  readonly mostCalls?: number
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly clock?: () => number
}

/** Makes the tools of one trial. @throws Error if a schema or expression of the pack does not compile */
export function createScenarioTools(options: ScenarioToolsOptions): ScenarioTools {
  const { tools, allowedTools, approvals, workspace, mostCalls = 1000, clock = Date.now } = options
  const book = createAnswerBook(tools)
  const desk = createDesk(approvals, clock)
  const names = new Set(tools.map(({ name }) => name))
  const ledger: LedgerEntry[] = []
  const closing = new AbortController()
  let refused = 0
  let asked = 0

  const note = (entry: Omit<LedgerEntry, 'seq' | 'at' | 'approved_before' | 'asked_before'>) => {
    const isMade = entry.answered === 'result' || entry.answered === 'error'
    const before = desk.before(entry.tool_name, entry.arguments, isMade)
    const at = new Date(clock()).toISOString()
    ledger.push({ seq: ledger.length, at, ...entry, approved_before: before.approved, asked_before: before.asked })
  }
  const refuse = (name: string, args: unknown, answered: NonNullable<ToolReply['refused']>, error: string) => {
    note({ tool_name: name.slice(0, 64), arguments: args, answered, error, exit_code: 1 })
    return { exit_code: 1, error, refused: answered }
  }

  const call = async (name: string, args: unknown): Promise<ToolReply> => {
    if (approvals !== undefined && name === requestApprovalDefinition.name && !names.has(name)) {
      if (asked++ < mostCalls) return requestApproval(desk, args, (ms) => pause(ms, closing.signal))
    } else if (refused === 0 && ledger.length < mostCalls) {
      if (!names.has(name)) return refuse(name, args, 'unknown_tool', 'there is no tool of this name')
      const [fault] = book.faults(name, args)
      if (fault === undefined) return answer(name, args)
      return refuse(name, args, 'invalid_arguments', `arguments${fault.path}: ${fault.message}`)
    }
    const error = `no more than ${mostCalls} calls are answered here`
    if (refused++ === 0) return refuse(name, args, 'over_limit', error)
    return { exit_code: 1, error, refused: 'over_limit' }
  }

  const answer = async (name: string, args: unknown): Promise<ToolReply> => {
    const { index, reply, delay, writes } = prepared(book, name, args)
    const answered: Answered = reply.error === undefined ? 'result' : 'error'
    // Before anything is waited for: the call happened, even if the runtime hangs up.
    note({
      tool_name: name,
      arguments: args,
      answered,
      ...(index === undefined || index < 0 ? {} : { answer: index }),
      ...(reply.error === undefined ? {} : { error: reply.error }),
      exit_code: reply.exit_code,
    })
    await pause(delay, closing.signal)
    for (const [path, text] of writes) {
      const failure = await writeInto(workspace, path, text).catch((error: Error) => error)
      if (failure instanceof Error) return { exit_code: 1, error: 'the tool could not write its file' }
    }
    return reply
  }

  return {
    definitions: [
      ...tools.map((tool) => definitionOf(tool, allowedTools)),
      ...(approvals === undefined || names.has(requestApprovalDefinition.name) ? [] : [requestApprovalDefinition]),
    ],
    ledger,
    get refused() {
      return refused
    },
    desk,
    call,
    close: () => closing.abort(),
  }
}

const prepared = (book: AnswerBook, name: string, args: unknown) => {
  const taken = book.take(name, args)
  const given: BenchToolAnswer = taken?.answer ?? { error: 'the tool has no answer to these arguments' }
  const { error, result = {}, exit_code = error === undefined ? 0 : 1, delay_ms = 0, writes = {} } = given
  const files = Object.entries(writes).filter((file): file is [string, string] => typeof file[1] === 'string')
  const reply: ToolReply = error === undefined ? { exit_code, result } : { exit_code, error }
  return { index: taken?.index, reply, delay: delay_ms, writes: files }
}

/** Waits, unless the trial is over. */
const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  if (ms > 0) await wait(ms, undefined, { signal }).catch(() => {})
}
