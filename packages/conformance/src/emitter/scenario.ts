import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '../bytes/json.ts'
import { dataFolder, readData } from '../data/index.ts'
import type { BodyRule } from '../http/case.ts'
import type { Decision } from './stub/approvals.ts'
import type { Mishap } from './stub/mishap.ts'

/** A story that a runtime plays in a test mode, and what its records have to show afterwards. */
export interface Scenario {
  readonly name: string
  readonly title: string
  readonly story: string
  /** Capabilities of emitters that it is about. */
  readonly about: readonly string[]
  /** What a program plays: `conformance/schemas/scenario.json` and `conformance/scenarios/README.md`. */
  readonly script: JsonObject
  /** What the stub server does with writes. A runtime that sends nothing has nothing to show here. */
  readonly server?: readonly Mishap[]
  /** What people answer who are asked through the server. */
  readonly people?: readonly Decision[]
  /** The command is meant to die. */
  readonly dies?: true
  readonly expect: readonly Expected[]
}

/** Something that the records have to show, for one sentence. */
export interface Expected {
  readonly name: string
  readonly requirement: string
  /** What has to be so, one sentence for people. */
  readonly says: string
  /** Values that the rules name as `{{captured.NAME}}`. */
  readonly find?: Readonly<Record<string, Find>>
  readonly rules: readonly BodyRule[]
}

/** Picks a value: of the items of a list, the first with these members. */
export interface Find {
  readonly at: string
  readonly where: JsonObject
  /** JSON Pointer within the item. */
  readonly take: string
}

/** All scenarios, in the order of their names. */
export const loadScenarios = (): readonly Scenario[] =>
  readdirSync(join(dataFolder(), 'scenarios'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readData(`scenarios/${name}`) as Json as unknown as Scenario)
