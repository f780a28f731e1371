import { randomBytes } from 'node:crypto'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import type { CodeCase } from '../code/code-case.ts'
import type { CaseOutcome } from '../suite/index.ts'
import type { HttpCase } from './case.ts'
import { replayLine } from './curl.ts'
import { type Bounds, exchange, type Outcome } from './exchange.ts'
import { readBody } from './judge.ts'
import { Pace } from './pace.ts'
import { Patience } from './patience.ts'
import { createRedactor, tidyMessages } from './redact.ts'
import { type KeyRing, Missing, Room, type Subject } from './room.ts'
import { loadSchemas } from './schemas.ts'
import { Stage, Unprepared } from './stage.ts'

/** A case for servers: data, or a program. */
export type ServerCase = HttpCase | CodeCase

/** Which server is asked, with what, and for how long. */
export interface PlayerOptions {
  /** Where the server is; a path in it goes before the paths of the protocol. */
  readonly url: string
  /** Keys by role. Without `main` everything is asked without a key. */
  readonly keys?: KeyRing
  /** Instead of those that the server declares. */
  readonly capabilities?: readonly string[]
  /** Capabilities that are asked for: cases of one that it does not declare fail, and other cases do not apply. */
  readonly wanted?: readonly string[]
  /** The throw-away names rest on it. The same seed twice on one server meets what the first run left there. */
  readonly seed?: string
  readonly bounds?: Partial<Bounds>
  /** Seconds for everything; what is not tested by then is untestable. */
  readonly totalSeconds?: number
}

/** Plays cases against one server. */
export interface Player {
  readonly seed: string
  /** The discovery document; empty where there is none. */
  readonly info: JsonObject
  /** Why there was no answer at all to the first question; undefined if there was some. */
  readonly silence: string | undefined
  /** What the server declares; `core` where it declares nothing. */
  readonly capabilities: readonly string[]
  /** Sends a request without any case, with the key of a role: the status, or why there is none. */
  probe(path: string, key: keyof KeyRing): Promise<number | string>
  /** Plays one case. Several may be under way at once. Never throws. */
  play(each: ServerCase): Promise<CaseOutcome>
}

/**
 * Asks a server what it is and gets ready to play cases against it. Takes bounded time and memory whatever the server does,
 * changes nothing but runs of its own, and never puts a key into an outcome.
 * @throws {TypeError} for a URL that is none
 */
export const openPlayer = async (options: PlayerOptions): Promise<Player> => {
  const bounds: Bounds = { seconds: 10, octets: 16 * 1024 * 1024, ...options.bounds }
  const url = new URL(options.url)
  const keys = options.keys ?? {}
  const pace = new Pace(options.totalSeconds ?? 900)
  const schemas = loadSchemas()
  const discovered = await discover(url, bounds)
  const subject: Subject = { url, keys, seed: options.seed ?? randomBytes(6).toString('hex'), info: discovered.info }
  const capabilities = options.capabilities ?? declared(subject.info)
  const wanted = options.wanted && new Set(options.wanted)
  const redact = createRedactor(keys)
  const patience = new Patience(async () => {
    const outcome = await askWhatItIs(url, bounds)
    return 'answer' in outcome || outcome.begun === true || outcome.closed === true
  })

  const outcomeOf = async (each: ServerCase): Promise<Played> => {
    const { capability } = each
    if (capability !== 'core') {
      if (wanted && !wanted.has(capability)) return notApplicable(`${capability} is not asked for`)
      if (!capabilities.includes(capability)) {
        const message = `${capability} is not declared`
        return wanted ? { status: 'fail', messages: [`${message}, and the level asks for it`] } : notApplicable(message)
      }
    }
    const key = each.needs?.server_key
    if (key !== undefined && key !== (typeof subject.info.server_key === 'string')) {
      return notApplicable(`is about servers ${key ? 'with' : 'without'} a key of their own`)
    }
    if (await patience.isOver()) return untestable(patience.reason)
    if (pace.over) return untestable('the time for the whole run is over')
    const room = new Room(subject, each.name, 'define' in each ? each.define : {})
    const stage = new Stage(room, bounds, schemas, pace)
    const played = await play(stage, each)
    patience.note(stage.silent)
    const again = stage.requests > 1 && played.reproduce !== undefined
    return again ? { ...played, replay: replayLine(url, each.id) } : played
  }

  return {
    seed: subject.seed,
    info: subject.info,
    silence: discovered.silence,
    capabilities,
    probe: async (path, key) => {
      const stage = new Stage(new Room(subject, 'probe'), bounds, schemas, pace)
      try {
        const outcome = await stage.send({ method: 'GET', path, key })
        return 'answer' in outcome ? outcome.answer.status : redact(outcome.failure)
      } catch (error) {
        if (error instanceof Missing) return error.message
        throw error
      }
    },
    play: async (each) => {
      const begun = Date.now()
      const { messages, reproduce, replay, ...rest } = await outcomeOf(each)
      return {
        id: each.id,
        requirement: each.requirement,
        ...(each.capability === 'core' ? {} : { capability: each.capability }),
        ...rest,
        messages: tidyMessages(messages, redact),
        ...(reproduce === undefined ? {} : { reproduce: redact(reproduce) }),
        ...(replay === undefined ? {} : { replay: redact(replay) }),
        seconds: (Date.now() - begun) / 1000,
      }
    },
  }
}

type Played = Pick<CaseOutcome, 'status' | 'messages' | 'reproduce' | 'replay' | 'suite_fault'>

const untestable = (message: string): Played => ({ status: 'untestable', messages: [message] })

const notApplicable = (message: string): Played => ({ status: 'not_applicable', messages: [message] })

const play = async (stage: Stage, each: ServerCase): Promise<Played> => {
  const last = (): Pick<Played, 'reproduce'> => (stage.curl === undefined ? {} : { reproduce: stage.curl })
  try {
    if ('run' in each) {
      const messages = await each.run(stage)
      return messages.length === 0 ? { status: 'pass', messages } : { status: 'fail', messages, ...last() }
    }
    for (const [index, spec] of each.exchanges.entries()) {
      const faults = await stage.play(spec)
      if (faults.length === 0) continue
      const count = each.exchanges.length
      const which = count === 1 ? '' : `request ${index + 1} of ${count}${spec.setup ? ', which prepares' : ''}: `
      return {
        status: spec.setup ? 'untestable' : 'fail',
        messages: faults.map((fault) => `${which}${fault}`),
        ...last(),
      }
    }
    return { status: 'pass', messages: [] }
  } catch (error) {
    if (error instanceof Missing) return untestable(error.message)
    if (error instanceof Unprepared) return { ...untestable(error.message), ...last() }
    // The call stack is the only limit that a body of our size can pass.
    if (isStackOverflow(error)) return { status: 'fail', messages: ['the body is nested too deeply'], ...last() }
    return { ...untestable(`a fault of this suite: ${faultOf(error)}`), ...last(), suite_fault: true }
  }
}

const isStackOverflow = (error: unknown): boolean => error instanceof RangeError && /call stack/.test(error.message)

/** Our own errors say what is wrong; those of parsers quote what they read. */
const faultOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'something else than an error was thrown'
  return error instanceof SyntaxError ? error.name : error.message
}

/** What nobody needs a key for, and what changes nothing. */
const askWhatItIs = (url: URL, bounds: Bounds): Promise<Outcome> =>
  exchange(
    url,
    { method: 'GET', path: '/.well-known/agent-run', headers: {}, octets: undefined, chunked: false },
    bounds,
  )

const discover = async (
  url: URL,
  bounds: Bounds,
): Promise<{ readonly info: JsonObject; readonly silence: string | undefined }> => {
  const outcome = await askWhatItIs(url, bounds)
  if ('failure' in outcome) return { info: {}, silence: outcome.begun ? undefined : outcome.failure }
  const info: Json | undefined = readBody(outcome.answer.octets)
  return { info: isObject(info) ? info : {}, silence: undefined }
}

/** What a server declares: words, as many as there can be. */
const declared = ({ capabilities }: JsonObject): readonly string[] => {
  const words = Array.isArray(capabilities)
    ? capabilities.filter((each): each is string => typeof each === 'string' && /^[a-z][a-z0-9_-]{0,30}$/.test(each))
    : []
  return words.length === 0 ? ['core'] : [...new Set(words)].slice(0, 30)
}
