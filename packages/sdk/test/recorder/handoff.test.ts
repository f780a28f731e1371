import { readFileSync } from 'node:fs'
import { verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { expect, it } from 'vitest'
import { createRecorder } from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const lineageOf = (record: AgentRun, related: AgentRun[]) =>
  verify(record, { related }).checks.find(({ check }) => check === 'lineage')

it('binds parent, child and grandchild, both ways', async () => {
  const { options, faults } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'lead', turn_id: 't-1', session_id: 's-1' }, options)
  const paths: string[] = []
  const answer = await run.handoff({ agent_id: 'reviewer', input: 'Review it', start: { model: 'm' } }, (child) => {
    paths.push(child.recordPath ?? '', child.journalPath!)
    return child.handoff({ agent_id: 'linter' }, async (grandchild) => {
      paths.push(grandchild.journalPath!)
      await grandchild.toolCall({ tool_name: 'lint', arguments: {} }, () => 'clean')
      return 'all fine'
    })
  })
  const parent = await run.end()
  const [child, grandchild] = paths
    .slice(1)
    .map((path) => JSON.parse(readFileSync(path.replace(/journal$/, 'json'), 'utf8')) as AgentRun)
  if (!child || !grandchild) throw new Error('a record is missing')

  expect(answer).toBe('all fine')
  expect(faults).toEqual([])
  expectSound(run, parent)
  expect(child).toMatchObject({
    agent_id: 'reviewer',
    model: 'm',
    parent_run_id: parent.id,
    turn_id: 't-1',
    trigger: 'agent',
  })
  expect(grandchild).toMatchObject({ agent_id: 'linter', parent_run_id: child.id, session_id: 's-1' })
  expect(grandchild.provenance.lineage).toEqual([parent.provenance.run_hash, child.provenance.run_hash])
  expect(parent.steps.map(({ type, child_record_hash }) => [type, child_record_hash])).toEqual([
    ['handoff', undefined],
    ['handoff_result', child.provenance.record_hash],
  ])
  const everyone = [parent, child, grandchild]
  for (const record of everyone)
    expect(
      lineageOf(
        record,
        everyone.filter((other) => other !== record),
      ),
    ).toMatchObject({ result: 'pass' })
  expect(verify(child, { related: everyone }).edges?.map(({ state }) => state)).toEqual(['mutual', 'mutual'])
})

it("fails the child and the handoff with the agent's error, and throws it on unchanged", async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'lead' }, options)
  const error = new Error('the reviewer gave up')
  await expect(run.handoff({ agent_id: 'reviewer' }, () => Promise.reject(error))).rejects.toBe(error)
  const record = await run.end({ status: 'failed', error })
  expect(record.steps).toMatchObject([
    { type: 'handoff', status: 'succeeded' },
    { type: 'handoff_result', status: 'failed', error: 'the reviewer gave up' },
  ])
  expectSound(run, record)
})

it('hands work to a recorder elsewhere by plain JSON', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'lead', workspace_id: 'w' }, options)
  const delegation = run.delegate({ agent_id: 'remote', input: 'work' })
  const sent = JSON.parse(JSON.stringify(delegation))
  const remote = createRecorder({ agent_id: 'remote', delegation: sent }, setUp({ signer: signer(9) }).options)
  const child = await remote.end()
  run.handoffResult(sent, { output: 'done', child_record_hash: child.provenance.record_hash ?? '' })
  const parent = await run.end()
  expect([child.id, child.workspace_id]).toEqual([sent.run_id, 'w'])
  expect(lineageOf(child, [parent])).toMatchObject({ result: 'pass' })
  expect(lineageOf(parent, [child])).toMatchObject({ result: 'pass' })
  expectSound(run, parent)
  expectSound(remote, child)
})

it('leaves an edge open where nobody waited for the child', async () => {
  const { options } = setUp({ signer: signer() })
  const run = createRecorder({ agent_id: 'lead' }, options)
  const delegation = run.delegate({ agent_id: 'remote' })
  const parent = await run.end()
  const remote = createRecorder(
    { agent_id: 'remote', ...(delegation && { delegation }) },
    setUp({ signer: signer() }).options,
  )
  const child = await remote.end()
  expect(lineageOf(child, [parent])).toMatchObject({ result: 'unknown', code: 'lineage.open' })
})
