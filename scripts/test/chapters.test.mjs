// Tables in the chapters that say what the schemas and the software say as well.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { privateMembers } from '../../packages/core/src/hash/private-members.ts'
import { journalRules } from '../../packages/core/src/journal/finding.ts'
import { updatable, updatableProvenance } from '../../packages/core/src/journal/line.ts'
import { runParameters } from '../../packages/core/src/query/run-parameters.ts'
import { signedDecisionMembers } from '../../packages/core/src/seal/sign-object.ts'
import { lineageRules } from '../../packages/core/src/verify/lineage/edge.ts'
import { checkNames } from '../../packages/core/src/verify/outcome.ts'
import { section, tableRows } from '../markdown.mjs'
import { readRegistry } from '../registry.mjs'
import { checkedSchemas, readSchemas } from '../schemas.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const schemas = readSchemas(root)
const chapter = (name) => readFileSync(join(root, 'spec', name), 'utf8')
const codes = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1])
const table = (name, title) =>
  new Map(
    tableRows(section(chapter(name), title)).map(({ cells: [first, second] }) => [codes(first)[0], codes(second)]),
  )

const typesOf = (property) => [property.type].flat()

describe('versioning.md', () => {
  it('lists the members that admit null: the optional scalars of 0.1, and no others', () => {
    const old = table('versioning.md', 'Members of 0.1')
    for (const [file, { properties, required = [] }] of checkedSchemas(schemas)) {
      for (const [member, property] of Object.entries(properties)) {
        const isOldScalar =
          old.get(file)?.includes(member) &&
          property.type &&
          !required.includes(member) &&
          !typesOf(property).some((type) => type === 'array' || type === 'object')
        const mayBeUnknown = required.includes(member) && typesOf(property).includes('null')
        // What is required and may be unknown is the other use of null; both are of 0.1.
        if (mayBeUnknown) expect(old.get(file), `${file} ${member}`).toContain(member)
        else if (member !== 'metrics')
          expect(typesOf(property).includes('null'), `${file} ${member}`).toBe(Boolean(isOldScalar))
      }
    }
  })

  it('lists the deprecated members', () => {
    const listed = tableRows(section(chapter('versioning.md'), 'Deprecation')).map(({ cells }) => codes(cells[0])[0])
    const deprecated = [...schemas.values()].flatMap(({ properties }) =>
      Object.keys(properties).filter((member) => properties[member].deprecated),
    )
    expect(listed).toEqual(deprecated)
  })
})

describe('privacy.md', () => {
  it('lists the private members that the software leaves out of the public form', () => {
    const files = {
      run: 'agent-run.json',
      step: 'step.json',
      approval: 'approval.json',
      policy_decision: 'policy-decision.json',
      side_effect: 'side-effect.json',
      artifact: 'artifact.json',
    }
    const listed = table('privacy.md', 'Private members')
    expect(listed.size).toBe(Object.keys(privateMembers).length)
    for (const [kind, members] of Object.entries(privateMembers)) expect(listed.get(files[kind])).toEqual([...members])
  })
})

describe('run.md, step.md and approval-and-policy.md', () => {
  const closed = (file, member) => schemas.get(file).properties[member].enum
  const column = (name, title) => tableRows(section(chapter(name), title)).map(({ cells }) => codes(cells[0])[0])

  it('explain every status of a run', () => {
    expect(column('run.md', 'Status and outcome')).toEqual(closed('agent-run.json', 'status'))
  })

  it('explain every type of step', () => {
    expect(column('step.md', 'Step').slice(0, 12)).toEqual(closed('step.json', 'type'))
  })

  it('explain every approval state', () => {
    const [absent, ...states] = column('approval-and-policy.md', 'The state of a step')
    expect(absent).toBeUndefined()
    expect(states).toEqual(closed('step-approval.json', 'state'))
  })
})

describe('the chapters about proof', () => {
  const closed = (file, member) => {
    const property = schemas.get(file).properties[member]
    return property.enum ?? property.items.enum
  }
  const column = (name, title, cell = 0) =>
    tableRows(section(chapter(name), title)).flatMap(({ cells }) => codes(cells[cell] ?? ''))

  it('name the twelve checks, in their order', () => {
    expect(column('verdict.md', 'The twelve checks')).toEqual([...checkNames])
    expect(closed('check.json', 'check')).toEqual([...checkNames])
  })

  it('explain every result and every state', () => {
    expect(column('verdict.md', 'Results').slice(0, 5)).toEqual(closed('check.json', 'result'))
    const states = column('verdict.md', 'Completeness').filter((code) => code !== 'n')
    for (const state of closed('completeness.json', 'state')) expect(states).toContain(state)
  })

  it('explain every level and every role', () => {
    const levels = tableRows(section(chapter('levels.md'), 'Levels')).flatMap(({ cells }) => codes(cells[0]))
    expect([...new Set(levels)].filter((level) => !level.includes('.'))).toEqual(
      expect.arrayContaining(closed('verdict.json', 'level')),
    )
    const roles = column('trust.md', 'The trust file')
    expect(closed('trusted-key.json', 'roles').filter((role) => !roles.includes(role))).toEqual([])
  })

  it('look for failures in the order of the software', () => {
    const fails = (name, title) => column(name, title, 2).filter((code) => /^[a-z]+\.[a-z_]+$/.test(code))
    const journal = fails('journal.md', 'How the check `journal` comes out')
    expect(journal.filter((code) => code !== 'journal.not_given' && code !== 'journal.unbound')).toEqual(
      Object.keys(journalRules),
    )
    expect(fails('lineage.md', 'How the check `lineage` comes out')).toEqual([...lineageRules])
  })

  it('list what run.updated may change', () => {
    const [run, provenance] = section(chapter('journal.md'), 'Changes of the run')
      .split('\n')
      .find((line) => line.startsWith('`session_id`'))
      .split('of `provenance`')
    expect(codes(run)).toEqual([...updatable])
    expect(codes(provenance)).toEqual([...updatableProvenance])
  })

  it('explain every type of journal line', () => {
    const registered = readRegistry(chapter('registry.md')).find(({ name }) => name === 'journal.type').values
    expect(column('journal.md', 'Types').filter((type) => registered.includes(type))).toEqual(
      expect.arrayContaining(registered),
    )
  })

  it('list what a signed decision has, in the order in which it is missed', () => {
    const sentence = /\[AR-APPR-021\].*/.exec(chapter('approval-and-policy.md'))[0]
    expect(codes(sentence)).toEqual([...signedDecisionMembers])
  })
})

describe('query.md', () => {
  it('lists the filters there are, in their order', () => {
    const listed = tableRows(section(chapter('query.md'), 'Filters')).map(({ cells }) => codes(cells[0])[0])
    expect(listed.slice(0, runParameters.length)).toEqual(runParameters.map(({ name }) => name))
  })

  it('explains every value of the filter approval', () => {
    const listed = tableRows(section(chapter('query.md'), 'Approvals')).flatMap(({ cells }) => codes(cells[0]))
    expect(listed.sort()).toEqual([...runParameters.find(({ name }) => name === 'approval').values].sort())
  })
})
