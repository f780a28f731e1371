/** Something to read: a file or standard input. */
export interface Source {
  /** Path as the user knows it, or `<stdin>`. */
  readonly name: string
  /** Path to open; undefined for standard input. */
  readonly path: string | undefined
  /** Size in bytes as stored, for progress; undefined where nobody knows. */
  readonly size: number | undefined
}

/** Why an input could not be read as records. Codes `input.*` and `json.*` are listed in `spec/errors.md`. */
export interface InputProblem {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** Place in the input, from 1; column in UTF-16 code units. Both 0: `nowhere`. */
  readonly line: number
  readonly column: number
}

/** An argument that names nothing that can be read. It ends a command with exit code 2; the others are still done. */
export interface Unusable {
  /** The argument or path. */
  readonly name: string
  readonly problem: InputProblem
}

/** Where an input begins: the place of what concerns all of it. */
export const top = { line: 1, column: 1 } as const

/** The place of a problem with an input that has no places, because it is not there or cannot be read. */
export const nowhere = { line: 0, column: 0 } as const
