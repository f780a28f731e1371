import { readSync, writeSync } from 'node:fs'
import { directoryOf, type HookCall } from './call.ts'
import { type CleanText, eventLine, type HookEvent, isPlain } from './event-line.ts'
import { appendLine, hookLogOf } from './hook-log.ts'
import type { Judged } from './judge-call.ts'
import { permissionAnswer } from './permission-answer.ts'

/** Events after which turns are over. */
const endings: ReadonlySet<unknown> = new Set(['Stop', 'StopFailure', 'SessionEnd'])

/** Events that say which others are recorded: where permission requests are, a call without one needed none. */
const turning: ReadonlySet<unknown> = new Set(['SessionStart', 'UserPromptSubmit', ...endings])

const asItIs: CleanText = (_, text) => text

/** Longest event in bytes. */
const longest = 64 * 1024 * 1024

/**
 * Answers one call of Claude Code: writes a line into the hook log and, when turns are over, starts a process that makes
 * records of them. With a policy it also says whether a tool call may run; where it cannot tell, a person is asked. Never
 * throws and never fails: a fault is a line in `hook.log`, and without a policy Claude Code goes on as if there were no hook.
 */
export async function answerHook(call: HookCall): Promise<void> {
  let directory: string | undefined
  // What cannot be read may be a tool call.
  let owesAnswer = call.policy !== undefined
  try {
    directory = directoryOf(call, process.env, undefined)
    const event = eventIn(readInput())
    directory = directoryOf(call, process.env, event.cwd)
    const { session_id: session, hook_event_name: name } = event
    owesAnswer &&= typeof name !== 'string' || name === 'PreToolUse'
    if (typeof session !== 'string' || session === '' || typeof name !== 'string')
      throw new Error('found no session_id or hook_event_name; expected an event of Claude Code')
    const judged = name === 'PreToolUse' && call.policy !== undefined ? await judge(call.policy, event) : undefined
    // The answer first: a log that cannot be written must not keep a policy from holding.
    if (judged?.answer !== undefined) writeSync(1, judged.answer)
    owesAnswer = false
    const recording = call.seesRequests && turning.has(name) ? { recording: ['PermissionRequest'] } : {}
    const clean = isPlain(event) ? asItIs : (await import('./clean-text.ts')).cleanText
    const line = eventLine(event, new Date().toISOString(), { ...judged?.added, ...recording }, clean)
    if (!appendLine(hookLogOf(directory, session), line)) {
      const { makeLogFolder } = await import('./fault-log.ts')
      makeLogFolder(directory)
      appendLine(hookLogOf(directory, session), line)
    }
    if (endings.has(name)) (await import('./start-finish.ts')).startFinish(session, name, { ...call, directory })
    if (judged?.fault !== undefined) throw judged.fault
  } catch (error) {
    if (owesAnswer) haveAsked()
    if (directory === undefined) return
    const { noteFault } = await import('./fault-log.ts')
    noteFault(directory, owesAnswer ? 'a person was asked, since a hook failed' : 'a hook', error)
  }
}

/** Has a person asked; where not even that can be said, Claude Code takes the exit code 2 for a no. */
function haveAsked(): void {
  try {
    writeSync(1, permissionAnswer('ask', 'the event could not be judged'))
  } catch {
    process.exitCode = 2
  }
}

const judge = async (policy: string, event: HookEvent): Promise<Judged> =>
  (await import('./judge-call.ts')).judgeCall(policy, event, process.env.CLAUDE_PROJECT_DIR)

/** The object on standard input. Throws for anything else, without quoting it. */
function eventIn(text: string): HookEvent {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('found no JSON on standard input; expected an event of Claude Code')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('found JSON that is no object on standard input; expected an event of Claude Code')
  return value as HookEvent
}

/** Standard input to its end. A stream would take a tick or two that somebody waits for. */
function readInput(): string {
  const chunks: Buffer[] = []
  for (let size = 0; size <= longest; ) {
    const chunk = Buffer.allocUnsafe(65_536)
    const read = readSome(chunk)
    if (read === 0) return Buffer.concat(chunks).toString('utf8')
    chunks.push(chunk.subarray(0, read))
    size += read
  }
  throw new Error('found more than 64 MiB on standard input')
}

function readSome(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      // Whoever started us gave us a pipe that doesn't wait.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
