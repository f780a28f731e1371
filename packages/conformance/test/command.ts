import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import type { KeyRing } from '../src/index.ts'
import { runProgram } from '../src/program.ts'

/** Path of the program, as npm links it. */
export const bin: string = fileURLToPath(new URL('../bin/agent-run-conformance.mjs', import.meta.url))

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program, built, in a process of its own; nothing of our environment but what it needs reaches it. */
export const conformance = async (
  args: readonly string[],
  { env = {}, cwd }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<Ended> => {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text
    })
  }
  const [code] = await once(child, 'close')
  return { code, ...texts }
}

/**
 * The same in this process, which costs a fraction of it: one at a time, in the folder that the tests run in, with a standard
 * input that nobody writes to.
 */
export const callConformance = async (
  args: readonly string[],
  { env = {} }: { env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> => {
  const texts = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text, ...more) => {
      texts[name] += text
      more.find((each) => typeof each === 'function')?.()
      return true
    }),
  )
  const before = { env: process.env, exitCode: process.exitCode }
  process.env = { PATH: before.env['PATH'], ...env }
  process.exitCode = undefined
  try {
    await runProgram([process.execPath, bin, ...args])
    return { code: Number(process.exitCode ?? 0), ...texts }
  } finally {
    process.env = before.env
    process.exitCode = before.exitCode
    for (const spy of spies) spy.mockRestore()
  }
}

/** Starts something whose time is over as soon as a file is there: a minute passes for its timers. */
export const runOutOfTime = async <T>(start: () => Promise<T>, file: string): Promise<T> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const ended = start()
    while (!existsSync(file)) await sleep(20)
    vi.advanceTimersByTime(60_000)
    return await ended
  } finally {
    vi.useRealTimers()
  }
}

/** Keys as the program finds them in its environment. */
export const keysInEnvironment = (keys: KeyRing): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(keys).map(([role, key]) => [
      role === 'main' ? 'AGENT_RUN_KEY' : `AGENT_RUN_KEY_${role.toUpperCase()}`,
      key,
    ]),
  )

/** An empty folder that goes away with the test. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-conformance-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
