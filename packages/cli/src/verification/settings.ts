import type { Level, VerifyOptions } from '@agent-run/core'
import type { FormatName } from '../format/formats.ts'

/** What every thread has to know to verify: plain data, so that it can be handed over. */
export interface VerifySettings {
  readonly level: Exclude<Level, 'none'>
  /** Who must answer for the seal; anybody at all unless given. */
  readonly signedBy: VerifyOptions['signedBy'] | undefined
  /** Time at which validity is judged, the same for all records. */
  readonly now: string
  readonly evidence: EvidenceFiles
  /** Longest document, line or list element in bytes. */
  readonly maxSize: number
  /** Only the record with this id. */
  readonly run: string | undefined
  readonly appearance: Appearance
}

/** Files that say more about the records, by name. */
export interface EvidenceFiles {
  readonly trust: string | undefined
  readonly journal: string | undefined
  readonly related: readonly string[]
  readonly statements: readonly string[]
}

/** How outcomes are to be written. */
export interface Appearance {
  readonly format: FormatName
  readonly colour: boolean
  readonly width: number
  readonly version: string
  readonly workspace: string | undefined
  /** Every record in full, however many there are. */
  readonly details: boolean
  /** Only what is not in order. */
  readonly failedOnly: boolean
}
