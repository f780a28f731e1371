import { spawnSync } from 'node:child_process'

/**
 * Events that the hook is for, and the version of Claude Code that has them. A version that does not know one of them refuses
 * the whole settings file, so none is written that it might not know.
 */
const events: readonly (readonly [name: string, since: string])[] = [
  ['SessionStart', '1.0.85'],
  ['UserPromptSubmit', '1.0.85'],
  ['PreToolUse', '1.0.85'],
  ['PermissionRequest', '2.0.45'],
  ['PermissionDenied', '2.1.89'],
  ['PostToolUse', '1.0.85'],
  ['PostToolUseFailure', '2.1.119'],
  ['Notification', '1.0.85'],
  ['SubagentStop', '1.0.85'],
  ['Stop', '1.0.85'],
  ['StopFailure', '2.1.78'],
  ['SessionEnd', '1.0.85'],
]

/** Names of the events that a version of Claude Code has; of an unknown version those that every one has. */
export const eventsOf = (version: string | undefined): string[] =>
  events
    .filter(([, since]) => since === '1.0.85' || (version !== undefined && !isBefore(version, since)))
    .map(([name]) => name)

/** The first three numbers of a version, as `claude --version` writes it; undefined if there are none. */
export const readVersion = (text: string): string | undefined => /\d+\.\d+\.\d+/.exec(text)?.[0]

/** Version of the program `claude` on PATH; undefined if there is none. */
export function installedVersion(): string | undefined {
  const { stdout, status } = spawnSync('claude', ['--version'], {
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? readVersion(stdout) : undefined
}

const isBefore = (version: string, other: string): boolean => {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const at = a.findIndex((number, index) => number !== b[index])
  return at !== -1 && (a[at] as number) < (b[at] as number)
}
