/** An index cannot be used. Nobody is told: the files answer instead. */
export class IndexFailure extends Error {
  override readonly name = 'IndexFailure'
  /** Whether its file is at fault, and has to be made again. */
  readonly isBroken: boolean

  constructor(message: string, isBroken: boolean, cause?: unknown) {
    super(message, { cause })
    this.isBroken = isBroken
  }
}

/** A file is no longer the one that was indexed. Bringing the index up to date helps. */
export class StaleIndex extends Error {
  override readonly name = 'StaleIndex'
}

/** Whether the files have to answer because of this. */
export const isIndexTrouble = (error: unknown): error is IndexFailure | StaleIndex =>
  error instanceof IndexFailure || error instanceof StaleIndex
