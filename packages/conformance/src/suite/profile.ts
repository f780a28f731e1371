import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder, readData } from '../data/index.ts'
import type { Role } from './outcome.ts'

/** What a role has to keep: `conformance/profiles/<version>.json`, frozen once the version is released. */
export interface Profile {
  readonly profile: string
  readonly roles: Readonly<Record<Role, RoleProfile>>
}

/** The part of a profile that is about one role. */
export interface RoleProfile {
  /** Levels or capability sets that can be asked for, lowest first; each contains the one before. */
  readonly levels: readonly LevelOfRole[]
  /** Sentences that are scored, by id. */
  readonly requirements: Readonly<Record<string, ScoredRequirement>>
}

/** A level of a role. */
export interface LevelOfRole {
  readonly name: string
  /** Capabilities that a subject of this level has to have. */
  readonly capabilities: readonly string[]
}

/** A sentence as a role has to keep it. */
export interface ScoredRequirement {
  /** Digest of the sentence as it was when the profile was made (requirements.json). */
  readonly digest: string
  /** The capability that it belongs to; every subject of the role has to keep it if that is `core`. */
  readonly capability: string
}

/** A normative sentence of `requirements.json`. */
export interface Requirement {
  readonly id: string
  readonly keyword: string
  readonly level: 'MUST' | 'SHOULD' | 'MAY'
  readonly text: string
  readonly digest: string
  readonly file: string
}

/** Versions that there is a profile of, oldest first. */
export const profileVersions = (): readonly string[] => {
  try {
    return readdirSync(join(dataFolder(), 'profiles'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort()
  } catch {
    return []
  }
}

/** The profile of a version. @throws {Error} if the suite has none of that version */
export const loadProfile = (version: string): Profile => readData(`profiles/${version}.json`) as unknown as Profile

/** All normative sentences, by id. */
export const loadRequirements = (): ReadonlyMap<string, Requirement> => {
  const { requirements } = readData('requirements.json') as unknown as { readonly requirements: readonly Requirement[] }
  return new Map(requirements.map((each) => [each.id, each]))
}
