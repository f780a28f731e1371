// The dialect check finds every fault it is there for, each planted into a copy of the schemas.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { check } from '../check/dialect.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agent-run-dialect-'))
const reset = () => cpSync(join(root, 'schemas'), join(folder, 'schemas'), { recursive: true })
const pathOf = (file) => join(folder, 'schemas', file)
reset()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Faults after `change` was applied to one schema. */
const faultsAfter = (file, change) => {
  const schema = JSON.parse(readFileSync(pathOf(file), 'utf8'))
  change(schema, schema.properties)
  writeFileSync(pathOf(file), JSON.stringify(schema))
  try {
    return check(folder)
  } finally {
    reset()
  }
}

describe('the dialect check', () => {
  it('finds nothing wrong with the schemas', () => {
    expect(check(root)).toEqual([])
    expect(check(folder)).toEqual([])
  })

  it.each([
    [
      'a keyword of neither draft',
      'step.json',
      (_, p) => {
        p.id.maxLength = 5
      },
      '#/properties/id: "maxLength" is not in the dialect',
    ],
    [
      'format',
      'step.json',
      (_, p) => {
        p.started_at.format = 'date-time'
      },
      '#/properties/started_at: "format" is not in the dialect',
    ],
    [
      'oneOf',
      'step.json',
      (s) => {
        s.oneOf = []
      },
      '#: "oneOf" is not in the dialect',
    ],
    [
      'a keyword in items',
      'step.json',
      (_, p) => {
        p.caused_by.items.maxLength = 1
      },
      '#/properties/caused_by/items: "maxLength" is not in the dialect',
    ],
    [
      'another draft',
      'step.json',
      (s) => {
        s.$schema = 'https://json-schema.org/draft/2020-12/schema'
      },
      '#: "$schema" is not http://json-schema.org/draft-07/schema#',
    ],
    [
      'an $id in the root file',
      'agent-run.json',
      (s) => {
        s.$id = 'agent-run.json'
      },
      '#: has an "$id"',
    ],
    [
      'an absolute $id',
      'step.json',
      (s) => {
        s.$id = 'https://example.org/step.json'
      },
      '#: "$id" is not the bare "step.json"',
    ],
    [
      'no $id',
      'cost.json',
      (s) => {
        delete s.$id
      },
      '#: "$id" is not the bare "cost.json"',
    ],
    [
      'no title',
      'cost.json',
      (s) => {
        delete s.title
      },
      '#: has no title that can name a type',
    ],
    [
      'a title taken',
      'cost.json',
      (s) => {
        s.title = 'Step'
      },
      '#: has the same title as step.json',
    ],
    [
      'a root that is no object',
      'cost.json',
      (s) => {
        s.type = 'array'
      },
      '#: is not the schema of an object',
    ],
    [
      'no description of the object',
      'cost.json',
      (s) => {
        delete s.description
      },
      '#: has no description',
    ],
    [
      'no metadata',
      'cost.json',
      (_, p) => {
        delete p.metadata
      },
      '#: has no metadata',
    ],
    [
      'no description of a member',
      'cost.json',
      (_, p) => {
        delete p.unit.description
      },
      '#/properties/unit: has no description',
    ],
    [
      'no examples',
      'cost.json',
      (_, p) => {
        delete p.unit.examples
      },
      '#/properties/unit: has no examples',
    ],
    [
      'empty examples',
      'cost.json',
      (_, p) => {
        p.unit.examples = []
      },
      '#/properties/unit: has no examples',
    ],
    [
      'no unit in milliseconds',
      'step.json',
      (_, p) => {
        p.duration_ms.description = 'Duration.'
      },
      '#/properties/duration_ms: the description does not name the unit',
    ],
    [
      'no unit of tokens',
      'cost.json',
      (_, p) => {
        p.total_tokens.description = 'The sum.'
      },
      '#/properties/total_tokens: the description does not name the unit',
    ],
    [
      'no unit of money',
      'cost.json',
      (_, p) => {
        p.cost_usd.description = 'Cost.'
      },
      '#/properties/cost_usd: the description does not name the unit',
    ],
    [
      'no unit of a size',
      'content-ref.json',
      (_, p) => {
        p.size.description = 'Size.'
      },
      '#/properties/size: the description does not name the unit',
    ],
    [
      'a name in camelCase',
      'cost.json',
      (_, p) => {
        p.costUsd = p.unit
      },
      '#/properties/costUsd: the name is not snake_case',
    ],
    [
      'members beside $ref',
      'agent-run.json',
      (_, p) => {
        p.steps.items.description = 'A step.'
      },
      '#/properties/steps/items: "$ref" stands alone; use "allOf" beside a description',
    ],
    [
      'an absolute $ref',
      'agent-run.json',
      (_, p) => {
        p.steps.items.$ref = 'https://example.org/step.json'
      },
      '#/properties/steps/items: "$ref" is "https://example.org/step.json", which is no file of schemas/',
    ],
    [
      'a $ref to nowhere',
      'agent-run.json',
      (_, p) => {
        p.cost.allOf[0].$ref = 'costs.json'
      },
      '#/properties/cost/allOf/0: "$ref" is "costs.json", which is no file of schemas/',
    ],
    [
      'two in allOf',
      'agent-run.json',
      (_, p) => {
        p.cost.allOf.push({ $ref: 'step.json' })
      },
      '#/properties/cost: "allOf" holds one "$ref" and nothing else',
    ],
    [
      'an assertion in allOf',
      'agent-run.json',
      (_, p) => {
        p.cost.allOf = [{ type: 'object' }]
      },
      '#/properties/cost: "allOf" holds one "$ref" and nothing else',
    ],
    [
      'a type beside allOf',
      'agent-run.json',
      (_, p) => {
        p.cost.type = 'object'
      },
      '#/properties/cost: "allOf" stands beside a description only',
    ],
    [
      'a closed object',
      'cost.json',
      (s) => {
        s.additionalProperties = false
      },
      '#: "additionalProperties" can only be true: objects stay open',
    ],
    [
      'an object inside a file',
      'cost.json',
      (_, p) => {
        delete p.metadata.additionalProperties
        p.metadata.properties = {}
      },
      '#/properties/metadata: an object with members is a file of its own',
    ],
    [
      'two types',
      'cost.json',
      (_, p) => {
        p.unit.type = ['string', 'number']
      },
      '#/properties/unit: a list of types is a type and "null"',
    ],
    [
      'null only in the type',
      'agent-run.json',
      (_, p) => {
        p.outcome.enum.pop()
      },
      '#/properties/outcome: null stands in both "type" and "enum" or in neither',
    ],
    [
      'null only in the enum',
      'agent-run.json',
      (_, p) => {
        p.outcome.type = 'string'
      },
      '#/properties/outcome: null stands in both "type" and "enum" or in neither',
    ],
    [
      'an open pattern',
      'cost.json',
      (_, p) => {
        p.unit.pattern = '[a-z]'
      },
      '#/properties/unit: a pattern is an expression, anchored at both ends',
    ],
    [
      'a pattern that is none',
      'cost.json',
      (_, p) => {
        p.unit.pattern = '^($'
      },
      '#/properties/unit: a pattern is an expression, anchored at both ends',
    ],
    [
      'a required member that is none',
      'cost.json',
      (s) => {
        s.required.push('total')
      },
      '#: "required" names only properties',
    ],
    [
      'a title inside',
      'cost.json',
      (_, p) => {
        p.unit.title = 'Unit'
      },
      '#/properties/unit: "$schema", "$id" and "title" stand in a root only',
    ],
  ])('finds %s', (_, file, change, fault) => {
    expect(faultsAfter(file, change)).toContain(`schemas/${file}${fault}`)
  })

  it('finds an example that its own schema refuses', () => {
    const faults = faultsAfter('cost.json', (_, p) => p.unit.examples.push('EUR'))
    expect(faults).toEqual([
      expect.stringMatching(/^schemas\/cost\.json#\/properties\/unit\/examples\/3: data must match pattern/),
    ])
    expect(faultsAfter('eval.json', (_, p) => p.metrics.examples.push({ retries: -1 }))).toHaveLength(1)
  })

  it('finds what does not belong into the folder', () => {
    for (const [name, fault] of [
      ['notes.json', 'is not JSON'],
      ['notes.txt', 'does not belong here'],
    ]) {
      writeFileSync(pathOf(name), 'notes')
      expect(check(folder)).toEqual([expect.stringContaining(`schemas/${name}: ${fault}`)])
      rmSync(pathOf(name))
    }
    rmSync(pathOf('agent-run.json'))
    expect(check(folder)).toContain('schemas/agent-run.json: is missing')
    reset()
  })
})
