import { realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lineOf } from '@agent-run/core/text'
import { type HookCall, wordsOf } from '../call.ts'
import type { Scope } from './settings-file.ts'

const program = fileURLToPath(new URL('../../../bin/agent-run.mjs', import.meta.url))

/** A command for settings, and whether it names places of this machine only. */
export interface HookCommand {
  readonly command: string
  readonly isLocal: boolean
}

/**
 * The line that Claude Code gives to a shell: it works in every folder and with every path. Settings that a project shares name
 * what lies in the project by its variable, so that they work for others as well.
 */
export function hookCommand(scope: Scope, call: HookCall): HookCommand {
  const project = scope === 'project' ? resolve('.') : undefined
  const inside = project === undefined ? undefined : nameInside(project, program)
  const start = inside === undefined ? [quoted(process.execPath), quoted(program)] : ['node', inside]
  const directory = call.directory === undefined ? undefined : resolve(call.directory)
  const paths: HookCall = {
    ...(call.key === undefined ? {} : { key: resolve(call.key) }),
    ...(call.passphraseFile === undefined ? {} : { passphraseFile: resolve(call.passphraseFile) }),
    ...(call.policy === undefined ? {} : { policy: resolve(call.policy) }),
    ...(call.seesRequests === true ? { seesRequests: true } : {}),
  }
  const named = [...(directory === undefined ? [] : ['--directory', directory]), ...wordsOf(paths)]
  const words = named.map((word) =>
    word.startsWith('--') ? word : ((project && nameInside(project, word)) ?? quoted(word)),
  )
  return {
    command: [...start, 'hook', 'claude-code', ...words].join(' '),
    isLocal:
      inside === undefined ||
      named.some((word) => !word.startsWith('--') && nameInside(project ?? '/', word) === undefined),
  }
}

/** A path within a project by the variable that Claude Code sets for its hooks. */
const nameInside = (project: string, path: string): string | undefined => {
  const inner = relative(real(project), real(path))
  if (inner === '' || inner.startsWith('..') || /["$`\\]/.test(inner.split(sep).join('/'))) return undefined
  return `"$CLAUDE_PROJECT_DIR/${inner.split(sep).join('/')}"`
}

const real = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** A word as a shell takes it whatever it holds. */
const quoted = (word: string): string => (process.platform === 'win32' ? `"${word}"` : lineOf([word]))
