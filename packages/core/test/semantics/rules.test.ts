import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rules } from '../../src/index.ts'
import { checkSemantics } from '../../src/semantics/index.ts'

const requirements = JSON.parse(
  readFileSync(new URL('../../../../conformance/requirements.json', import.meta.url), 'utf8'),
) as { requirements: { id: string; level: string }[] }

describe('rules', () => {
  it('have codes and requirements of their own and a summary in one line', () => {
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length)
    expect(new Set(rules.map(({ requirement }) => requirement)).size).toBe(rules.length)
    for (const { code, summary } of rules) {
      expect(code).toMatch(/^[a-z]+\.[a-z_]+$/)
      expect(summary).toMatch(/^[^\n]{10,120}[^.\n]$/)
    }
  })

  it('stand on sentences of the specification; what a record must not fail is an error', () => {
    const levels = new Map(requirements.requirements.map(({ id, level }) => [id, level]))
    for (const { code, requirement, severity } of rules) {
      const level = levels.get(requirement)
      expect(level, `${code} ${requirement}`).toBeDefined()
      // That a record is newer is no fault of the record, though its reader must say so.
      if (code !== 'version.newer') expect(severity, code).toBe(level?.startsWith('MUST') ? 'error' : 'warning')
    }
  })

  it('keep errors before warnings where the findings are limited', () => {
    const run = {
      spec_version: '1.0',
      id: 'run-1',
      status: 'completed',
      ended_at: null,
      steps: Array.from({ length: 50 }, (_, index) => ({ id: `s-${index}`, error_type: 'teleported', seq: 0 })),
      eval: { run_id: 'run-2' },
    }
    expect(checkSemantics(run).filter(({ severity }) => severity === 'error')).toHaveLength(50)
    const few = checkSemantics(run, 52)
    expect(few).toHaveLength(52)
    expect(few.filter(({ severity }) => severity === 'error')).toHaveLength(50)
    expect(few.map(({ code }) => code).slice(-3)).toEqual([
      'eval.other_run',
      'vocabulary.unregistered',
      'vocabulary.unregistered',
    ])
    expect(checkSemantics(run, 1).map(({ severity }) => severity)).toEqual(['error'])
    expect(checkSemantics(run, 0)).toEqual([])
  })
})
