/** Something that is wrong with a pack, or odd. */
export interface PackFault {
  /** `warning`: the pack can be run all the same. */
  readonly severity: 'error' | 'warning'
  /** JSON Pointer into `pack.json`. */
  readonly path: string
  /** What was found, what was expected. Parts from the pack are already made visible. */
  readonly message: string
}

/** A fault that keeps a pack from being run. */
export const error = (path: string, message: string): PackFault => ({ severity: 'error', path, message })

/** A fault that does not. */
export const warning = (path: string, message: string): PackFault => ({ severity: 'warning', path, message })

/** A member's name as a token of a JSON Pointer. */
export const token = (name: string | number): string => String(name).replaceAll('~', '~0').replaceAll('/', '~1')
