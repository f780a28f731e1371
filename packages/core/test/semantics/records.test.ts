import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkSemantics } from '../../src/semantics/check.ts'
import { validate } from '../../src/validate/index.ts'

type Json = null | boolean | number | string | Json[] | JsonObject
interface JsonObject {
  [name: string]: Json
}

const root = new URL('../../../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root))
const readObject = (path: string): JsonObject => JSON.parse(read(path).toString())
const names = readdirSync(new URL('examples/records/', root)).filter((name) => name.endsWith('.json'))
const full = readObject('examples/records/full.json')

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const at = (value: Json, pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce((held, token) => (held as JsonObject)[token] as Json, value)
const objects = (value: Json | undefined): JsonObject[] => (value as JsonObject[] | undefined) ?? []

describe('example records', () => {
  it('are the ones that the page about them names', () => {
    const page = read('examples/records/README.md').toString()
    expect([...page.matchAll(/^\| \[`([^`]+\.json)`\]/gm)].map((match) => match[1]).sort()).toEqual(names.sort())
  })

  for (const name of names) {
    it(`${name} has no finding in the strict reading`, () => {
      expect(validate(read(`examples/records/${name}`), { reading: 'strict' })).toMatchObject({
        ok: true,
        findings: [],
      })
      expect(checkSemantics(readObject(`examples/records/${name}`))).toEqual([])
    })
  }

  it('use every member of every schema, apart from those listed with a reason', () => {
    const used = new Map<string, Set<string>>()
    collect('agent-run.json', full, used)
    const listed = new Set(
      [
        ...read('examples/records/README.md')
          .toString()
          .matchAll(/^\| `([^`]+)` `([^`]+)` \|/gm),
      ].map((match) => `${match[1]} ${match[2]}`),
    )
    const absent = [...used].flatMap(([file, members]) =>
      Object.keys(schema(file).properties)
        .filter((member) => !members.has(member))
        .map((member) => `${file} ${member}`),
    )
    // The members of what only a converted record has are used there.
    collect('agent-run.json', readObject('examples/records/converted.json'), used)
    const onlyConverted = ['source.json', 'source-range.json']
    expect(absent.filter((member) => !onlyConverted.includes(member.split(' ')[0]!)).sort()).toEqual([...listed].sort())
    for (const file of onlyConverted)
      expect([...used.get(file)!].sort()).toEqual(Object.keys(schema(file).properties).sort())
  })
})

interface Schema {
  readonly properties: Readonly<
    Record<string, { $ref?: string; allOf?: { $ref: string }[]; items?: { $ref?: string } }>
  >
}
const schema = (file: string) => JSON.parse(read(`schemas/${file}`).toString()) as Schema

/** Notes the members that hold something, by schema; every schema that can be reached is noted. */
const collect = (file: string, value: Json | undefined, used: Map<string, Set<string>>): void => {
  const members = used.get(file) ?? new Set()
  used.set(file, members)
  for (const [member, { $ref, allOf, items }] of Object.entries(schema(file).properties)) {
    const held = isObject(value) ? value[member] : undefined
    const empty = held === undefined || held === null || held === ''
    if (!empty && !(typeof held === 'object' && Object.keys(held).length === 0)) members.add(member)
    const target = $ref ?? allOf?.[0]?.$ref ?? items?.$ref
    if (target === undefined) continue
    for (const item of Array.isArray(held) ? held : [held])
      if (item !== undefined || !used.has(target)) collect(target, item, used)
  }
}

// Hashes, computed without the library: the canonical form of values without exotic numbers is what JSON.stringify
// writes, with the names sorted.

const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`).join(',')}}`
}

const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return `sha256:${hash.digest('hex')}`
}

const hashOf = (kind: string, value: Json): string => {
  const type = `application/vnd.agent-run.${kind}.v1+json`
  const body = Buffer.from(canonical(value))
  return sha256(`DSSEv1 ${type.length} ${type} ${body.length} `, body)
}

const runHashOf = (run: JsonObject): string => {
  const tools = [...new Set((run.tools_available as string[] | undefined) ?? [])].sort()
  const config_hash = (run.provenance as JsonObject).config_hash ?? null
  const { agent_id, model = null, trigger = null } = run as Record<string, string>
  return hashOf('run-inputs', { agent_id: agent_id!, model, tools, config_hash, trigger }).slice('sha256:'.length)
}

/** By kind: which members are private, and which lists hold objects with private members of their own. */
const PRIVATE: Record<string, { members: string[]; lists?: Record<string, string> }> = {
  run: {
    members: ['intent', 'input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
    lists: { steps: 'step', approvals: 'approval', policy_decisions: 'policy_decision', artifacts: 'artifact' },
  },
  step: {
    members: ['input_preview', 'output_preview', 'input_refs', 'output_refs', 'error', 'metadata'],
    lists: { side_effects: 'side_effect' },
  },
  side_effect: { members: ['operation', 'target', 'before_digest', 'after_digest', 'metadata'] },
  approval: { members: ['reason', 'presentation_digest', 'metadata'] },
  policy_decision: { members: ['reasons', 'subject_hash', 'metadata'] },
  artifact: { members: ['name', 'content', 'metadata'] },
}

const publicForm = (kind: string, object: JsonObject): JsonObject => {
  const { members, lists = {} } = PRIVATE[kind]!
  const hidden = object.private_hash === undefined ? [] : ['salt', ...members]
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => !hidden.includes(name))
      .map(([name, held]) => [name, lists[name] ? objects(held).map((item) => publicForm(lists[name]!, item)) : held]),
  )
}

const leafOf = (step: JsonObject): string => sha256(Buffer.of(0), canonical(publicForm('step', step)))

/** RFC 6962, from the bottom up: a node without a neighbour moves up as it is. */
const treeOf = (leaves: readonly string[]): string => {
  let level = leaves.map((leaf) => Buffer.from(leaf.slice(7), 'hex'))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index]!, level[index + 1]]
      above.push(right ? Buffer.from(sha256(Buffer.of(1), left, right).slice(7), 'hex') : left)
    }
    level = above
  }
  return `sha256:${level[0]!.toString('hex')}`
}

/** Where a record has a digest or hash: everything that looks like one, salts and the nonce left out. */
const hashPlaces = (value: Json, path = ''): string[] => {
  if (typeof value === 'string') return /^(sha256:)?[0-9a-f]{64}$/.test(value) && !/\/salt$/.test(path) ? [path] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, held]) => hashPlaces(held, `${path}/${name}`))
}

interface Inputs {
  readonly contents: { at: string[]; text: string }[]
  readonly definitions: Record<string, JsonObject>
  readonly servers: Record<string, JsonObject[]>
  readonly arguments: Record<string, JsonObject>
  readonly proposed_arguments: Record<string, JsonObject>
  readonly evaluated: Record<string, JsonObject>
  readonly parent: { run: JsonObject; handoff: JsonObject }
}

/** What every digest and hash of full.json has to be, by place. */
const expectedHashes = (run: JsonObject, inputs: Inputs): Map<string, string> => {
  const expected = new Map<string, string>()
  const { contents, definitions, servers, proposed_arguments, evaluated, parent } = inputs
  const steps = objects(run.steps)
  const inventory = run.inventory as JsonObject
  const provenance = run.provenance as JsonObject

  for (const { at: places, text } of contents)
    for (const place of places) {
      const isReference = isObject(at(run, place))
      expected.set(isReference ? `${place}/digest` : place, sha256(text))
      if (isReference) expect((at(run, place) as JsonObject).size, place).toBe(Buffer.byteLength(text))
    }

  objects(inventory.tools).forEach((tool, index) => {
    const definition = definitions[tool.name as string]!
    expected.set(`/inventory/tools/${index}/schema_hash`, hashOf('tool', definition))
    if (tool.description_digest !== undefined)
      expected.set(`/inventory/tools/${index}/description_digest`, sha256(definition.description as string))
  })
  objects(inventory.mcp_servers).forEach((server, index) => {
    expected.set(`/inventory/mcp_servers/${index}/tools_hash`, hashOf('tools', servers[server.name as string]!))
  })
  const { tools, mcp_servers, skills, providers } = inventory as Record<string, Json[]>
  const lists = canonical({ tools: tools!, mcp_servers: mcp_servers!, skills: skills!, providers: providers! })
  expected.set('/inventory/ref/digest', sha256(lists))

  const argumentsHash = (step: JsonObject, among: Record<string, JsonObject>) =>
    hashOf('arguments', { arguments: among[step.id as string]!, salt: step.salt ?? null })
  steps.forEach((step, index) => {
    const path = `/steps/${index}`
    if (step.tool_hash !== undefined)
      expected.set(`${path}/tool_hash`, hashOf('tool', definitions[step.tool_name as string]!))
    if (step.arguments_hash !== undefined) expected.set(`${path}/arguments_hash`, argumentsHash(step, inputs.arguments))
  })

  const putPrivate = (kind: string, object: JsonObject, path: string) => {
    const { members, lists: nested = {} } = PRIVATE[kind]!
    if (object.private_hash !== undefined) {
      const covered = Object.entries(object).filter(([name]) => name === 'salt' || members.includes(name))
      expected.set(`${path}/private_hash`, hashOf('private', Object.fromEntries(covered)))
    }
    for (const [list, itemKind] of Object.entries(nested))
      objects(object[list]).forEach((item, index) => {
        putPrivate(itemKind, item, `${path}/${list}/${index}`)
      })
  }
  putPrivate('run', run, '')

  const events = objects(run.approvals)
  events.forEach((event, index) => {
    const path = `/approvals/${index}`
    const step = steps.find(({ id }) => id === event.step_id)!
    const action = (arguments_hash: Json) =>
      hashOf('action', {
        run_id: run.id!,
        nonce: provenance.nonce!,
        step_id: step.id!,
        tool_name: step.tool_name!,
        mcp_server: step.mcp_server ?? null,
        tool_hash: step.tool_hash!,
        arguments_hash,
      })
    const isChanged = proposed_arguments[step.id as string] !== undefined
    expected.set(
      `${path}/action_hash`,
      action(isChanged ? argumentsHash(step, proposed_arguments) : step.arguments_hash!),
    )
    if (event.modified_action_hash !== undefined)
      expected.set(`${path}/modified_action_hash`, action(step.arguments_hash!))
    if (isObject(event.grant)) expected.set(`${path}/grant/tool_hash`, step.tool_hash as string)
    const request = events.find((other) => other.approval_id === event.approval_id && other.event === 'requested')
    if (event.request_hash !== undefined)
      expected.set(`${path}/request_hash`, hashOf('approval', publicForm('approval', request!)))
  })
  objects(run.policy_decisions).forEach((decision, index) => {
    const subject = evaluated[decision.id as string]
    if (subject) expected.set(`/policy_decisions/${index}/subject_hash`, hashOf('subject', subject))
  })

  const { eval: _, ...document } = run
  expected.set('/eval/document_hash', hashOf('document', publicForm('run', document)))
  expected.set('/provenance/run_hash', runHashOf(run))
  expected.set('/provenance/inventory_hash', hashOf('inventory', inventory))
  expected.set('/provenance/steps_root', treeOf(steps.map(leafOf)))
  expected.set('/provenance/parent_run_hash', runHashOf(parent.run))
  expected.set('/provenance/lineage/0', runHashOf(parent.run))
  expected.set('/provenance/parents/0/handoff_leaf', leafOf(parent.handoff))
  return expected
}

describe('hashes of the example records', () => {
  const inputs = readObject('examples/inputs/full.json') as unknown as Inputs
  const expected = expectedHashes(full, inputs)

  it('are what they are said to be: none is made up', () => {
    expect([...expected.keys()].sort()).toEqual(hashPlaces(full).sort())
    for (const [place, hash] of expected) expect(at(full, place), place).toBe(hash)
    expect((full.provenance as JsonObject).steps_count).toBe(objects(full.steps).length)
  })

  it('have salts and a nonce of their own', () => {
    const salts = [...JSON.stringify(full).matchAll(/"salt":"([0-9a-f]{64})"/g)].map((match) => match[1])
    expect(salts.length).toBeGreaterThan(15)
    expect(new Set(salts).size).toBe(salts.length)
    expect((full.provenance as JsonObject).nonce).toMatch(/^[0-9a-f]{32}$/)
  })

  it('change with what they cover', () => {
    const changed = structuredClone(full)
    objects(changed.steps)[18]!.input_preview = 'npm publish --tag latest'
    const places = [...expectedHashes(changed, inputs)].filter(([place, hash]) => at(changed, place) !== hash)
    expect(places.map(([place]) => place)).toEqual(['/steps/18/private_hash'])
  })

  for (const name of names) {
    it(`${name} has the run_hash of its configuration`, () => {
      const run = readObject(`examples/records/${name}`)
      expect((run.provenance as JsonObject).run_hash).toBe(runHashOf(run))
    })
  }

  it('converted.json names the digest of its source', () => {
    const source = readObject('examples/records/converted.json').source as JsonObject
    expect(source.digest).toBe(sha256(read('examples/inputs/converted.jsonl')))
  })
})
