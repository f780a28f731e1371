/** A place in a list of runs: the last run that was given. */
export interface RunPlace {
  readonly sortAt: string
  /** Internal key, larger for what came later. */
  readonly run: number
}

/** The text that stands for a place. Only a store makes and reads it; on the wire it is inside a signed token. */
export const writePlace = (place: RunPlace): string => `${place.run} ${place.sortAt}`

/** @throws TypeError if no store wrote it */
export const readPlace = (text: string): RunPlace => {
  const found = /^(\d{1,16}) (\S+)$/.exec(text)
  if (found === null) throw new TypeError('not a place in a list of this store')
  return { run: Number(found[1]), sortAt: found[2]! }
}
