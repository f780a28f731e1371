import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@agent-run/core'
import type { BenchCriterion } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../src/judge/index.ts'
import { makeCall, makeQuestion, makeRun, makeStep, makeTrial, options, streamOf } from './trial.ts'

const words = fc.constantFrom(
  '',
  '__proto__',
  'constructor',
  'toString',
  'a',
  '*',
  '**',
  '../x',
  '/',
  '\u0000',
  '\u202e',
  'a\u001b[2J',
  '\ud800',
  '$&',
  'é',
)
const list = fc.array(words, { minLength: 1, maxLength: 3 })
const count = fc.integer({ min: 0, max: 3 })
const selector = fc.record(
  { tool_name: list, effect: list, status: list, approval: list, error_type: list },
  { requiredKeys: [] },
)

/** Criteria as a pack that nobody has checked might have them, without commands. */
const criterion = fc.record(
  {
    name: words,
    kind: fc.constantFrom('file', 'tree', 'json', 'text', 'steps', 'calls', 'approvals', 'cost', 'time', 'record'),
    weight: fc.constantFrom(0, 1, 2),
    required: fc.boolean(),
    path: words,
    of: fc.constantFrom('output', 'stdout', 'stderr'),
    state: fc.constantFrom('present', 'absent', 'unchanged', 'changed'),
    contains: list,
    lacks: list,
    matches: fc.constantFrom('a', '.', '^$', '\\p{L}'),
    changed_only: list,
    schema: fc.constantFrom({}, { type: 'object' }, { required: ['__proto__'] }),
    where: selector,
    preceded_by: selector,
    tool_name: list,
    min: count,
    max: count,
    approved: fc.boolean(),
    max_usd: count,
    max_ms: count,
    level: fc.constantFrom('recorded', 'sealed', 'accountable'),
    outcome: list,
    names_changes: fc.boolean(),
    names_calls: fc.boolean(),
  },
  { requiredKeys: ['name', 'kind'] },
)

const step = fc.record(
  {
    tool_name: words,
    input_preview: words,
    status: fc.constantFrom('succeeded', 'failed', 'unknown'),
    side_effects: fc.array(fc.record({ kind: fc.constantFrom('read', 'write', 'x'), target: words }), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['tool_name'] },
)

describe('whatever a runtime leaves behind', () => {
  it('is judged: no fault, a score from 0 to 100, a valid eval, nothing unsafe in it', async () => {
    const base = makeTrial({ files: { 'a.txt': 'a', 'src/a\u001b[31m.js': 'b' } })
    await fc.assert(
      fc.asyncProperty(
        fc.array(criterion, { maxLength: 6 }),
        fc.array(step, { maxLength: 4 }),
        fc.array(words, { maxLength: 4 }),
        fc.boolean(),
        async (criteria, steps, tools, hasRecord) => {
          const run = makeRun({ steps: steps.map((members, index) => makeStep(index, wellFormed(members))) })
          const report = validate(new TextEncoder().encode(JSON.stringify(run)))
          const root =
            hasRecord && report.ok
              ? {
                  via: 'file' as const,
                  octets: new TextEncoder().encode(JSON.stringify(run)),
                  valid: report,
                  folded: false,
                }
              : undefined
          const trial = {
            ...base,
            scenario: { ...base.scenario, criteria: criteria as BenchCriterion[], tools: [...tools] },
            root,
            ledger: tools.map((tool_name, seq) => makeCall(seq, { tool_name, arguments: { __proto__: null } })),
            approvals: tools.map((tool_name) => makeQuestion({ tool_name })),
            stdout: streamOf(tools.join('\n')),
            outside: [...tools],
          }
          const { pass, score, eval: evaluation } = await judge(trial, options)
          expect(score >= 0 && score <= 100).toBe(true)
          expect(pass && (root === undefined || tools.length > 0)).toBe(false)
          const faults = validate(evaluation, { schema: 'eval' }).findings.filter(({ path }) => !path.endsWith('/name'))
          expect(faults).toEqual([])
          const said = evaluation.criteria
            ?.map(({ label }) => label)
            .concat(evaluation.detail ?? '', evaluation.actual_outcome ?? '')
          expect(said?.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('may be nothing at all', async () => {
    const kinds: BenchCriterion[] = [
      { name: 'file', kind: 'file', path: '**' },
      { name: 'tree', kind: 'tree', changed_only: [] },
      { name: 'json', kind: 'json', of: 'output', schema: {} },
      { name: 'text', kind: 'text', path: 'a', contains: ['x'] },
      { name: 'steps', kind: 'steps' },
      { name: 'command', kind: 'command', command: ['node', '-e', 'process.exit(1)'] },
    ]
    const trial = makeTrial({ run: undefined, criteria: kinds })
    rmSync(trial.workspace, { recursive: true })
    rmSync(trial.output, { recursive: true })
    const { criteria, pass } = await judge(trial, options)
    expect(pass).toBe(false)
    expect(criteria.slice(0, 6).map((each) => each.pass)).toEqual([false, true, false, false, false, false])
    expect(criteria[5]?.label).toMatch(/exit code 1/)
  })

  it('is judged although the fixture is gone', async () => {
    const command: BenchCriterion = { name: 'command', kind: 'command', command: ['node', '-e', ''], restore: ['**'] }
    const trial = makeTrial({ criteria: [command] })
    const { criteria } = await judge({ ...trial, fixture: join(trial.scratch, 'no-such') }, options)
    expect(criteria[0]).toMatchObject({ pass: false, metadata: { error_type: 'internal' } })
  })
})

/** Half a surrogate pair cannot stand in a record. */
const wellFormed = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\\ud800', '?')) as T
