import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { tool } from '../../../scripts/test/tools.mjs'

/** The validator in Python: written from spec/ and schemas/, without a line of ours. */
export const program: string = fileURLToPath(new URL('../../../conformance/crosscheck/records.py', import.meta.url))

/** What it answers to lines in hexadecimal, line by line. Needs python3. */
export const ask = (mode: '--stream' | '--hashes' | '--numbers', lines: readonly string[]): string[] => {
  const { status, stdout, stderr } = spawnSync(tool('python3')!, [program, mode], {
    input: lines.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const answers = stdout.trimEnd().split('\n')
  expect(answers).toHaveLength(lines.length)
  return answers
}
