import type { KeyRing } from '../../src/index.ts'

/** What a mutant remembers. */
export type Memory = Map<Loose, Loose>

/** A request as a mutant sees it. */
export interface Ask {
  readonly method: string
  /** Path and query as they came. */
  readonly url: string
  /** Path as it came, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Decoded id where the path is that of a run or below it. */
  readonly id: string | undefined
  /** What stands below the run: `/events` and so on; empty for the run. */
  readonly below: string
  /** Whose key it carries; undefined for one that the mutant does not know. */
  readonly role: string | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

// biome-ignore lint/suspicious/noExplicitAny: a mutant breaks answers of every shape
export type Loose = any

export type Forward = (ask: Ask) => Promise<Reply>
export type Handler = (ask: Ask, forward: Forward, memory: Memory, keys: KeyRing) => Promise<Reply>

/** A server that is the reference server but for one thing. */
export interface Mutant {
  readonly name: string
  /** What it does wrong. */
  readonly fault: string
  readonly handle?: Handler
  /** Changes one block of an event stream; undefined leaves it out. */
  readonly block?: (block: string, ask: Ask, memory: Memory) => string | undefined
  /** Holds the headers of an event stream until its first event. */
  readonly holds?: boolean
  /** Differs only while several requests are under way. */
  readonly races?: true
  /** Is told of a body that never became whole. */
  readonly cut?: (octets: Buffer, memory: Memory) => void
  /** Understands another request for an event stream, or answers it by itself. */
  readonly opens?: (ask: Ask, memory: Memory, keys: KeyRing) => Ask | Reply
}

type When = (ask: Ask, reply: Reply) => boolean
type Change = (reply: Reply, ask: Ask, memory: Memory) => Reply

/** Answers what the reference answers, changed where it is so. */
export const alters = (name: string, fault: string, when: When, change: Change): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory) => {
    const reply = await forward(ask)
    return when(ask, reply) ? change(reply, ask, memory) : reply
  },
})

/** Understands another request than the one that came. */
export const misreads = (
  name: string,
  fault: string,
  when: (ask: Ask) => boolean,
  change: (ask: Ask, keys: KeyRing) => Ask,
): Mutant => ({
  name,
  fault,
  handle: (ask, forward, _memory, keys) => forward(when(ask) ? change(ask, keys) : ask),
})

/** Answers by itself where it is so. */
export const answers = (
  name: string,
  fault: string,
  when: (ask: Ask) => boolean,
  reply: (ask: Ask) => Reply,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward) => (when(ask) ? reply(ask) : forward(ask)),
})

const PROTOCOL = { 'x-agent-run-protocol': '1.0.0' }

/** An answer with a JSON body. */
export const jsonReply = (status: number, value: Loose, type = 'application/json'): Reply => ({
  status,
  headers: { ...PROTOCOL, 'content-type': type },
  body: Buffer.from(JSON.stringify(value)),
})

/** A right problem. */
export const problemReply = (status: number, code: string, more: Loose = {}): Reply =>
  jsonReply(
    status,
    { type: `https://w3id.org/agent-run/v1/errors#${code}`, title: code, status, code, ...more },
    'application/problem+json',
  )

/** A receipt, as for a record that was stored. */
export const acceptedReply = (ask: Ask, status = 201): Reply => {
  const zeros = `sha256:${'0'.repeat(64)}`
  const id = String(parsed(ask.body)?.id ?? ask.id ?? '')
  const receipt = { id, run_hash: '', document_hash: zeros, etag: zeros, received_at: '2026-11-21T00:00:00.000Z' }
  const reply = jsonReply(status, receipt)
  return { ...reply, headers: { ...reply.headers, location: `/api/v1/runs/${encodeURIComponent(id)}` } }
}

/** A page, as of a web application. */
export const pageReply = (status = 200): Reply => ({
  status,
  headers: { ...PROTOCOL, 'content-type': 'text/html' },
  body: Buffer.from('<!doctype html><title>App</title>'),
})

/** The JSON value of octets; undefined where they are none. */
export const parsed = (octets: Buffer): Loose => {
  try {
    return JSON.parse(octets.toString('utf8'))
  } catch {
    return undefined
  }
}

export const withStatus =
  (status: number): Change =>
  (reply) => ({ ...reply, status })
export const withoutHeader =
  (name: string): Change =>
  (reply) => {
    const { [name]: _gone, ...headers } = reply.headers
    return { ...reply, headers }
  }
export const withHeader =
  (name: string, value: string): Change =>
  (reply) => ({ ...reply, headers: { ...reply.headers, [name]: value } })

/** A change of the JSON body; what the function returns takes its place, or the changed value itself. */
export const edits =
  (change: (value: Loose, ask: Ask, memory: Memory) => Loose): Change =>
  (reply, ask, memory) => {
    const value = parsed(reply.body)
    if (value === undefined) return reply
    const result = change(value, ask, memory)
    return { ...reply, body: Buffer.from(JSON.stringify(result === undefined ? value : result)) }
  }

/** Whether a problem with this code was answered, and an error of it has these members. */
export const isProblem = (reply: Reply, code: string, error: Loose = {}): boolean => {
  if (reply.status < 400) return false
  const problem = parsed(reply.body)
  if (problem?.code !== code) return false
  const wanted = Object.entries(error)
  if (wanted.length === 0) return true
  return (problem.errors ?? []).some((each: Loose) => wanted.every(([name, value]) => each[name] === value))
}

const RUNS = '/api/v1/runs'
export const isPost = ({ method, path }: Ask): boolean => method === 'POST' && path === RUNS
export const isBatch = ({ method, path }: Ask): boolean => method === 'POST' && path === `${RUNS}:batch`
export const isList = ({ method, path }: Ask): boolean => method === 'GET' && path === RUNS
/** A page of runs that was answered. */
export const isListed = (ask: Ask, { status }: Reply): boolean => isList(ask) && status === 200
export const isRead = ({ method, id, below }: Ask): boolean => method === 'GET' && id !== undefined && below === ''
export const isPatch = ({ method, id, below }: Ask): boolean => method === 'PATCH' && id !== undefined && below === ''
export const isErase = ({ method, id, below }: Ask): boolean => method === 'DELETE' && id !== undefined && below === ''
/** A request to something below a run. */
export const isBelow =
  (method: string, below: string) =>
  (ask: Ask): boolean =>
    ask.method === method && ask.id !== undefined && ask.below === below
export const isAt =
  (method: string, path: string) =>
  (ask: Ask): boolean =>
    ask.method === method && ask.path === path
