import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { LimitReached, StreamEvidence, TrialEnding } from '../trial.ts'
import { holdGroup, killProcesses, membersOf, processesWith, signalGroup } from './processes.ts'

/** How the process of a runtime is started, and what ends it. */
export interface ProcessOptions {
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Written to its standard input. */
  readonly input: string
  /** Milliseconds that it may take. */
  readonly durationMs: number
  /** Octets that it may write to standard output and standard error together; the first of them are kept. */
  readonly outputBytes: number
  /** Text in the environment of all that it starts, and of nothing else. */
  readonly mark: string
  /**
   * Looked at twice a second, and once more at the end: the first limit that was reached, apart from time and output. Told how
   * many processes there are, those that have left the group included.
   */
  readonly look: (processes: number) => LimitReached | undefined
  /** Ends it at once. */
  readonly stopped: AbortSignal
  /** Told what it writes, as it comes. */
  readonly onOutput?: (stream: 'stdout' | 'stderr', octets: Uint8Array) => void
}

/** How it ended and what it said. */
export interface ProcessResult {
  readonly ending: TrialEnding
  readonly stdout: StreamEvidence
  readonly stderr: StreamEvidence
  readonly reached: readonly LimitReached[]
}

/** Milliseconds between asking to end and ending. */
const GRACE = 2000
/** Milliseconds between two looks. */
const LOOK = 500
/** Milliseconds for what it wrote last to arrive. */
const DRAIN = 500
/** Looks for processes that will not go away, 20 ms apart. */
const TRIES = 100

/**
 * Runs a runtime in a process group of its own until it ends by itself, a limit is reached or the bench is stopped. When
 * this resolves nothing of it is left, as far as that can be seen. Never throws: what cannot be started is an ending.
 */
export const runProcess = async (options: ProcessOptions): Promise<ProcessResult> => {
  const { durationMs, outputBytes, look, stopped, mark } = options
  const began = performance.now()
  const out = createTail(outputBytes)
  const err = createTail(outputBytes)
  const started = start(options)
  const result = (ending: Omit<TrialEnding, 'wallMs'>, reached: readonly LimitReached[]): ProcessResult => ({
    ending: { ...ending, wallMs: Math.round(performance.now() - began) },
    stdout: out.evidence(),
    stderr: err.evidence(),
    reached,
  })
  if (!('child' in started)) return result({ how: 'not_started', problem: started.problem, leftBehind: false }, [])
  const { child } = started
  const exited = new Promise<{ code: number | null; signal: string | null; problem?: string }>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, problem: error.code ?? 'unknown error' })
    })
    // Not `close`: somebody it left behind may hold the pipes for ever.
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const group = child.pid
  if (group === undefined) {
    const { problem = 'unknown error' } = await exited
    return result({ how: 'not_started', problem, leftBehind: false }, [])
  }
  const held = holdGroup(group, mark)
  const reached: LimitReached[] = []
  let how: TrialEnding['how'] | undefined
  const end = (why: TrialEnding['how'], limit?: LimitReached): void => {
    if (limit !== undefined && !reached.some((each) => each.limit === limit.limit)) reached.push(limit)
    if (how !== undefined) return
    how = why
    // Whoever is only late may still write down how far it got; a flood goes on meanwhile.
    signalGroup(group, why === 'timed_out' ? 'SIGTERM' : 'SIGKILL')
    if (why === 'timed_out') killer = setTimeout(() => signalGroup(group, 'SIGKILL'), GRACE)
  }
  let killer: NodeJS.Timeout | undefined
  const stop = (): void => {
    signalGroup(group, 'SIGKILL')
    end('stopped')
  }
  stopped.addEventListener('abort', stop)
  if (stopped.aborted) stop()
  const timer = setTimeout(() => end('timed_out'), durationMs)
  const looking = setInterval(() => {
    const limit = look(new Set([...membersOf(group), ...processesWith(mark)]).size)
    if (limit !== undefined) end('over_limit', limit)
  }, LOOK)
  const take = (stream: 'stdout' | 'stderr', tail: typeof out) => (octets: Buffer) => {
    tail.add(octets)
    const found = out.total() + err.total()
    if (found > outputBytes) end('over_limit', { limit: 'output_bytes', allowed: outputBytes, found })
    else options.onOutput?.(stream, octets)
  }
  const drained = Promise.all([
    drain(child.stdout as Readable, take('stdout', out)),
    drain(child.stderr as Readable, take('stderr', err)),
  ])
  const { code, signal } = await exited
  clearTimeout(timer)
  clearInterval(looking)
  clearTimeout(killer)
  if (how === undefined) await Promise.race([drained, wait(DRAIN)])
  const leftBehind = (await endAll(group, mark)) && how === undefined
  child.stdout?.destroy()
  child.stderr?.destroy()
  stopped.removeEventListener('abort', stop)
  held.release()
  const last = look(0)
  if (last !== undefined && !reached.some(({ limit }) => limit === last.limit)) reached.push(last)
  if (how === 'timed_out') {
    const found = Math.round(performance.now() - began)
    reached.push({ limit: 'duration_ms', allowed: durationMs, found })
  }
  return result(
    {
      how: how ?? (signal === null ? 'exited' : 'signal'),
      ...(code === null ? {} : { exitCode: code }),
      ...(signal === null || how !== undefined ? {} : { signal }),
      leftBehind,
    },
    reached,
  )
}

const start = ({ command: [program = '', ...args], cwd, env, input }: ProcessOptions) => {
  try {
    const child = spawn(program, args, {
      cwd,
      env,
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    // Whoever does not read its prompt has to live with that.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    return { child }
  } catch (error) {
    const code: unknown = (error as { code?: unknown }).code
    return { problem: typeof code === 'string' ? code : 'unknown error' }
  }
}

/** Ends all that is left of a group, and whoever has left it. Resolves to whether there was anything. */
const endAll = async (group: number, mark: string): Promise<boolean> => {
  let found = false
  for (let tries = 0; tries < TRIES; tries++) {
    const left = [...membersOf(group), ...processesWith(mark)]
    signalGroup(group, 'SIGKILL')
    if (left.length === 0) return found
    found = true
    killProcesses(left)
    await wait(20)
  }
  return found
}

const createTail = (most: number) => {
  const parts: Uint8Array[] = []
  let kept = 0
  let total = 0
  return {
    add: (octets: Uint8Array): void => {
      total += octets.length
      const part = octets.subarray(0, Math.max(0, most - kept))
      if (part.length > 0) parts.push(part)
      kept += part.length
    },
    total: (): number => total,
    evidence: (): StreamEvidence => ({ octets: Buffer.concat(parts), total }),
  }
}

const drain = (stream: Readable, take: (octets: Buffer) => void): Promise<void> =>
  new Promise((resolve) => {
    stream.on('data', take)
    stream.once('error', () => resolve())
    stream.once('close', () => resolve())
  })
