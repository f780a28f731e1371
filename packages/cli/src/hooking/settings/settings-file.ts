import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { positionAt, readJson } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import { Failure } from '../../failure.ts'
import { codeOf, describeError } from '../../input/system-error.ts'

/** Whose settings. */
export type Scope = 'user' | 'project' | 'local'

/** A settings file of Claude Code. */
export interface SettingsFile {
  /** Absolute; where a symbolic link leads, if the file is one. */
  readonly path: string
  /** Its content; undefined if it is not there. */
  readonly text: string | undefined
  readonly value: Readonly<Record<string, unknown>>
}

/** The settings file of a scope, whether it is there or not. */
export function settingsPath(scope: Scope, env: NodeJS.ProcessEnv): string {
  if (scope === 'user') return join(resolve(env.CLAUDE_CONFIG_DIR || join(homedir(), '.claude')), 'settings.json')
  return resolve('.claude', scope === 'local' ? 'settings.local.json' : 'settings.json')
}

/**
 * Reads settings strictly: what is not understood to the last character is not edited. Throws `Failure` that says where it
 * is no JSON, or not shaped as settings are.
 */
export function readSettings(named: string): SettingsFile {
  const bytes = read(named)
  if (bytes === undefined) return { path: named, text: undefined, value: {} }
  const path = realpathSync(named)
  const result = readJson(bytes)
  if (!result.ok) {
    const { position, message } = result.finding
    throw refusal(named, position, `${visible(message)}; expected JSON without comments`)
  }
  const { text, value } = result
  if (!isObject(value)) throw refusal(named, positionAt(text, 0), 'expected an object with settings')
  const { hooks } = value
  if (hooks !== undefined && !isObject(hooks)) throw refusal(named, undefined, 'expected "hooks" to be an object')
  const odd = Object.entries(hooks ?? {}).find(([, groups]) => !Array.isArray(groups))
  if (odd) throw refusal(named, undefined, `expected "hooks" to hold lists; "${visible(odd[0])}" is none`)
  return { path, text, value }
}

const read = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      // Writing would put a file in the place of the link.
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
        throw refusal(
          path,
          undefined,
          'found a symbolic link to a file that is not there; make that file, or remove the link',
        )
      return undefined
    }
    throw new Failure(`${visibleName(path)} cannot be read: ${describeError(error)}`, { cause: error })
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refusal = (path: string, position: { line: number; column: number } | undefined, why: string): Failure => {
  const where = position === undefined ? '' : `:${position.line}:${position.column}`
  return new Failure(`${visibleName(path)}${where}: ${why}; it is left as it is`)
}
