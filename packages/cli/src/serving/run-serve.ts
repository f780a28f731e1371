import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'

/** Signals that end a server; whoever sends one to this process means the server. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs `agent-run-server serve` until it ends.
 * @returns its exit code, or 128 and the number of the signal that ended it
 */
export async function runServe(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [serverProgram(), 'serve', ...args], { stdio: 'inherit' })
  // From a terminal the server gets these itself: then it gets them twice, and would stop at once instead of in order.
  const isOurs = process.stdin.isTTY !== true
  const forward = (signal: NodeJS.Signals): void => {
    if (isOurs || signal !== 'SIGINT') child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (cause) =>
        reject(new Failure(`the server cannot be started: ${describeError(cause)}`, { cause })),
      )
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    for (const signal of forwarded) process.off(signal, forward)
  }
}

/** Path of the server's program: installed beside this one, or in the project that we are in. */
function serverProgram(): string {
  const places = [import.meta.url, join(process.cwd(), 'package.json')]
  for (const place of places) {
    try {
      const manifest = createRequire(place).resolve('@agent-run/server/package.json')
      const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { 'agent-run-server': string } }
      return join(dirname(manifest), bin['agent-run-server'])
    } catch {
      // Not here; the next place, or the message below.
    }
  }
  throw new Failure('the server is not installed; run: npm install @agent-run/server')
}
