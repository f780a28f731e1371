// Runs the real program, as a person would: the committed launcher, a folder of its own, an environment that is said.
import { spawn } from 'node:child_process'
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
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Buffer | Iterable<Buffer>
}

/** Runs `agent-run` with these arguments, no terminal, and no environment but what is given. */
export async function agentRun(
  args: readonly string[],
  { program = bin, cwd, env = {}, input = '' }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: cwd ?? tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...env },
  })
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

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Takes the time out of a summary, so that it can be compared. */
export const timeless = (text: string): string => text.replace(/\(\d+(\.\d)? s\)/g, '(TIME)')
