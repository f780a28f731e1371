// What a hook left behind, and waiting for it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentRun, Step } from '@agent-run/types'
import { agentRun, bin, type Ran } from '../binary.ts'
import { until } from '../waiting.ts'

export const command = (...options: string[]): string =>
  `'${process.execPath}' '${bin}' hook claude-code ${options.join(' ')}`
export const withKey = command('--key', '"$CLAUDE_PROJECT_DIR/ci.key"', '--sees-requests')

export const recordsIn = (directory: string): AgentRun[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as AgentRun)
    : []

/** Waits until the process that makes the records has made so many. */
export const eventually = async (directory: string, count: number): Promise<AgentRun[]> => {
  await until(
    () => recordsIn(directory).length >= count,
    () => `no ${count} records: ${faults(directory)}`,
  )
  return recordsIn(directory)
}

export const eventualFaults = async (directory: string): Promise<string> => {
  await until(() => faults(directory).endsWith('\n'))
  return faults(directory)
}

export const faults = (directory: string): string =>
  existsSync(join(directory, 'claude-code', 'hook.log'))
    ? readFileSync(join(directory, 'claude-code', 'hook.log'), 'utf8')
    : ''

export const linesOf = (directory: string, session: string): Record<string, unknown>[] =>
  readFileSync(join(directory, 'claude-code', `${session}.hooks.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

export const stepWith = (run: AgentRun | undefined, text: string): Step | undefined =>
  run?.steps.find(({ input_preview }) => input_preview?.includes(text))

/** Everything is over: nothing is waited for. */
export const finish = (cwd: string, ...options: string[]): Promise<Ran> =>
  agentRun(['hook', 'claude-code', '--finish', '--directory', '.agent-run', ...options], { cwd })
