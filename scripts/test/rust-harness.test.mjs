// The verifier in Rust against all vectors and cases, at the highest level, built from what is in cargo's cache.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildHarness } from './rust-crate.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const conformance = join(root, 'packages/conformance/bin/agent-run-conformance.mjs')

describe.skipIf(!tool('cargo'))('the verifier in Rust', () => {
  // A cold build of all dependencies, on a machine that does other things as well.
  it('passes everything at the highest level, and seals and compares trees as well', { timeout: 3_600_000 }, () => {
    const report = join(temporaryFolder(), 'report.json')
    const asked = ['verifier', '--answer-timeout', '60', '--format', 'line', '--report', report]
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [conformance, ...asked, '--', buildHarness(root, tool('cargo'))],
      {
        encoding: 'utf8',
      },
    )
    expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, output: '' })
    const { verdict, subject, counts } = JSON.parse(readFileSync(report, 'utf8'))
    expect(verdict).toBe('pass')
    expect(subject.capabilities.sort()).toEqual(['accountable', 'log', 'recorded', 'sealed', 'sealing'])
    expect(counts).toMatchObject({ fail: 0, warn: 0, untestable: 0, not_applicable: 0 })
    expect(counts.pass).toBeGreaterThan(150)
  })
})
