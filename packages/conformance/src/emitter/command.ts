import { type ChildProcess, spawn } from 'node:child_process'

/** How a command ended. */
export interface Ending {
  /** Its exit code; null where a signal ended it. */
  readonly exit: number | null
  readonly signal: string | null
  /** It did not end by itself in time and was ended. */
  readonly timedOut: boolean
  /** It could not be started at all; the code of the system. */
  readonly failure?: string
  /** The last lines of what it wrote, raw: escape them before they are shown. */
  readonly tail: string
}

/** Octets of each stream that are kept: the last ones. */
const KEPT = 8 * 1024
/** Milliseconds between asking a command to end and ending it. */
const GRACE = 2_000

/** Commands under way, so that none survives the suite. */
const running = new Set<ChildProcess>()

/**
 * Runs a command with these variables added to the environment, in a process group of its own, for at most so many
 * milliseconds. What it writes is read and forgotten but for its end. Whatever happens, its whole group is ended.
 */
export const runCommand = (
  [program, ...args]: readonly string[],
  variables: Readonly<Record<string, string>>,
  milliseconds: number,
): Promise<Ending> =>
  new Promise((resolve) => {
    const child = spawn(program ?? '', args, {
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...variables },
    })
    running.add(child)
    const tails = [keepTail(child.stdout), keepTail(child.stderr)]
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      end(child, 'SIGTERM')
      setTimeout(() => end(child, 'SIGKILL'), GRACE).unref()
    }, milliseconds)
    const settle = (ended: Pick<Ending, 'exit' | 'signal' | 'failure'>): void => {
      clearTimeout(timer)
      running.delete(child)
      // What the command started and left behind ends with it.
      end(child, 'SIGKILL')
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({
        ...ended,
        timedOut,
        tail: tails
          .map((tail) => tail())
          .filter(Boolean)
          .join('\n'),
      })
    }
    child.once('error', (error: NodeJS.ErrnoException) =>
      settle({ exit: null, signal: null, failure: error.code ?? 'unknown' }),
    )
    // Not `close`: a process that it left behind could hold the streams open.
    child.once('exit', (exit, signal) => setImmediate(settle, { exit, signal }))
  })

/** Ends all commands that are still under way. */
export const endCommands = (): void => {
  for (const child of running) end(child, 'SIGKILL')
}

const end = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

const keepTail = (stream: NodeJS.ReadableStream): (() => string) => {
  let kept = Buffer.alloc(0)
  stream.on('data', (part: Buffer) => {
    kept = Buffer.concat([kept, part]).subarray(-KEPT)
  })
  stream.on('error', () => undefined)
  return () => kept.toString('utf8')
}
