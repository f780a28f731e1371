import { expect, it } from 'vitest'
import { show } from './binary.ts'
import { smallRun } from './records.ts'

const call = (id: string, effect: object): object => ({
  id,
  type: 'tool_call',
  status: 'succeeded',
  started_at: null,
  tool_name: 'Tool',
  side_effects: [{ basis: 'observed', reversible: 'none', ...effect }],
})

it('what cannot be undone does not name the hosts that were contacted', async () => {
  const steps = [
    call('n', { kind: 'network', target: 'api.example.org' }),
    call('m', { kind: 'message', target: 'team' }),
  ]
  expect((await show(smallRun({ steps }))).stdout).toMatch(/cannot be undone: team$/m)
})

it('an artifact that only repeats a change is not listed again', async () => {
  const steps = [call('w', { kind: 'write', target: 'a.txt', reversible: 'full' })]
  const artifacts = [
    { id: '1', name: 'a.txt', step_id: 'w' },
    { id: '2', name: 'b.txt', step_id: 'w' },
  ]
  const { stdout } = await show(smallRun({ steps, artifacts }))
  expect(stdout).toMatch(/^Artifacts {11}b\.txt/m)
  expect(stdout.match(/a\.txt/g)).toHaveLength(1)
})

it('a request that nobody answered is withdrawn by nobody', async () => {
  const steps = [{ ...call('p', { kind: 'write', target: 'a.txt' }), status: 'cancelled', tool_call_id: 'c' }]
  const approvals = [
    { approval_id: 'a', event: 'requested', step_id: 'p', at: '2026-11-20T14:00:00Z', actor: { kind: 'agent' } },
    { approval_id: 'a', event: 'cancelled', step_id: 'p', at: '2026-11-20T14:00:01Z', reason: 'nobody can be asked' },
  ]
  const { stdout } = await show(smallRun({ steps, approvals }))
  expect(stdout).toMatch(/requested by an agent: Tool/)
  expect(stdout).toMatch(/^ +cancelled: Tool "a\.txt", [^"]*"nobody can be asked"/m)
})
