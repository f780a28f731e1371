import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { descendantsOf, isRunning } from './descendants.ts'
import { isInForeground } from './foreground.ts'
import { OutputTail } from './output-tail.ts'

/** How a command ended. */
export interface Ending {
  /** `exited`: by itself. `signalled`: a signal ended it. `timed_out`: we ended it. `not_started`: it never ran. */
  readonly how: 'exited' | 'signalled' | 'timed_out' | 'not_started'
  /** What a shell would say: its exit code, 128 and the number of the signal, 124, 126 or 127. */
  readonly code: number
  /** The signal that ended it. */
  readonly signal?: NodeJS.Signals
  /** System error that kept it from starting: `ENOENT`, `EACCES` … */
  readonly problem?: string
  /** The signal that somebody sent to us meanwhile and that was passed on. */
  readonly passedOn?: NodeJS.Signals
  /** Milliseconds since 1970 when it had ended. */
  readonly at: number
  /** Milliseconds that it ran. */
  readonly took: number
  /** The last that it wrote, if that was asked for: not yet without secrets. */
  readonly output?: string
}

/** How to run a command. */
export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv
  /** Milliseconds after which it is told to stop. */
  readonly timeout?: number
  /** Whether its output goes through us, to keep its end: then its standard output and error are pipes. */
  readonly keepOutput?: boolean
}

/** Signals that end a program; whoever sends one to us means the command. */
const passed = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

/** A terminal sends these to the command itself, and nobody can tell them from those that are sent to us alone. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT'])

/** Milliseconds between being told to stop and being stopped. */
const grace = 5000

/** Milliseconds between two looks at who is still there: no number of a process is used again so soon. */
const tick = 50

/**
 * Runs a command on our standard streams, until it ends. It gets them as they are, so that a terminal stays one, and
 * stays in our process group, so that Ctrl-C and Ctrl-Z reach it as ever. Never throws: a command that cannot be started
 * is an ending, too. Once it was called, signals don't end this process any more.
 */
export async function runChild(command: readonly [string, ...string[]], options: ChildOptions): Promise<Ending> {
  const [program, ...args] = command
  const { env, timeout, keepOutput = false } = options
  const started = performance.now()
  const ended = (): Pick<Ending, 'at' | 'took'> => ({ at: Date.now(), took: performance.now() - started })
  let passedOn: NodeJS.Signals | undefined
  let child: ChildProcess | undefined
  for (const signal of passed)
    process.on(signal, () => {
      passedOn = signal
      if (!fromTerminal.has(signal) || !isInForeground()) child?.kill(signal)
    })
  try {
    child = spawn(program, args, { env, stdio: keepOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit' })
  } catch (error) {
    return { ...notStarted(error), ...ended() }
  }
  // A reader that has gone is the command's business: it gets to know as ever, and we write down that it did.
  if (keepOutput) for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error')
  const tail = keepOutput ? new OutputTail() : undefined
  const copied =
    tail === undefined ? [] : [copy(child.stdout, process.stdout, tail), copy(child.stderr, process.stderr, tail)]
  const timer = timeout === undefined ? undefined : stopAfter(child, timeout)
  const ending = await new Promise<Omit<Ending, 'at' | 'took'>>((resolve) => {
    const running = child as ChildProcess
    running.once('error', (error) => running.pid === undefined && resolve(notStarted(error)))
    // Not "close": somebody it left behind may hold the pipes for ever.
    running.once('exit', (code, signal) => {
      const said = code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)
      const by = signal === null ? {} : { signal }
      if (timer?.hasStruck() === true) resolve({ how: 'timed_out', code: 124, ...by })
      else resolve({ how: signal === null ? 'exited' : 'signalled', code: said, ...by })
    })
  })
  const time = ended()
  await timer?.clear()
  if (ending.how !== 'not_started') await Promise.race([Promise.all(copied), pause(500)])
  return {
    ...ending,
    ...time,
    ...(passedOn === undefined ? {} : { passedOn }),
    ...(tail === undefined ? {} : { output: tail.text() }),
  }
}

const notStarted = (error: unknown): Omit<Ending, 'at' | 'took'> => {
  const problem = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown error'
  return { how: 'not_started', code: problem === 'ENOENT' || problem === 'ENOTDIR' ? 127 : 126, problem }
}

/** Tells the command and what it started to stop, and after a while makes them. */
function stopAfter(child: ChildProcess, timeout: number): { hasStruck(): boolean; clear(): Promise<void> } {
  let struck = false
  let told: number[] = []
  let killer: NodeJS.Timeout | undefined
  const stop = (signal: NodeJS.Signals): void => {
    for (const pid of [...(child.pid === undefined ? [] : descendantsOf(child.pid))].reverse()) signalTo(pid, signal)
    child.kill(signal)
  }
  const timer = setTimeout(() => {
    struck = true
    told = child.pid === undefined ? [] : descendantsOf(child.pid)
    stop('SIGTERM')
    killer = setTimeout(() => stop('SIGKILL'), grace)
  }, timeout)
  return {
    hasStruck: () => struck,
    async clear() {
      clearTimeout(timer)
      // Those that the command leaves behind have other parents by now.
      for (let left = grace; left > 0 && told.length > 0; left -= tick) {
        told = told.filter(isRunning)
        if (told.length > 0) await new Promise<void>((resolve) => void setTimeout(resolve, tick))
      }
      clearTimeout(killer)
      for (const pid of told) signalTo(pid, 'SIGKILL')
    },
  }
}

const signalTo = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/** Copies a stream as it comes, at the pace of its reader; resolves at its end. A reader that has gone stops the command, as ever. */
const copy = (from: Readable | null, to: Writable, tail: OutputTail): Promise<void> =>
  new Promise((resolve) => {
    if (from === null) return resolve()
    from.on('data', (chunk: Buffer) => {
      tail.add(chunk)
      if (!to.write(chunk)) {
        from.pause()
        to.once('drain', () => from.resume())
      }
    })
    to.once('error', () => from.destroy())
    from.once('error', () => resolve())
    from.once('close', () => resolve())
  })

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref())
