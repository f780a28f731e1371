import { join, resolve } from 'node:path'

/** How a hook is called, as its command line says it. */
export interface HookCall {
  readonly directory?: string
  readonly key?: string
  readonly passphraseFile?: string
  readonly policy?: string
  /** Whether it is called for permission requests, too: then none that is not in the log was made. */
  readonly seesRequests?: boolean
}

/** Options that take a value. */
const members: Readonly<Record<string, 'directory' | 'key' | 'passphraseFile' | 'policy'>> = {
  '--directory': 'directory',
  '--key': 'key',
  '--passphrase-file': 'passphraseFile',
  '--policy': 'policy',
}

const seesRequests = '--sees-requests'

/**
 * The call that Claude Code makes; undefined for anything else, such as `install`, `--finish` and mistakes, which the
 * command line proper answers. Read by hand: loading a parser of options takes longer than all the rest.
 *
 * @param argv arguments of the process: node, script, command …
 */
export function readHookCall(argv: readonly string[]): HookCall | undefined {
  if (argv[2] !== 'hook' || argv[3] !== 'claude-code') return undefined
  const call: { -readonly [name in keyof HookCall]: HookCall[name] } = {}
  for (let at = 4; at < argv.length; at++) {
    if (argv[at] === seesRequests) {
      call.seesRequests = true
      continue
    }
    const member = members[argv[at] as string]
    const value = argv[++at]
    if (member === undefined || value === undefined || value === '' || call[member] !== undefined) return undefined
    call[member] = value
  }
  return call
}

/** The call as a command line again, for a process that goes on with it. */
export const wordsOf = (call: HookCall): string[] => [
  ...Object.entries(members).flatMap(([option, member]) => {
    const value = call[member]
    return value === undefined ? [] : [option, value]
  }),
  ...(call.seesRequests === true ? [seesRequests] : []),
]

/** Folder of the records: the one that was named, else `.agent-run` in the project's folder, which Claude Code names. */
export const directoryOf = (call: HookCall, env: NodeJS.ProcessEnv, cwd: unknown): string => {
  if (call.directory !== undefined) return resolve(call.directory)
  const project = env.CLAUDE_PROJECT_DIR || (typeof cwd === 'string' && cwd !== '' ? cwd : '.')
  return resolve(join(project, '.agent-run'))
}
