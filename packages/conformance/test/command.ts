import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { KeyRing } from '../src/index.ts'

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
