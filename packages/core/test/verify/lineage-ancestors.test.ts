import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import {
  conflictOf,
  D1,
  entryOf,
  family,
  handoff,
  lineageOf,
  runOf,
  sealed,
  states,
  stranger,
  unknownOf,
  verdict,
} from './family.ts'

describe('a run that a finished one triggered', () => {
  const triggeredBy = (parent: AgentRun) =>
    runOf('next', { parents: [{ run_id: parent.id, record_hash: parent.provenance.record_hash }] })

  it('is chained if the given record recomputes to the hash', async () => {
    const parent = await sealed(runOf('parent'))
    const next = await sealed(triggeredBy(parent))
    expect(lineageOf(next, [parent])).toMatchObject({ result: 'pass', compared: 1 })
    expect(states(lineageOf(next, [parent]))).toEqual(['chained'])
    expect(verdict(lineageOf(next, []))).toEqual(unknownOf('unresolved'))
    expect(lineageOf(next, [parent, await sealed(runOf('parent'), stranger)]).result).toBe('pass')
  })

  it('conflicts with another record of that id; one that does not count is as if not given', async () => {
    const parent = await sealed(runOf('parent'))
    const next = await sealed(triggeredBy(parent))
    const other = await sealed(runOf('parent', {}, [], { outcome: 'success' }))
    for (const record of [other, runOf('parent')])
      expect(verdict(lineageOf(next, [record]))).toEqual(conflictOf('lineage.parent_hash'))
    for (const record of [{ ...parent, outcome: 'failed' }, { id: 'parent' }])
      expect(verdict(lineageOf(next, [record]))).toEqual(unknownOf('unresolved'))
    expect(verdict(lineageOf(next, [other, runOf('parent')]))).toEqual(unknownOf('unresolved'))
    expect(states(lineageOf(next, [other, parent]))).toEqual(['chained'])
  })
})

describe('cycles', () => {
  const after = (parent: AgentRun) => ({ parents: [{ run_id: parent.id, record_hash: parent.provenance.record_hash }] })

  it('finds a pinned parent that names the run as its own parent', async () => {
    const b = await sealed(runOf('b', { parents: [{ run_id: 'a' }] }))
    expect(verdict(lineageOf(runOf('a', after(b)), [b]))).toEqual(conflictOf('lineage.cycle'))
  })

  it('finds a cycle further up, a run that is its own parent and a child that hands back', async () => {
    const c = await sealed(runOf('c', { parents: [{ run_id: 'b' }] }))
    const b = await sealed(runOf('b', after(c)))
    expect(verdict(lineageOf(runOf('a', after(b)), [b, c]))).toEqual(conflictOf('lineage.cycle'))
    expect(verdict(lineageOf(runOf('a', { parents: [{ run_id: 'a' }] }), []))).toEqual(conflictOf('lineage.cycle'))
    const given = handoff('b', D1)
    const back = runOf('b', { parents: [entryOf('a', given)] }, [handoff('a', 'dlg-2')])
    expect(verdict(lineageOf(runOf('a', {}, [given]), [back]))).toEqual(conflictOf('lineage.cycle', '/steps/0'))
  })

  it('finds an ancestor that is a descendant too', async () => {
    const b = await sealed(runOf('b', { parents: [{ run_id: 'c' }] }))
    const a = runOf('a', after(b), [handoff('c', D1)])
    expect(verdict(lineageOf(a, [b]))).toEqual(conflictOf('lineage.cycle'))
  })

  it('follows nobody who only bears a name', async () => {
    const named = runOf('a', { parents: [{ run_id: 'b' }] })
    expect(states(lineageOf(named, [runOf('b', { parents: [{ run_id: 'a' }] })]))).toEqual(['child_only'])
    const { parent, child } = await family()
    const parentsName = await sealed(runOf('parent', { parents: [{ run_id: 'child' }] }), stranger)
    const childsName = await sealed(runOf('child', {}, [handoff('parent', 'dlg-9')]), stranger)
    expect(lineageOf(child, [parent, parentsName]).result).toBe('pass')
    expect(lineageOf(parent, [child, childsName]).result).toBe('pass')
    const next = await sealed(runOf('next', after(parent)))
    const forged = await sealed(runOf('parent', { parents: [{ run_id: 'next' }] }), stranger)
    expect(lineageOf(next, [forged, parent]).result).toBe('pass')
  })

  it('does not let a stranger make one', async () => {
    const { parent, child } = await family()
    const meddler = runOf('x', { parents: [{ run_id: 'child' }] }, [handoff('parent', 'dlg-9')])
    expect(lineageOf(child, [parent, meddler]).result).toBe('pass')
  })

  it('takes long records in its stride', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i)
    const alike = many.map((i) => {
      const { delegation_id: _, ...step } = handoff('child', D1, { id: `h-${i}` })
      return i % 2 ? step : { ...step, type: 'handoff_result', child_record_hash: `sha256:${'0'.repeat(64)}` }
    })
    const parent = runOf('parent', {}, alike as never)
    const child = runOf('child', { parents: many.map((i) => ({ run_id: 'parent', delegation_id: `d-${i}` })) })
    expect(lineageOf(parent, [child]).edges).toHaveLength(10_000)
    expect(lineageOf(child, [parent]).edges).toHaveLength(20_000)
    const wide = runOf('child', { parents: Array.from({ length: 200_000 }, (_, i) => ({ run_id: `p-${i}` })) })
    expect(lineageOf(wide, []).edges).toHaveLength(200_000)
  })

  it('takes many of one name in its stride', async () => {
    const { parent, child, handoff: given } = await family()
    const crowd = Array.from({ length: 5_000 }, (_, i) => runOf('parent', {}, [given], { agent_id: `bot-${i}` }))
    const claims = Array.from({ length: 5_000 }, () => entryOf('parent', given))
    const alike = runOf('child', {
      parents: [...claims, ...claims.map((entry, i) => ({ ...entry, delegation_id: `d-${i}` }))],
    })
    expect(new Set(states(lineageOf(alike, crowd)))).toEqual(new Set(['open', 'unresolved']))
    expect(lineageOf(child, [...crowd, parent]).result).toBe('pass')
  })

  it('follows a long line of ancestors', async () => {
    const line = Array.from({ length: 20_000 }, (_, i) => {
      const above = handoff(`r-${i}`, D1)
      return runOf(`r-${i}`, { parents: [entryOf(`r-${i + 1}`, above)] }, i === 0 ? [] : [handoff(`r-${i - 1}`, D1)])
    })
    expect(states(lineageOf(line[0]!, line.slice(1)))).toEqual(['open'])
    const closed = runOf('r-20000', { parents: [{ run_id: 'r-0' }] }, [handoff('r-19999', D1)])
    expect(states(lineageOf(line[0]!, [...line.slice(1), closed]))).toEqual(['conflict'])
  })
})

describe('what is said about ancestors', () => {
  const chain = async (provenance: object): Promise<[AgentRun, AgentRun, AgentRun]> => {
    const root = await sealed(runOf('root', {}, [], { agent_id: 'root' }))
    const trigger = (by: AgentRun) => ({ parents: [{ run_id: by.id, record_hash: by.provenance.record_hash }] })
    const middle = await sealed(runOf('middle', trigger(root), [], { agent_id: 'middle' }))
    const leaf = await sealed(
      runOf('leaf', {
        ...trigger(middle),
        parent_run_hash: middle.provenance.run_hash,
        lineage: [root.provenance.run_hash, middle.provenance.run_hash],
        ...provenance,
      }),
    )
    return [leaf, middle, root]
  }
  const other = 'f'.repeat(64)

  it('passes if it is what they say, as far as they are given', async () => {
    const [leaf, middle, root] = await chain({})
    expect(lineageOf(leaf, [middle, root])).toMatchObject({ result: 'pass', compared: 1 + 1 + 2 + 1 })
    expect(lineageOf(leaf, [middle]).result).toBe('pass')
  })

  it.each([
    ['/provenance/parent_run_hash', { parent_run_hash: other }],
    ['/provenance/lineage/1', { lineage: [other, other] }],
    ['/provenance/lineage', { lineage: [] }],
  ])('conflicts if it is not: %s', async (path, provenance) => {
    const [leaf, middle, root] = await chain(provenance)
    expect(verdict(lineageOf(leaf, [middle, root]))).toEqual(conflictOf('lineage.ancestors', path))
    expect(lineageOf(leaf, []).code).toBe('lineage.unresolved')
  })

  it('conflicts if the line is longer than its root', async () => {
    const [, middle, root] = await chain({})
    const { run_hash } = middle.provenance
    const [leaf] = await chain({ lineage: [other, root.provenance.run_hash, run_hash] })
    expect(verdict(lineageOf(leaf, [middle, root]))).toEqual(conflictOf('lineage.ancestors', '/provenance/lineage'))
    expect(lineageOf(leaf, [middle]).result).toBe('pass')
  })

  it('is compared with the record that is pinned, and without a pin with none of several', async () => {
    const [leaf, middle, root] = await chain({})
    const namesake = await sealed(runOf('middle', {}, [], { agent_id: 'somebody' }), stranger)
    expect(lineageOf(leaf, [namesake, middle, root])).toMatchObject({ result: 'pass', compared: 1 + 1 + 2 + 1 })
    const old = runOf('leaf', { parent_run_hash: other }, [], { parent_run_id: 'middle' })
    expect(verdict(lineageOf(old, [middle]))).toEqual(conflictOf('lineage.ancestors', '/provenance/parent_run_hash'))
    expect(lineageOf(old, [middle, namesake]).result).toBe('absent')
  })
})
