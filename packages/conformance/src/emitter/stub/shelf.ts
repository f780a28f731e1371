import { canonicalize } from '../../bytes/canonical.ts'
import { digest } from '../../bytes/digest.ts'
import type { Json, JsonObject } from '../../bytes/json.ts'
import type { Refusal } from './refusals.ts'

/** What a runtime may leave with the stub server before it is told that nothing more fits, in octets. */
const ROOM = 256 * 1024 * 1024
/** Versions of records that are kept for judging. */
const MOST_RECORDS = 5_000
/** Refusals that are kept. */
const MOST_REFUSALS = 200

/** A run as the stub server has it. */
export interface Shelved {
  readonly id: string
  /** The record as it was last, in canonical form; undefined for a run that only a journal tells of. */
  record: JsonObject | undefined
  /** Lines of the journal with their line feeds, as they came. */
  readonly journal: Buffer[]
  /** Digests of the chained lines, by `seq`. */
  readonly chain: string[]
  readonly privateLines: Set<string>
  /** Status after the last line. */
  status: string
  sealed: JsonObject | undefined
  /** Requests and decisions of approvals, from the journal and from outside. */
  readonly approvals: JsonObject[]
  /** Names of tools by the id of the step that calls them, for what is decided. */
  readonly tools: Map<string, string>
  readonly evals: Json[]
  readonly received: string
}

/** Something that was refused, and which request it was. */
export type Refused = Refusal & { readonly origin: string }

/** A record that somebody sent, in the octets that came. */
export interface Received {
  readonly octets: Uint8Array
  /** Which request it was: `POST /api/v1/runs, request 3`. */
  readonly origin: string
}

/** All that a stub server keeps, bounded. */
export class Shelf {
  readonly runs: Map<string, Shelved> = new Map()
  readonly received: Received[] = []
  /** Records that came after so many others that they are not looked at. */
  omitted = 0
  /** What was refused, and not because a scenario says so. */
  readonly refused: Refused[] = []
  readonly #seen = new Set<string>()
  #octets = 0

  /** Whether so many more octets fit. */
  fits(octets: number): boolean {
    return this.#octets + octets <= ROOM
  }

  /** Keeps octets that came as a record, once, whether or not the server takes them. */
  keep(octets: Uint8Array, origin: string): void {
    const name = digest(octets)
    if (this.#seen.has(name)) return
    if (this.received.length >= MOST_RECORDS || !this.fits(octets.length)) {
      this.omitted++
      return
    }
    this.#seen.add(name)
    this.#octets += octets.length
    this.received.push({ octets, origin })
  }

  /** Keeps why a request was refused, of the first ones. */
  refuse(refusal: Refused): void {
    if (this.refused.length < MOST_REFUSALS) this.refused.push(refusal)
  }

  /** The run of an id, made if it is new. */
  open(id: string): Shelved {
    const known = this.runs.get(id)
    if (known !== undefined) return known
    const run: Shelved = {
      id,
      record: undefined,
      journal: [],
      chain: [],
      privateLines: new Set(),
      status: 'running',
      sealed: undefined,
      approvals: [],
      tools: new Map(),
      evals: [],
      received: new Date().toISOString(),
    }
    this.runs.set(id, run)
    return run
  }

  /** Counts lines of a journal that are kept. */
  grow(octets: number): void {
    this.#octets += octets
  }
}

/** Octets that GET answers for a record: its canonical form. */
export const octetsOf = (record: JsonObject): Buffer => Buffer.from(canonicalize(record))
