import { visibleName } from '@agent-run/core/text'
import { exit } from '../../failure.ts'
import { type ChangeOptions, changeFile } from './change-settings.ts'
import { ownEntries, removeEntries } from './edit-settings.ts'
import { contentBefore, forgetInstallation } from './installation.ts'
import { readSettings, type Scope, settingsPath } from './settings-file.ts'

/** Options of `agent-run hook claude-code uninstall`, as the command line gives them. */
export interface UninstallOptions extends ChangeOptions {
  readonly scope: Scope
}

/**
 * Takes the hook out of a settings file: byte for byte what it was if nothing else has changed since, else our entries and
 * nothing else. Returns the exit code. Throws `Failure`.
 */
export async function runUninstall(options: UninstallOptions): Promise<number> {
  const { path, text, value } = readSettings(settingsPath(options.scope, process.env))
  if (text === undefined || ownEntries(value).length === 0) {
    forgetInstallation(path)
    process.stderr.write(`${visibleName(path)} has no hook of ours; nothing to do\n`)
    return exit.clean
  }
  const before = contentBefore(path, text)
  const after = before === undefined ? removeEntries(text) : (before ?? undefined)
  if (!(await changeFile(path, text, after, options))) return exit.clean
  forgetInstallation(path)
  process.stderr.write(
    before === undefined
      ? 'hook taken out; the file was changed since it was installed, so everything else is as it was just now\n'
      : 'hook taken out; the file is what it was before\n',
  )
  return exit.clean
}
