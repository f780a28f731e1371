import { AgentRunError } from '@agent-run/core'
import { visibleName } from '@agent-run/core/text'
import { loadSigner } from '@agent-run/sdk/keys'
import { exit, Failure } from '../../failure.ts'
import { policyIn } from '../../input/policy-file.ts'
import { orFailure } from '../../sealing/core-errors.ts'
import { passphraseIn } from '../../sealing/signer.ts'
import type { HookCall } from '../call.ts'
import { type ChangeOptions, changeFile } from './change-settings.ts'
import { addEntries, ownEntries, removeEntries } from './edit-settings.ts'
import { eventsOf, installedVersion, readVersion } from './events.ts'
import { hookCommand } from './hook-command.ts'
import { contentBefore, noteInstallation } from './installation.ts'
import { readSettings, type Scope, settingsPath } from './settings-file.ts'

/** Options of `agent-run hook claude-code install`, as the command line gives them. */
export interface InstallOptions extends HookCall, ChangeOptions {
  readonly scope: Scope
  readonly claudeVersion?: string
}

/** Seconds that Claude Code waits for the hook; it takes a tenth of one. */
const timeout = 10

/** Events about tools: their groups say for which. */
const aboutTools = /^(?:Pre|Post)Tool|^Permission/

/** Adds the hook to a settings file. Returns the exit code. Throws `Failure`. */
export async function runInstall(options: InstallOptions): Promise<number> {
  const { scope } = options
  const named = settingsPath(scope, process.env)
  const { path, text, value } = readSettings(named)
  // A hook is silent: what is wrong with its files would only be seen in its log.
  if (options.policy !== undefined) policyIn(options.policy, 'nothing was installed')
  const isLocked = options.key !== undefined && !(await opens(options.key, options.passphraseFile))
  const version = wantedVersion(options)
  const events = eventsOf(version)
  const { command, isLocal } = hookCommand(scope, { ...options, seesRequests: events.includes('PermissionRequest') })
  const own = ownEntries(value)
  const isThere =
    own.length === events.length && own.every((each) => each.command === command && events.includes(each.event))
  if (isThere) {
    process.stderr.write(`${visibleName(path)} has the hook already; nothing to do\n`)
    return exit.clean
  }
  // What was installed before with other options goes first.
  const before = text === undefined ? undefined : contentBefore(path, text)
  const base = before === undefined ? (text === undefined ? undefined : removeEntries(text)) : (before ?? undefined)
  const hook = { type: 'command', command, timeout }
  const entries = events.map((event) => ({
    event,
    group: { ...(aboutTools.test(event) ? { matcher: '*' } : {}), hooks: [hook] },
  }))
  const added = addEntries(base ?? '{}\n', entries)
  if (!(await changeFile(path, text, added.text, options))) return exit.clean
  const isNoted = noteInstallation(path, base, added.text, added.inserted)
  const rows = [`hook installed for ${events.length} events; it works for sessions that begin from now on`]
  if (version === undefined)
    rows.push(
      'there is no claude on PATH, so only events are installed that every version has: permission requests are not among them (--claude-version 2.1.0 adds those that it has)',
    )
  if (scope === 'project' && isLocal)
    rows.push('the command names paths of this machine; others who share these settings have them elsewhere')
  if (options.key === undefined) rows.push('records will not be sealed: give --key to seal them')
  if (isLocked)
    rows.push(
      'the key is encrypted: give --passphrase-file, or see to it that Claude Code has AGENT_RUN_PASSPHRASE in its environment',
    )
  if (!isNoted)
    rows.push(
      'what was put in cannot be written down in ~/.agent-run; uninstall will take it out, but may not restore every byte',
    )
  if (value.disableAllHooks === true) rows.push('"disableAllHooks" is set in this file: no hook will run')
  process.stderr.write(rows.map((row) => `${row}\n`).join(''))
  return exit.clean
}

/** Whether a key can be used with what is known here, where nobody is asked for a passphrase. Throws `Failure` if never. */
const opens = (key: string, passphraseFile: string | undefined): Promise<boolean> =>
  orFailure(async () => {
    try {
      const passphrase = passphraseFile === undefined ? undefined : passphraseIn(passphraseFile)
      await loadSigner(key, passphrase === undefined ? { env: process.env } : { passphrase })
      return true
    } catch (error) {
      if (error instanceof AgentRunError && error.code === 'key.passphrase_missing') return false
      throw error
    }
  })

const wantedVersion = ({ claudeVersion }: InstallOptions): string | undefined => {
  if (claudeVersion === undefined) return installedVersion()
  const version = readVersion(claudeVersion)
  if (version === undefined) throw new Failure('--claude-version: expected a version such as 2.1.40')
  return version
}
