import { describe, expect, it } from 'vitest'
import { bench, broken, onlyTrial } from './benching.ts'

describe('a runtime', () => {
  it('may close its input: its prompt is then read by nobody', async () => {
    const { trial } = onlyTrial(await bench({ mode: 'closes-input' }))
    expect(broken(trial)).toEqual([])
  })

  it('hands over no record of 100 MB', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'one-huge-record' }))
    expect(broken(trial)).toContain('runtime.output')
    expect(JSON.parse(read('changes.json')).reached[0]).toMatchObject({ limit: 'records_bytes' })
    expect(read('changes.json').length).toBeLessThan(100_000)
  })

  it('floods the tools, and is answered no more', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'floods-tools', only: ['ask'], limits: { tool_calls: 50 } }))
    const answers = read('ledger.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).answered)
    expect(answers).toEqual([...Array(50).fill('result'), 'over_limit'])
    // Whether it still hands over its record depends on which of the two is faster.
    expect(broken(trial)).toContain('runtime.output')
  })

  it('hides no change behind the clock of a file', async () => {
    const { trial, read } = onlyTrial(await bench({ mode: 'changes-clocks' }))
    expect(JSON.parse(read('changes.json')).workspace).toContainEqual(
      expect.objectContaining({ path: 'list.txt', change: 'changed' }),
    )
    expect(trial.criteria.find(({ name }) => name === 'nothing else')).toMatchObject({ pass: false })
  })
})
