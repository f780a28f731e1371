import { expect, it } from 'vitest'
import { nearestName } from '../src/terminal/nearest.ts'
import { progressLine } from '../src/terminal/progress.ts'

it('a progress line has a bar where the whole is known', () => {
  expect(progressLine({ bytes: 5e6, totalBytes: 10e6, done: '3 files' }, 2400)).toBe(
    '████████████░░░░░░░░░░░░  50 %  3 files  5.0 MB of 10.0 MB  2 s',
  )
  expect(progressLine({ bytes: 5e6, totalBytes: undefined, done: '3 files' }, 2400)).toBe('3 files  5.0 MB  2 s')
})

it('suggests what was probably meant, and nothing far away', () => {
  expect(nearestName('stp', ['step', 'cost', 'eval'])).toBe('step')
  expect(nearestName('Run.jsn', ['run.json', 'other'])).toBe('run.json')
  expect(nearestName('nope.json', ['biome.json'])).toBe(undefined)
  expect(nearestName('x', [])).toBe(undefined)
})
