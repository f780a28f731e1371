import type { AgentRun } from '@agent-run/types'

/** Writes records in a foreign format. */
export interface Exporter {
  /** Name of the format, as `--to` takes it. */
  readonly format: string
  /** What is written, for people, with its article: `an ATIF trajectory`. */
  readonly title: string
  /** Writes one record. Pure and deterministic; never throws for a valid record. */
  export(run: AgentRun): Exported
}

/** A record in a foreign format. */
export interface Exported {
  /** One JSON document. */
  readonly document: object
  /** Members that the record has and the format has no place for, such as `steps[].approval`; sorted, each once. */
  readonly lost: readonly string[]
}
