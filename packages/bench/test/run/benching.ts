import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchLimits, BenchPack, BenchTrial } from '@agent-run/types'
import { afterAll } from 'vitest'
import { readPack } from '../../src/pack/index.ts'
import { type BenchOptions, runBench } from '../../src/run/run-bench.ts'
import type { BenchRun } from '../../src/trial.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

/** A runtime that does what its first argument says. */
export const runtime = fixture('runtime.mjs')

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Has a folder removed after the tests of the file. */
export const discard = (folder: string): void => void folders.push(folder)

/** A temporary folder, gone after the tests of the file. */
export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-test-'))
  folders.push(folder)
  return folder
}

/** A copy of the pack of the tests, changed. */
export const packWith = (change: (pack: BenchPack) => unknown = () => undefined): string => {
  const folder = join(temporary(), 'chores')
  cpSync(fixture('chores'), folder, { recursive: true })
  const file = join(folder, 'pack.json')
  const pack: BenchPack = JSON.parse(readFileSync(file, 'utf8'))
  change(pack)
  writeFileSync(file, JSON.stringify(pack, null, 2))
  return folder
}

/** What a test may set of a bench run. */
export interface Wishes extends Partial<Omit<BenchOptions, 'pack'>> {
  readonly mode?: string
  readonly args?: readonly string[]
  readonly packFolder?: string
  readonly limits?: BenchLimits
}

/** Runs the scenario `note` of that pack, once, unless wished otherwise. */
export const bench = ({ mode = 'good', args = [], packFolder, limits, ...rest }: Wishes = {}): Promise<BenchRun> => {
  const folder = packFolder ?? packWith((pack) => Object.assign(pack, { limits: { ...pack.limits, ...limits } }))
  return runBench({
    pack: readPack(folder),
    command: [process.execPath, runtime, mode, ...args],
    // Others write into the home folder of the machine meanwhile.
    env: { ...process.env, HOME: temporary() },
    out: join(temporary(), 'results'),
    seed: 'test',
    only: ['note'],
    ...rest,
  })
}

/** The only trial of a bench run, and the files of it. */
export const onlyTrial = (run: BenchRun): { trial: BenchTrial; read: (name: string) => string } => {
  const [trial] = run.trials
  if (trial === undefined || run.trials.length > 1) throw new Error(`there are ${run.trials.length} trials`)
  return {
    trial,
    read: (name) => readFileSync(join(run.out, 'trials', `${trial.scenario}.${trial.repeat}`, name), 'utf8'),
  }
}

/** Names of the rules of the bench itself that were broken. */
export const broken = ({ violations }: BenchTrial): readonly string[] => violations.map(({ rule }) => rule).sort()

/** Whether there is such a process that has not ended, be it that nobody has asked how. */
export const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}
