import type { Json } from '../bytes/json.ts'

/**
 * One case: a few exchanges with a server, made so that a server with one certain fault fails it. The format is
 * `conformance/schemas/http-case.json`; what a runner does with it is said in `conformance/cases/http/README.md`.
 */
export interface HttpCase {
  /** Path in the data without extension: `http/erasure/erased_again`. Not a member of the file. */
  readonly id: string
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

type ExpectedStatus = number | '2xx' | '3xx' | '4xx' | '5xx'

export interface Expectation {
  /** A status, or `4xx` for all of a hundred; several of which one is right. */
  readonly status: ExpectedStatus | readonly ExpectedStatus[]
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
