import { delimiter } from 'node:path'
import { visible } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import type { TrialFolder } from './trial-folder.ts'

/** Variables without which programs do not start on Windows. */
const WINDOWS = ['SystemRoot', 'SYSTEMROOT', 'ComSpec', 'PATHEXT', 'NUMBER_OF_PROCESSORS']

/** Names that a trial sets itself. */
const OWN = /^(PATH|HOME|TMPDIR|TMP|TEMP|USERPROFILE|AGENT_RUN_.*)$/

/** Variables that are handed on by name. @throws Failure for one that is not set, or that every trial sets itself */
export const handedOn = (names: readonly string[], env: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.map((name) => {
      if (OWN.test(name)) throw new Failure(`--env ${visible(name)}: every trial has its own`)
      const value = env[name]
      if (value === undefined) throw new Failure(`--env ${visible(name)}: there is no such variable`)
      return [name, value]
    }),
  )

/** What a runtime finds in its environment, and nothing else. */
export const environmentOf = (
  folder: TrialFolder,
  {
    given,
    seed,
    serverUrl,
    key,
    toolsUrl,
  }: {
    readonly given: Readonly<Record<string, string>>
    readonly seed: number
    readonly serverUrl: string
    readonly key: string
    readonly toolsUrl: string
  },
): Readonly<Record<string, string>> => ({
  ...(process.platform === 'win32'
    ? Object.fromEntries(WINDOWS.flatMap((name) => (process.env[name] ? [[name, process.env[name] as string]] : [])))
    : {}),
  PATH: [folder.bin, ...(process.env['PATH'] ? [process.env['PATH']] : [])].join(delimiter),
  HOME: folder.home,
  TMPDIR: folder.temp,
  ...(process.platform === 'win32' ? { USERPROFILE: folder.home, TMP: folder.temp, TEMP: folder.temp } : {}),
  LANG: process.env['LANG'] ?? 'C.UTF-8',
  ...given,
  AGENT_RUN_TASK: folder.task,
  AGENT_RUN_OUTPUT: folder.output,
  AGENT_RUN_SERVER_URL: serverUrl,
  AGENT_RUN_KEY: key,
  AGENT_RUN_TOOLS_URL: toolsUrl,
  AGENT_RUN_SEED: String(seed),
})
