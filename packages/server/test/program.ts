import { vi } from 'vitest'
import { runProgram } from '../src/program.ts'

/** How the program ended. */
interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program in this process, which costs a fraction of one of its own: one at a time, and nothing that serves. */
export const callProgram = async (args: readonly string[]): Promise<Ended> => {
  const texts = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text, ...more) => {
      texts[name] += text
      more.find((each) => typeof each === 'function')?.()
      return true
    }),
  )
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await runProgram(['node', 'agent-run-server', ...args])
    return { code: Number(process.exitCode ?? 0), ...texts }
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
