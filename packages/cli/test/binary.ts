// Runs the real program, as a person would: a folder of its own, an environment that is said.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'

export const bin: string = fileURLToPath(new URL('../bin/agent-run.mjs', import.meta.url))

/** What came of a run of the program. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** How to run it. */
export interface RunOptions {
  /** Another copy of the launcher. */
  readonly program?: string
  /** Whether it gets a process of its own, as from a shell: for what depends on its start, its end, its pipes or its threads. */
  readonly alone?: boolean
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Buffer | Iterable<Buffer>
}

/**
 * Runs `agent-run` with these arguments, no terminal, and no environment but what is given. One process a test file runs
 * one after the other; `AGENT_RUN_LONG` has each start anew.
 */
export async function agentRun(
  args: readonly string[],
  { program, alone = false, cwd = tmpdir(), env = {}, input = '' }: RunOptions = {},
): Promise<Ran> {
  const environment = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...env }
  const isStreamed = typeof input !== 'string' && !Buffer.isBuffer(input)
  if (alone || program !== undefined || isStreamed || needsProcess(args, env) || process.env['AGENT_RUN_LONG'])
    return runAlone(program ?? bin, args, { cwd, env: environment, input })
  return runResident({ args, cwd, env: environment, input })
}

/** Commands that start programs or hand on the descriptors of their own. */
const starting = ['record', 'mcp-proxy', 'serve', 'conform', 'bench']

const needsProcess = (args: readonly string[], env: Readonly<Record<string, string>>): boolean =>
  args.some((arg) => starting.includes(arg)) ||
  (args[0] === 'hook' && args[2] !== 'install' && args[2] !== 'uninstall') ||
  'NODE_OPTIONS' in env

async function runAlone(
  program: string,
  args: readonly string[],
  { cwd, env, input }: Required<Pick<RunOptions, 'cwd' | 'env' | 'input'>>,
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], { cwd, env })
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A program that does not read to the end breaks the pipe; what it says about it is the result.
  child.stdin.on('error', () => {})
  const closed = once(child, 'close')
  if (typeof input === 'string' || Buffer.isBuffer(input)) child.stdin.end(input)
  else {
    for (const chunk of input) if (!child.stdin.write(chunk)) await Promise.race([once(child.stdin, 'drain'), closed])
    child.stdin.end()
  }
  const [code] = (await closed) as [number | null]
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
}

let resident: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/** Runs it in the process that stays, after what runs there already. */
function runResident(run: object): Promise<Ran> {
  const ran = last.then(async () => {
    resident ??= fork(fileURLToPath(new URL('resident.mjs', import.meta.url)), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const child = resident
    return new Promise<Ran>((resolve, reject) => {
      const onExit = (code: number | null): void => {
        resident = undefined
        reject(new Error(`the program ended the process of all runs, with ${code}; such a run wants { alone: true }`))
      }
      child.once('exit', onExit)
      child.once('message', (message) => {
        child.off('exit', onExit)
        resolve(message as Ran)
      })
      child.send(run)
    })
  })
  last = ran.catch(() => {})
  return ran
}

/** Shows a record, or the text of several. */
export const show = (
  run: object | string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Ran> => agentRun(['show', '-', ...args], { input: typeof run === 'string' ? run : JSON.stringify(run), env })

const folders: string[] = []

/** A new folder with these files in it; it is removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Buffer | object>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-cli-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(
      join(folder, name),
      typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
    )
  }
  return folder
}

afterAll(async () => {
  if (resident !== undefined) {
    const ended = once(resident, 'exit')
    resident.disconnect()
    await ended
  }
  // A process that outlives its hook may still write there.
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

/** Takes the time out of a summary, so that it can be compared. */
export const timeless = (text: string): string => text.replace(/\(\d+(\.\d)? s\)/g, '(TIME)')
