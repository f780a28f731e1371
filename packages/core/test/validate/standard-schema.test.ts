import { describe, expect, it } from 'vitest'
import { agentRunSchema } from '../../src/validate/index.ts'

const standard = agentRunSchema['~standard']
const run = {
  id: 'r',
  agent_id: 'a',
  status: 'running',
  started_at: null,
  steps: [{ id: 's', type: 'message', role: 'user', started_at: null }],
  cost: { input_tokens: 0, output_tokens: 0 },
  provenance: { run_hash: 'x' },
}

describe('agentRunSchema as a Standard Schema', () => {
  it('says who it is', () => {
    expect(standard).toMatchObject({ version: 1, vendor: 'agent-run' })
  })

  it('passes a valid value on as it is, also with warnings', () => {
    expect(standard.validate(run)).toEqual({ value: run })
    expect((standard.validate(run) as { value: unknown }).value).toBe(run)
    // A reference to nowhere in a 0.1 record is a warning.
    const warned = { ...run, steps: [{ ...run.steps[0], parent_step_id: 'nowhere' }] }
    expect(standard.validate(warned)).toEqual({ value: warned })
  })

  it('turns errors into issues with paths of keys', () => {
    expect(standard.validate({ ...run, steps: [{ ...run.steps[0], type: 'x' }] })).toEqual({
      issues: [{ message: expect.stringMatching(/^"x" is not one of /), path: ['steps', 0, 'type'] }],
    })
    expect(standard.validate({ ...run, spec_version: '1.0', steps: [run.steps[0], run.steps[0]] })).toMatchObject({
      issues: [{ path: ['steps', 1, 'id'] }],
    })
  })

  it('takes no text for a run', () => {
    for (const value of [JSON.stringify(run), new TextEncoder().encode(JSON.stringify(run)), 5, null, undefined]) {
      expect(standard.validate(value)).toHaveProperty('issues')
    }
  })
})
