import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'

/** A program of another package, which need not be installed. */
export interface ForeignProgram {
  /** Name of the package. */
  readonly package: string
  /** Name of its program. */
  readonly bin: string
  /** What it is, in a sentence: `the server`. */
  readonly what: string
}

/** Signals that end a program; whoever sends one to this process means the program that it started. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs a program of another package until it ends, on our standard streams.
 * @returns its exit code, or 128 and the number of the signal that ended it
 */
export async function runPackage(program: ForeignProgram, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [pathOf(program), ...args], { stdio: 'inherit' })
  // From a terminal the program gets these itself: then it gets them twice, and would stop at once instead of in order.
  const isOurs = process.stdin.isTTY !== true
  const forward = (signal: NodeJS.Signals): void => {
    if (isOurs || signal !== 'SIGINT') child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (cause) =>
        reject(new Failure(`${program.what} cannot be started: ${describeError(cause)}`, { cause })),
      )
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    for (const signal of forwarded) process.off(signal, forward)
  }
}

/** Path of a program: installed beside this one, or in the project that we are in. */
const pathOf = (program: ForeignProgram): string => {
  for (const place of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const manifest = createRequire(place).resolve(`${program.package}/package.json`)
      const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Readonly<Record<string, string>> }
      return join(dirname(manifest), bin[program.bin] as string)
    } catch {
      // Not here; the next place, or the message below.
    }
  }
  throw new Failure(`${program.what} is not installed; run: npm install ${program.package}`)
}
