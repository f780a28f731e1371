import { randomBytes } from 'node:crypto'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import type { CodeCase } from '../code/code-case.ts'
import type { CaseResult, HttpCase, Status } from './case.ts'
import { type Bounds, exchange } from './exchange.ts'
import { encodePathText } from './expand.ts'
import { readBody } from './judge.ts'
import { type KeyRing, Missing, Room, type Subject } from './room.ts'
import { loadSchemas } from './schemas.ts'
import { Stage, Unprepared } from './stage.ts'

export interface RunOptions {
  /** Where the server is; a path in it goes before the paths of the protocol. */
  readonly url: string
  /** Keys by role. Without `main` everything is asked without a key. */
  readonly keys?: KeyRing
  readonly cases: readonly (HttpCase | CodeCase)[]
  /** Instead of those that the server declares. */
  readonly capabilities?: readonly string[]
  /** The throw-away names rest on it. The same seed twice on one server meets what the first run left there. */
  readonly seed?: string
  readonly bounds?: Partial<Bounds>
  /** Seconds for everything; what is not tested by then is untestable. */
  readonly totalSeconds?: number
  readonly onResult?: (result: CaseResult) => void
}

export interface RunReport {
  readonly seed: string
  readonly capabilities: readonly string[]
  readonly results: readonly CaseResult[]
  readonly counts: Readonly<Record<Status, number>>
}

/** So many requests in a row without an answer, and the rest of the cases is given up. */
const PATIENCE = 4

/**
 * Plays cases against a server and says how each came out. Takes bounded time and memory whatever the server does, changes
 * nothing but runs of its own, and never puts a key into a result.
 * @throws {TypeError} for a URL that is none
 */
export const runHttpCases = async (options: RunOptions): Promise<RunReport> => {
  const bounds: Bounds = { seconds: 10, octets: 16 * 1024 * 1024, ...options.bounds }
  const url = new URL(options.url)
  const keys = options.keys ?? {}
  const info = await discover(url, bounds)
  const subject: Subject = { url, keys, seed: options.seed ?? randomBytes(6).toString('hex'), info }
  const capabilities = options.capabilities ?? declared(info)
  const schemas = loadSchemas()
  const deadline = Date.now() + (options.totalSeconds ?? 900) * 1000
  const results: CaseResult[] = []
  let silences = 0
  for (const each of options.cases) {
    const { name, requirement, capability } = each
    const begun = Date.now()
    const why = reasonNotTo(each, capabilities, info)
    let outcome: Played
    if (why) outcome = why
    else if (silences >= PATIENCE) outcome = untestable('the server has stopped answering')
    else if (begun > deadline) outcome = untestable('the time for the whole run is over')
    else {
      const stage = new Stage(new Room(subject, name, 'define' in each ? each.define : {}), bounds, schemas)
      outcome = await play(stage, each)
      silences = stage.answered ? 0 : silences + 1
    }
    const result = withoutKeys(
      { name, requirement, capability, ...outcome, seconds: (Date.now() - begun) / 1000 },
      keys,
    )
    results.push(result)
    options.onResult?.(result)
  }
  return { seed: subject.seed, capabilities, results, counts: count(results) }
}

type Played = Pick<CaseResult, 'status' | 'messages'> & Partial<Pick<CaseResult, 'exchange' | 'curl'>>

const untestable = (message: string): Played => ({ status: 'untestable', messages: [message] })

const reasonNotTo = (
  each: HttpCase | CodeCase,
  capabilities: readonly string[],
  info: JsonObject,
): Played | undefined => {
  if (each.capability !== 'core' && !capabilities.includes(each.capability)) {
    return { status: 'not_applicable', messages: [`${each.capability} is not declared`] }
  }
  const wanted = each.needs?.server_key
  if (wanted === undefined || wanted === (typeof info.server_key === 'string')) return undefined
  return untestable(`needs a server ${wanted ? 'with' : 'without'} a key of its own`)
}

const play = async (stage: Stage, each: HttpCase | CodeCase): Promise<Played> => {
  const last = (): Pick<Played, 'curl'> => (stage.curl === undefined ? {} : { curl: stage.curl })
  try {
    if ('run' in each) {
      const messages = await each.run(stage)
      return messages.length === 0 ? { status: 'pass', messages } : { status: 'fail', messages, ...last() }
    }
    for (const [exchange, spec] of each.exchanges.entries()) {
      const messages = await stage.play(spec)
      if (messages.length > 0) return { status: spec.setup ? 'untestable' : 'fail', exchange, messages, ...last() }
    }
    return { status: 'pass', messages: [] }
  } catch (error) {
    if (error instanceof Missing) return untestable(error.message)
    if (error instanceof Unprepared) return { ...untestable(error.message), ...last() }
    return { ...untestable(`a fault of this suite: ${error instanceof Error ? error.message : 'unknown'}`), ...last() }
  }
}

const discover = async (url: URL, bounds: Bounds): Promise<JsonObject> => {
  const sent = { method: 'GET', path: '/.well-known/agent-run', headers: {}, octets: undefined, chunked: false }
  const outcome = await exchange(url, sent, bounds)
  const info: Json | undefined = 'answer' in outcome ? readBody(outcome.answer.octets) : undefined
  return isObject(info) ? info : {}
}

const declared = ({ capabilities }: JsonObject): readonly string[] =>
  Array.isArray(capabilities) ? capabilities.filter((each): each is string => typeof each === 'string') : ['core']

const withoutKeys = (result: CaseResult, keys: KeyRing): CaseResult => {
  const secrets = Object.values(keys)
    .filter((key) => key.length > 0)
    .flatMap((key) => [key, encodePathText(key), JSON.stringify(key).slice(1, -1)])
  const hide = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '‹key›'), text)
  const messages = result.messages.slice(0, 10).map(hide)
  return result.curl === undefined ? { ...result, messages } : { ...result, messages, curl: hide(result.curl) }
}

const count = (results: readonly CaseResult[]): Record<Status, number> => {
  const counts = { pass: 0, fail: 0, untestable: 0, not_applicable: 0 }
  for (const { status } of results) counts[status]++
  return counts
}
