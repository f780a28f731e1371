import { type PrivateKind, privateHash, privateMembers } from '@agent-run/core'
import type { SideEffect, Step } from '@agent-run/types'
import { type Random, toHex } from './identifiers.ts'

/** 32 fresh random bytes, as records spell a salt. */
export const newSalt = (random: Random): string => toHex(random(32))

/**
 * The object with `salt` and `private_hash`, so that its private members can be erased later without breaking a seal
 * (AR-PRIV-002). One without private members stays as it is, unless it has a salt already.
 */
export function protect<T extends object>(kind: PrivateKind, object: T, random: Random, salt?: string): T {
  const hasPrivate = privateMembers[kind].some((name) => Object.hasOwn(object, name))
  if (!hasPrivate && salt === undefined) return object
  const salted = { ...object, salt: salt ?? newSalt(random) }
  return { ...salted, private_hash: privateHash(kind, salted) }
}

/**
 * A step with its side effects, each protected by a salt of its own.
 * @param salted whether the salt was used already, for `arguments_hash`, and so must stand in the step in any case
 */
export function protectStep(step: Step, random: Random, salt: string, salted: boolean): Step {
  const effects = step.side_effects?.map((effect: SideEffect) => protect('side_effect', effect, random))
  const whole = { ...step, ...(effects === undefined ? {} : { side_effects: effects }) }
  return salted || privateMembers.step.some((name) => Object.hasOwn(whole, name))
    ? protect('step', whole, random, salt)
    : whole
}
