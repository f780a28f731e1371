import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { dataFolder, readData } from '../../src/data/index.ts'
import { loadScenarios } from '../../src/emitter/scenario.ts'
import { loadRequirements } from '../../src/suite/index.ts'

const scenarios = loadScenarios()
const requirements = loadRequirements()

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema(readData('schemas/http-case.json') as object, 'http-case.json')
const validate = ajv.compile(readData('schemas/scenario.json') as object)

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('scenario %s', (name, scenario) => {
  it('has the form of one, under the name of its file', () => {
    validate(scenario)
    expect(validate.errors ?? []).toEqual([])
    expect(readdirSync(join(dataFolder(), 'scenarios'))).toContain(`${name}.json`)
  })

  it('is about sentences that there are, with rules of different names', () => {
    expect(scenario.expect.filter(({ requirement }) => !requirements.has(requirement))).toEqual([])
    const names = scenario.expect.map((each) => each.name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('retries and ends only calls that it has', () => {
    const text = JSON.stringify(scenario.script)
    const called = new Set([...text.matchAll(/"id":"(toolu_[a-z0-9_]+)"/g)].map((match) => match[1]))
    const named = [...text.matchAll(/"(?:retries|ends)":(?:"([^"]+)"|\[([^\]]*)\])/g)].flatMap(([, one, list]) =>
      one === undefined ? (JSON.parse(`[${list}]`) as string[]) : [one],
    )
    expect(named.filter((id) => !called.has(id))).toEqual([])
  })
})

it('what a runtime is told about stands on the page that tells it', () => {
  const page = readFileSync(join(dataFolder(), 'scenarios/README.md'), 'utf8')
  const moments = scenarios.flatMap(({ script }) => (script.play as readonly object[]).flatMap(Object.keys))
  expect([...new Set(moments)].filter((moment) => !page.includes(`\`${moment}\``))).toEqual([])
})
