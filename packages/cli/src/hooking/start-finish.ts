import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type HookCall, wordsOf } from './call.ts'

const program = fileURLToPath(new URL('../../bin/agent-run.mjs', import.meta.url))

/**
 * Starts a process that makes records of what is over in a session, and returns at once: Claude Code waits for its hooks,
 * and its transcript is often written only when they have answered.
 */
export function startFinish(session: string, event: string, call: HookCall): void {
  const words = ['hook', 'claude-code', '--finish', session, '--after', event, ...wordsOf(call)]
  const child = spawn(process.execPath, [program, ...words], { detached: true, stdio: 'ignore' })
  child.once('error', () => undefined)
  child.unref()
}
