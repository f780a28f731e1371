// Runs commands under `agent-run record` and reads what was recorded.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentRun, SideEffect, Step } from '@agent-run/types'
import { agentRun, folderWith, type Ran, type RunOptions } from '../binary.ts'

/** What came of a command, and its record. */
export interface Recorded extends Ran {
  readonly run: AgentRun
  readonly step: Step
  readonly effects: readonly SideEffect[]
  /** `action name` of every file and commit that changed. */
  readonly changed: readonly string[]
}

/** Records a shell script in a folder; options stand before it. */
export async function record(
  cwd: string,
  script: string,
  options: readonly string[] = [],
  how: RunOptions = {},
): Promise<Recorded> {
  const ran = await agentRun(['record', ...options, '--', 'sh', '-c', script], { cwd, ...how })
  return { ...ran, ...newest(cwd) }
}

/** The same for a script that writes a process's number to `pid` and goes on until its time is up. */
export async function outOfTime(cwd: string, script: string): Promise<Recorded & { readonly pid: number }> {
  // How long a script takes to begin depends on the machine.
  for (let seconds = 0.4; ; seconds *= 4) {
    const recorded = await record(cwd, script, ['--timeout', `${seconds * 1000}ms`])
    const pid = existsSync(join(cwd, 'pid')) ? Number(readFileSync(join(cwd, 'pid'), 'utf8')) : 0
    if (pid > 1) return { ...recorded, pid }
  }
}

/** The record that was written last into a folder. */
export function newest(cwd: string): Omit<Recorded, keyof Ran> {
  const folder = join(cwd, '.agent-run')
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
  const run = JSON.parse(readFileSync(join(folder, names.at(-1) as string), 'utf8')) as AgentRun
  const [step] = run.steps
  return {
    run,
    step: step as Step,
    effects: step?.side_effects ?? [],
    changed: (run.artifacts ?? []).map(({ action, name }) => `${action} ${name}`),
  }
}

/** `git` in a folder, with an author of its own. */
export function git(cwd: string, ...args: readonly string[]): string {
  const who = {
    GIT_AUTHOR_NAME: 'ada',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'ada',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  const { stdout, stderr, status } = spawnSync(
    'git',
    ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always', ...args],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...who, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** A repository with one commit that holds these files. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files)
  git(cwd, 'init', '--quiet')
  git(cwd, 'add', '--all')
  git(cwd, 'commit', '--quiet', '--message', 'one')
  return cwd
}

/** Digest of a content, as records have it. */
export const digestOf = (content: string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`
