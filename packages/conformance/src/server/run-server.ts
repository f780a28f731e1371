import { isObject, type JsonObject } from '../bytes/json.ts'
import { createProgress } from '../commands/progress.ts'
import type { SharedOptions } from '../commands/shared-options.ts'
import { beginTrial, finish } from '../commands/trial.ts'
import { Failure } from '../failure.ts'
import { openPlayer, type Player } from '../http/player.ts'
import type { KeyRing } from '../http/room.ts'
import { printable } from '../http/show.ts'
import { type CaseOutcome, type ReportSubject, selectCases } from '../suite/index.ts'
import { readAddress } from './address.ts'
import { serverCases } from './cases.ts'
import { type KeyOptions, keyVariable, readKeys } from './keys.ts'
import { playAll } from './schedule.ts'

/** Options of the role *server*. */
export interface ServerOptions extends SharedOptions, KeyOptions {
  readonly url?: string
  readonly list?: true
  /** Seconds for one answer. */
  readonly requestTimeout: number
}

/** Seconds for everything, where nobody says otherwise: enough for a server that takes ten requests a second. */
const SECONDS = 600

/**
 * Puts a server to the test.
 * @returns the exit code
 * @throws {Failure} for a wrong option, and for a server that cannot be tested
 */
export const runServer = async (options: ServerOptions): Promise<number> => {
  const cases = selectCases(options.only, serverCases())
  if (options.list) {
    for (const { id, requirement, description } of cases)
      process.stdout.write(`${id}  ${requirement}  ${description}\n`)
    return 0
  }
  const url = readAddress(options.url ?? process.env.AGENT_RUN_SERVER_URL)
  const keys = readKeys(options, process.env)
  const trial = beginTrial('server', options, () => [options.keyFile, options.keys])
  const player = await openPlayer({
    url: url.href,
    keys,
    ...(options.level === undefined ? {} : { wanted: trial.capabilities }),
    seed: trial.seed,
    bounds: { seconds: options.requestTimeout },
    totalSeconds: options.timeout ?? SECONDS,
  })
  const address = url.origin + url.pathname.replace(/\/$/, '')
  if (player.silence !== undefined) throw new Failure(`nothing could be tested at ${address}: ${player.silence}`)
  await checkKeys(player, keys)

  const progress = createProgress(options.quiet)
  let done = 0
  let failed = 0
  const outcomes = await playAll(cases, async (each): Promise<CaseOutcome> => {
    const outcome = await player.play(each)
    done++
    if (outcome.status === 'fail') failed++
    progress.update(() => `${done} of ${cases.length} cases, ${failed} failed: ${outcome.id}`)
    return outcome
  })
  progress.hide()
  tellWhyNothing(outcomes)
  return finish(trial, {
    subject: subjectOf(player, address),
    outcomes,
    ...(options.level === undefined ? {} : { capabilities: trial.capabilities }),
  })
}

/** With a key that is refused everything would fail, and nothing would be said about the server. */
const checkKeys = async (player: Player, keys: KeyRing): Promise<void> => {
  for (const role of ['main', 'reader', 'other'] as const) {
    if (role !== 'main' && keys[role] === undefined) continue
    if ((await player.probe('/api/v1/runs?limit=1', role)) !== 401) continue
    if (keys[role] === undefined)
      throw new Failure(
        'the server asks for a key; put one that may do everything into AGENT_RUN_KEY, or use --key-file',
      )
    throw new Failure(
      `the server refuses the key of the role ${role} (401); look at ${keyVariable(role)} or its option`,
    )
  }
}

/** That nothing selected applies would otherwise look as if there was nothing to test. */
const tellWhyNothing = (outcomes: readonly CaseOutcome[]): void => {
  if (outcomes.some(({ status }) => status !== 'not_applicable')) return
  const reasons = [...new Set(outcomes.map(({ messages }) => messages[0] ?? 'it does not apply'))]
  process.stderr.write(`note: no case was played: ${reasons.slice(0, 5).join('; ')}\n`)
}

const subjectOf = ({ info, capabilities }: Player, address: string): ReportSubject => {
  const software: JsonObject = isObject(info.server) ? info.server : {}
  const text = (value: unknown): string | null => (typeof value === 'string' ? printable(value.slice(0, 100)) : null)
  return { name: text(software.name), version: text(software.version), address, capabilities }
}
