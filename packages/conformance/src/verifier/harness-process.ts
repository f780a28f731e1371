import { type ChildProcess, spawn } from 'node:child_process'
import { createLineSplitter } from './lines.ts'

/** A harness that runs. */
export interface HarnessProcess {
  /** Writes one line to its standard input. */
  send(line: string): void
  /** Closes its standard input. */
  close(): void
  /** Ends it and whatever it started. */
  stop(): void
  /** The end of what it wrote to standard error. */
  stderr(): string
}

/** What is told about a harness that runs. Nothing is told once `onEnd` was called or it was stopped. */
export interface HarnessEvents {
  /** A line of standard output; null for one that is too long. */
  readonly onLine: (line: Uint8Array | null) => void
  /**
   * It is gone, or as good as gone; says how, to stand behind "the harness", and whether it is what a harness does whose
   * input has ended.
   */
  readonly onEnd: (how: string, isOrderly: boolean) => void
}

/** The end of standard error that is kept, in octets. */
const MOST_STDERR = 4096

/** After the end of a process, time for what it wrote before; after the end of its output, time to say how it ends. */
const LAST_WORDS_MS = 300

/** Variables that a harness gets without being asked for: what programs need to start, and nothing that is secret. */
const PASSED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot']

/**
 * The environment of a harness.
 * @param names further variables that are let through
 */
export const harnessEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries([...PASSED, ...names].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))

const running = new Set<ChildProcess>()

/** Harnesses lead process groups of their own, so that an interrupt at the keyboard does not reach them by itself. */
const endAll = (): void => running.forEach(endGroup)
const passOn = (signal: NodeJS.Signals): void => {
  endAll()
  process.kill(process.pid, signal)
}

const endGroup = (child: ChildProcess): void => {
  running.delete(child)
  if (running.size === 0) {
    process.off('exit', endAll)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, passOn)
  }
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The whole group is gone already, or the system has no groups.
    child.kill('SIGKILL')
  }
}

/** Starts a harness. That it cannot be started comes as its end. */
export const startHarness = (
  [program = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
  { onLine, onEnd }: HarnessEvents,
): HarnessProcess => {
  const child = spawn(program, words, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  if (running.size === 0) {
    process.once('exit', endAll)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, passOn)
  }
  running.add(child)
  let isOver = false
  let how: string | undefined
  let isOrderly = true
  let last: Buffer = Buffer.alloc(0)

  const stop = (): void => {
    if (isOver) return
    isOver = true
    endGroup(child)
    for (const stream of child.stdio) stream?.destroy()
  }
  const end = (): void => {
    if (isOver) return
    stop()
    onEnd(how ?? 'closed its standard output', isOrderly)
  }
  const endSoon = (): void => void setTimeout(end, LAST_WORDS_MS)

  child.once('error', (error: NodeJS.ErrnoException) => {
    how ??= `could not be started (${error.code ?? 'unknown reason'})`
    end()
  })
  child.once('exit', (code, signal) => {
    isOrderly = code === 0
    how ??= signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`
    endSoon()
  })
  child.once('close', end)
  child.stdout.once('end', endSoon)
  // A harness that is gone does not read: its end says so.
  child.stdin.on('error', () => {})
  const splitter = createLineSplitter()
  child.stdout.on('data', (octets: Uint8Array) => {
    for (const line of splitter.push(octets)) if (!isOver) onLine(line)
  })
  child.stderr.on('data', (octets: Buffer) => {
    last = Buffer.concat([last, octets]).subarray(-MOST_STDERR)
  })
  return {
    send: (line) => void child.stdin.write(`${line}\n`),
    close: () => void child.stdin.end(),
    stop,
    stderr: () => last.toString('utf8'),
  }
}
