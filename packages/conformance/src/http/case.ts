import type { Json } from '../bytes/json.ts'

/**
 * One case: a few exchanges with a server, made so that a server with one certain fault fails it. The format is
 * `conformance/schemas/http-case.json`; what a runner does with it is said in `conformance/cases/http/README.md`.
 */
export interface HttpCase {
  readonly name: string
  readonly requirement: string
  readonly capability: string
  readonly description: string
  readonly fault: string
  readonly needs?: { readonly server_key?: boolean }
  readonly define?: Readonly<Record<string, Json>>
  readonly exchanges: readonly ExchangeSpec[]
}

/** A request and what has to come back. */
export interface ExchangeSpec {
  readonly name?: string
  readonly setup?: boolean
  readonly request: RequestSpec
  readonly expect: Expectation
  readonly capture?: Readonly<Record<string, Source>>
}

/** Where a captured value stands in an answer: a header, or a place in its JSON body. */
export type Source = { readonly header: string } | { readonly at: string; readonly read?: Reading }

/** Whose key a request carries. */
export type KeyRole = 'main' | 'none' | 'ingest' | 'reader' | 'other' | 'expired' | 'revoked' | 'unknown' | 'malformed'

export interface RequestSpec {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | null>>
  readonly key?: KeyRole
  readonly bearer?: boolean
  readonly body?: BodySpec
  readonly gzip?: boolean
  readonly chunked?: boolean
}

export type BodySpec =
  | { readonly json: Json }
  | { readonly text: string }
  | { readonly hex: string }
  | { readonly lines: readonly BodySpec[] }
  | { readonly pieces: readonly Piece[] }
  | { readonly journal: JournalBody }
  | { readonly again: string }

/** Text, once, `times` over, or until the whole body is one octet longer than a limit that the server declares. */
export interface Piece {
  readonly text: string
  readonly times?: number
  readonly beyond?: string
}

export interface JournalBody {
  readonly lines: readonly JournalItem[]
  readonly keep?: boolean
}

/** A line that the runner chains (with what it is to get wrong), a private one, or text as it is. */
export type JournalItem =
  | { readonly type: string; readonly at: string; readonly data: Json; readonly seq?: number; readonly prev?: string }
  | { readonly private: Json }
  | { readonly text: string }

export type Reading = 'json' | 'ndjson'

export interface Expectation {
  readonly status: number | readonly number[]
  readonly headers?: Readonly<Record<string, HeaderRule>>
  readonly problem?: string | readonly string[]
  readonly errors?: readonly Json[]
  readonly read?: Reading
  readonly body?: readonly BodyRule[]
  readonly octets?: BodySpec
  readonly etag?: boolean
  readonly like?: Likeness
}

export interface HeaderRule {
  readonly equals?: string
  readonly matches?: string
  readonly absent?: boolean
  readonly tokens?: readonly string[]
}

/** An answer that equals an earlier one in these places of the body and these headers. */
export interface Likeness {
  readonly exchange: string
  readonly members?: readonly string[]
  readonly headers?: readonly string[]
}

/** A rule about one place of the body; all that are given have to hold. */
export interface BodyRule {
  readonly at?: string
  readonly pluck?: string
  readonly except?: readonly string[]
  readonly equals?: Json
  readonly not_equals?: Json
  readonly one_of?: readonly Json[]
  readonly set?: readonly Json[]
  readonly matches?: string
  readonly present?: boolean
  readonly absent?: boolean
  readonly schema?: string
  readonly has?: readonly Json[]
  readonly lacks?: Json
  readonly count?: number
  readonly sorted?: { readonly as: 'text' | 'number' | 'instant'; readonly descending?: boolean }
  readonly each?: readonly BodyRule[]
}

/** How a case came out. `untestable` is not green; `not_applicable` is an optional capability that is not declared. */
export type Status = 'pass' | 'fail' | 'untestable' | 'not_applicable'

export interface CaseResult {
  readonly name: string
  readonly requirement: string
  readonly capability: string
  readonly status: Status
  /** Index of the exchange that decided, for a case of exchanges that did not pass. */
  readonly exchange?: number
  /** What was expected and what came, one sentence each; no payload, no key. */
  readonly messages: readonly string[]
  /** A command line that sends the deciding request again; keys stand in it as variables. */
  readonly curl?: string
  readonly seconds: number
}
