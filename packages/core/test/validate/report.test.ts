import { describe, expect, it } from 'vitest'
import { schemaTable } from '../../src/generated/schema-table.ts'
import { type ValidateOptions, validate } from '../../src/validate/index.ts'
import type { SchemaNode } from '../../src/validate/schema-node.ts'
import { patternWords } from '../../src/validate/wording.ts'
import { maximal } from './mutants.ts'

const base = {
  id: 'r',
  agent_id: 'a',
  status: 'running',
  started_at: null,
  steps: [],
  cost: { input_tokens: 0, output_tokens: 0 },
  provenance: { run_hash: 'x' },
}
const findings = (change: object, options: ValidateOptions = {}) =>
  validate(JSON.stringify({ ...base, ...change }), { semantics: false, ...options }).findings
const only = (change: object, options?: ValidateOptions) => {
  const found = findings(change, options)
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('findings of the schema', () => {
  it('name the values of a closed vocabulary, and the one that was meant', () => {
    expect(only({ status: 'sucess' })).toEqual({
      code: 'schema.enum',
      severity: 'error',
      path: '/status',
      message:
        '"sucess" is not one of pending, running, paused, completed, failed, cancelled, timeout, interrupted, unknown',
      requirement: 'AR-RUN-004',
      allowed: schemaTable['agent-run'].properties!.status!.enum,
      suggestion: 'completed',
    })
  })

  it.each([
    ['Completed', 'completed'],
    ['time_out', 'timeout'],
    ['in-progress', 'running'],
    ['canceled', 'cancelled'],
    ['errored', 'failed'],
    ['zebra', undefined],
    ['x'.repeat(100), undefined],
  ])('suggest for the status %s: %s', (status, suggestion) => {
    expect(only({ status }).suggestion).toBe(suggestion)
  })

  it('say the vocabulary also for a value of another type, without a suggestion', () => {
    const { code, message, allowed, ...rest } = only({ outcome: 5 })
    expect({ code, message }).toEqual({
      code: 'schema.type',
      message: 'found a number, expected one of success, failed, partial, abandoned, escalated, rolled_back, null',
    })
    expect(allowed).not.toContain(null)
    expect(rest).not.toHaveProperty('suggestion')
    expect(only({ status: null })).toMatchObject({ code: 'schema.type', path: '/status' })
    expect(only({ status: null })).not.toHaveProperty('suggestion')
  })

  it('name the missing member, and leave the object that lacks it to the path', () => {
    expect(only({ steps: [{ id: 's', type: 'other' }] })).toMatchObject({
      code: 'schema.required',
      path: '/steps/0',
      message: 'required member started_at is missing',
      requirement: 'AR-STEP-001',
    })
    expect(only({ agent_id: undefined })).toMatchObject({
      path: '',
      message: 'required member agent_id is missing',
      requirement: 'AR-RUN-002',
    })
  })

  it.each([
    [{ id: '' }, 'schema.min_length', 'found an empty string, expected at least 1 character'],
    [{ id: 3 }, 'schema.type', 'found a number, expected a string'],
    [{ tags: 'x' }, 'schema.type', 'found a string of 1 character, expected an array'],
    [{ tags: [['a', 'b']] }, 'schema.type', 'found an array of 2 items, expected a string'],
    [{ metadata: [] }, 'schema.type', 'found an empty array, expected an object'],
    [{ duration_ms: -1 }, 'schema.minimum', 'found -1, expected at least 0'],
    [
      { steps: [{ id: 's', type: 'other', started_at: null, output_refs: [{ size: -7 }] }] },
      'schema.minimum',
      'found a number, expected at least 0',
    ],
    [{ spec_version: '1.0.0' }, 'schema.pattern', 'found "1.0.0", expected a version like 1.0'],
    [{ spec_version: '2.0' }, 'schema.pattern', 'version 2.0 is newer than this validator, which reads 1.x'],
    [{ spec_version: 'hunter2' }, 'schema.pattern', 'found a string of 7 characters, expected a version like 1.0'],
    [{ eval: { pass: true, score: 101 } }, 'schema.maximum', 'found 101, expected at most 100'],
    [
      { cost: { input_tokens: 0.5, output_tokens: 0 } },
      'schema.type',
      'found a number with a fraction, expected a whole number or null',
    ],
    [
      { started_at: '20. Nov.' },
      'schema.pattern',
      'found a string of 8 characters, expected a time like 2026-11-20T14:02:11.480Z',
    ],
    [{ started_at: true }, 'schema.type', 'found a boolean, expected a string or null'],
    [
      { eval: { pass: true, score: 1, metrics: { retries: {} } } },
      'schema.type',
      'found an object, expected a whole number or null',
    ],
  ])('say what was found and expected: %j', (change, code, message) => {
    expect(only(change)).toMatchObject({ code, message })
  })

  it.each([
    [{ steps: [1] }, 'AR-STEP-001'],
    [{ cost: { input_tokens: 0 } }, 'AR-COST-001'],
    [{ approvals: [{}] }, 'AR-APPR-001'],
    [{ policy_decisions: [1] }, 'AR-APPR-002'],
    [{ eval: 1 }, 'AR-EVAL-001'],
    [{ artifacts: [{}] }, 'AR-RUN-001'],
    [{ started_at: 1 }, 'AR-RUN-001'],
  ])('name the sentence behind them: %j → %s', (change, requirement) => {
    for (const finding of findings(change)) expect(finding.requirement).toBe(requirement)
    expect(findings(change).length).toBeGreaterThan(0)
  })

  it('have words for every pattern of the schemas', () => {
    const patterns = new Set<string>()
    const collect = (node: SchemaNode): void => {
      if (node.pattern !== undefined) patterns.add(node.pattern)
      for (const member of Object.values(node.properties ?? {})) collect(member)
      if (node.items !== undefined) collect(node.items)
    }
    Object.values(schemaTable).forEach(collect)
    expect(patterns.size).toBeGreaterThan(5)
    for (const pattern of patterns) expect(patternWords(pattern)).not.toContain(pattern)
    expect(patternWords('^x$')).toBe('a string that matches ^x$')
  })

  it('never quote a payload or anything a terminal would obey', () => {
    const secret = 'hunter2-hunter2'
    for (const value of [secret, [secret], { [secret]: secret }, `\u001b[31m${secret}`, `\u202e${secret}`]) {
      for (const member of Object.keys(maximal('agent-run'))) {
        const closed = schemaTable['agent-run'].properties![member]!.enum !== undefined
        for (const { message } of findings({ [member]: value })) {
          if (!closed || value !== secret) expect(message).not.toContain('hunter')
          expect(message).toMatch(/^[\x20-\x7e…±−]*$/)
        }
      }
    }
  })
})

describe('the strict reading', () => {
  const strict = { reading: 'strict' } as const
  const unknown = (change: object) => findings(change, strict)

  it('warns about unknown members and says what was meant', () => {
    expect(unknown({ agentVersion: '1' })).toEqual([
      {
        code: 'schema.unknown_member',
        severity: 'warning',
        path: '/agentVersion',
        message: 'unknown member of AgentRun',
        requirement: 'AR-VER-005',
        suggestion: 'agent_version',
      },
    ])
    expect(findings({ agentVersion: '1' })).toEqual([])
  })

  it.each([
    ['agentVersion', 'agent_version'],
    ['parentRunID', 'parent_run_id'],
    ['git-branch', 'git_branch'],
    ['sesion_id', 'session_id'],
    ['Tags', 'tags'],
    // Already there: another one of the same name cannot be what was meant.
    ['agentId', undefined],
    ['zebra', undefined],
    ['a'.repeat(100_000), undefined],
  ])('suggests for %.20s: %s', (member, suggestion) => {
    expect(unknown({ [member]: 1 })[0]!.suggestion).toBe(suggestion)
  })

  it('takes no name that every JavaScript object has for a known member', () => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf']) {
      const text = JSON.stringify(base).replace('{', `{"${name}": {"status": 1},`)
      expect(validate(text, strict).findings.map(({ code, path }) => [code, path])).toEqual([
        ['schema.unknown_member', `/${name}`],
      ])
      expect(validate(text).findings).toEqual([])
      expect(validate(JSON.parse(text), strict).findings).toEqual(validate(text, strict).findings)
    }
    const { agent_id: _, ...lacking } = base
    expect(validate(`${JSON.stringify(lacking).slice(0, -1)},"__proto__":{"agent_id":"a"}}`).findings).toMatchObject([
      { code: 'schema.required' },
    ])
  })

  it('leaves alone what is the producer’s own', () => {
    const anything = { anyThing: { goesHere: 1 } }
    expect(unknown({ metadata: anything })).toEqual([])
    expect(unknown({ eval: { pass: true, score: 1, metrics: anything } })).toEqual([])
    expect(unknown({ inventory: { tools: [{ name: 't', annotations: anything }] } })).toEqual([])
    const statement = { kind: 'link', about: 'x', at: '2026-01-01T00:00:00Z', body: anything }
    expect(validate(statement, { ...strict, schema: 'statement' }).findings).toEqual([])
  })

  it('allows $schema at the root only', () => {
    expect(unknown({ $schema: 'agent-run.json' })).toEqual([])
    expect(unknown({ cost: { ...base.cost, $schema: 'x' } })).toMatchObject([{ path: '/cost/$schema' }])
  })

  it('leaves the name to the path', () => {
    const messages = unknown({ '\u001b[2J': 1, '': 1, 'a/b~c': 1, ['x'.repeat(33)]: 1 })
    expect(new Set(messages.map(({ message }) => message))).toEqual(new Set(['unknown member of AgentRun']))
    expect(messages.map(({ path }) => path).slice(1, 3)).toEqual(['/', '/a~1b~0c'])
  })
})
