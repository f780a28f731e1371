import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'

const shared = tool('shared')
const program = fileURLToPath(new URL('large-input.mjs', import.meta.url))
const session = join(shared ?? '', 'samples/claude-code/v2.1.38-39/ae4a77f8-aedd-4bc1-888f-c94edc91af04.jsonl')

/** Converts in a process that dies if its heap grows past some megabytes. */
function convertWithin(heap: number, shape: 'folder' | 'session', bytes: number): Record<string, number> {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heap}`, program, session, shape, String(bytes)],
    { encoding: 'utf8' },
  )
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Record<string, number>
}

describe.skipIf(!shared)('more input than memory', () => {
  it('a folder of 1 GB takes no more memory than its largest session', () => {
    const found = convertWithin(64, 'folder', 1e9)
    expect(found.bytes).toBeGreaterThan(1e9)
    expect(found.runs).toBe(3 * (found.copies ?? 0))
  })

  it('a session of 200 MB takes the memory of its runs, not of its lines', () => {
    const found = convertWithin(224, 'session', 2e8)
    expect(found.bytes).toBeGreaterThan(2e8)
    expect(found.runs).toBe(3 * (found.copies ?? 0))
    expect(found.tool_calls).toBeGreaterThan(242 * 70)
  })
})
