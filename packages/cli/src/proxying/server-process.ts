import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { visible } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'

/** How a server ended. */
export interface ServerEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A server that runs. */
export interface ServerProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly ended: Promise<ServerEnd>
  /**
   * Ends it politely: closes its input, then asks it to end, then ends it. Resolves when it has ended.
   * @param work whether something is still to be said to it, and whether it still answers what it was asked: a client that closes
   * its side may well wait for that
   */
  dismiss(work: { readonly isJudging: boolean; readonly isOwed: boolean }): Promise<ServerEnd>
  /** Passes a signal on; a server that does not end because of it is ended later. */
  signal(signal: NodeJS.Signals): void
}

/** How long a server is given to end by itself after its input was closed, and after it was asked to, in milliseconds. */
const grace = { closed: 1000, asked: 1000, busy: 30_000 }

/** Starts a server on pipes; its standard error is ours. Throws `Failure` if it cannot be started. */
export async function startServer(command: readonly [string, ...string[]]): Promise<ServerProcess> {
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true })
  const ended = endOf(child)
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new Failure(`the server ${visible(program)} cannot be started: ${describeError(error)}`, { cause: error })
  }
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const within = (ms: number): Promise<unknown> =>
    Promise.race([ended, new Promise((resolve) => setTimeout(resolve, ms))])
  const press = async (first: NodeJS.Signals): Promise<void> => {
    if (!hasEnded()) child.kill(first)
    await within(grace.asked)
    if (!hasEnded()) child.kill('SIGKILL')
  }

  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    async dismiss(work) {
      let left = grace.busy
      const whileIt = async (isSo: () => boolean): Promise<void> => {
        for (; left > 0 && !hasEnded() && isSo(); left -= 50) await within(50)
      }
      await whileIt(() => work.isJudging)
      child.stdin.end()
      await whileIt(() => work.isOwed)
      await within(grace.closed)
      if (!hasEnded()) await press('SIGTERM')
      return ended
    },
    signal(signal) {
      void press(signal)
    },
  }
}

/** Waits for the process itself: something that it started may hold its output open for longer. */
const endOf = (child: ChildProcess): Promise<ServerEnd> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      // What it wrote last may still be in the pipe.
      const done = (): void => resolve({ code, signal })
      child.once('close', done)
      setTimeout(done, 500).unref()
    })
    child.once('error', () => resolve({ code: null, signal: null }))
  })

/** Exit code of a program that passes on how the server ended. */
export const exitCodeOf = ({ code, signal }: ServerEnd): number =>
  code ?? 128 + (signal === null ? 0 : constants.signals[signal])
