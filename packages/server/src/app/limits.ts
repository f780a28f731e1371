/** What a request may be at most. Declared in discovery (the first five) and settable. */
export interface Limits {
  /** Octets of one record, eval, patch, decision or journal request, after inflation. */
  readonly body_octets: number
  /** Octets of a batch, after inflation. */
  readonly batch_octets: number
  readonly batch_lines: number
  /** Octets of one line of a batch or a journal. */
  readonly line_octets: number
  /** Most items of a page. */
  readonly page: number
  /** Milliseconds that may be spent waiting for the octets of a body. */
  readonly body_ms: number
  /** Octets that all bodies together may hold until they are answered; small ones don't count. */
  readonly in_flight_octets: number
}

/** Limits where nothing else is said. */
export const defaultLimits: Limits = {
  body_octets: 10 * 1024 * 1024,
  batch_octets: 64 * 1024 * 1024,
  batch_lines: 10_000,
  line_octets: 10 * 1024 * 1024,
  page: 200,
  body_ms: 60_000,
  in_flight_octets: 128 * 1024 * 1024,
}
