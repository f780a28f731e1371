/** A verifier that breaks one sentence: ours, with one edit in one module of its build. */
export interface Mutant {
  readonly name: string
  /** The sentence that it breaks. */
  readonly requirement: string
  /** What it does wrong, to stand behind "it". */
  readonly fault: string
  /** Module of packages/core/dist. */
  readonly module: string
  /** Text of the module that is there once. */
  readonly find: string
  readonly replace: string
}

/** Mutants of one module from their parts. */
export const mutantsOf = (
  module: string,
  rows: readonly (readonly [requirement: string, name: string, fault: string, find: string, replace: string])[],
): readonly Mutant[] =>
  rows.map(([requirement, name, fault, find, replace]) => ({ name, requirement, fault, module, find, replace }))
