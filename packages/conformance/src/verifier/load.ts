import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '../bytes/json.ts'
import { dataFolder, readData } from '../data/index.ts'
import type { RoleProfile } from '../suite/index.ts'
import { higherLevel, isLevel, type Operation, operations, type VerifierCapability } from './operations.ts'
import { slugs, type Vector } from './vector.ts'

interface FileVector {
  readonly name: string
  readonly requirement: string
  readonly expect: Json
  readonly [member: string]: Json
}

interface VerifyCase extends FileVector {
  readonly input: JsonObject
  readonly options: JsonObject
}

interface RuleFile {
  readonly requirement: string
  readonly valid: readonly JsonObject[]
  readonly invalid: readonly { readonly record: JsonObject; readonly expect: Json }[]
}

/**
 * All vectors of the data folder, in the order of their files.
 * @param profile says at which level a sentence is scored
 * @throws {Error} for a file of vectors that no operation belongs to
 */
export const loadVectors = ({ requirements }: RoleProfile): readonly Vector[] => {
  const capabilityOf = (op: string, requirement: string): VerifierCapability => {
    const { capability } = operationOf(op)
    const scored = requirements[requirement]?.capability
    return isLevel(capability) && isLevel(scored) ? higherLevel(capability, scored) : capability
  }
  const vector = (id: string, op: string, requirement: string, rest: Pick<Vector, 'input' | 'compare' | 'expect'>) => ({
    id,
    requirement,
    capability: capabilityOf(op, requirement),
    op,
    ...rest,
  })

  const ofFile = (file: string): readonly Vector[] => {
    const op = file.startsWith('read/') ? 'read' : file
    const { input } = operationOf(op)
    const vectors = readData(`vectors/${file}.json`) as unknown as readonly FileVector[]
    const names = slugs(vectors.map(({ name }) => name))
    return vectors.map((each, index) =>
      vector(`vectors/${file}/${names[index]}`, op, each.requirement, {
        input: Object.fromEntries(
          input.flatMap((name) => (Object.hasOwn(each, name) ? [[name, each[name] as Json]] : [])),
        ),
        compare: 'value',
        expect: each.expect,
      }),
    )
  }
  const ofVerify = (file: string): Vector => {
    const { requirement, input, options, expect } = readData(`vectors/verify/${file}.json`) as unknown as VerifyCase
    return vector(`vectors/verify/${file}`, 'verify', requirement, {
      input: { ...input, options },
      compare: 'verdict',
      expect,
    })
  }
  const ofRule = (file: string): readonly Vector[] => {
    const { requirement, valid, invalid } = readData(`cases/semantics/${file}.json`) as unknown as RuleFile
    const rule = (name: string, record: JsonObject, expect: Json): Vector =>
      vector(`semantics/${file}/${name}`, 'semantics', requirement, { input: { record }, compare: 'findings', expect })
    return [
      ...valid.map((record, index) => rule(`valid-${index + 1}`, record, [])),
      ...invalid.map(({ record, expect }, index) => rule(`invalid-${index + 1}`, record, expect)),
    ]
  }

  const folders = namesIn('vectors').filter((name) => name !== 'verify' && !name.endsWith('.json'))
  return [
    ...folders.flatMap((folder) => jsonFilesIn(`vectors/${folder}`).map((file) => `${folder}/${file}`)).flatMap(ofFile),
    ...jsonFilesIn('cases/semantics').flatMap(ofRule),
    ...namesIn('vectors/verify')
      .filter((name) => !name.endsWith('.json'))
      .flatMap((folder) => jsonFilesIn(`vectors/verify/${folder}`).map((file) => ofVerify(`${folder}/${file}`))),
  ]
}

const operationOf = (op: string): Operation => {
  const found = operations.get(op)
  if (found === undefined) throw new Error(`the data of the suite have vectors for ${op}, which is no operation`)
  return found
}

const namesIn = (folder: string): readonly string[] => readdirSync(join(dataFolder(), folder)).sort()

const jsonFilesIn = (folder: string): readonly string[] =>
  namesIn(folder)
    .filter((name) => name.endsWith('.json') && name !== 'manifest.json')
    .map((name) => name.slice(0, -'.json'.length))
