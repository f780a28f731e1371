// The verifier in Python against all vectors and cases, at the highest level.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const conformance = join(root, 'packages/conformance/bin/agent-run-conformance.mjs')

describe.skipIf(!tool('python-dev'))('the verifier in Python', () => {
  it('passes everything at the highest level, and seals and compares trees as well', () => {
    const report = join(temporaryFolder(), 'report.json')
    const asked = ['verifier', '--answer-timeout', '60', '--format', 'line', '--report', report]
    const through = ['--env', 'PYTHONPATH', '--env', 'PYTHONDONTWRITEBYTECODE']
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [conformance, ...asked, ...through, '--', tool('python-dev') ?? '', '-m', 'agent_run.harness'],
      { encoding: 'utf8', env: { ...process.env, PYTHONPATH: join(root, 'python'), PYTHONDONTWRITEBYTECODE: '1' } },
    )
    expect({ status, output: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, output: '' })
    const { verdict, subject, counts } = JSON.parse(readFileSync(report, 'utf8'))
    expect(verdict).toBe('pass')
    expect(subject.capabilities.sort()).toEqual(['accountable', 'log', 'recorded', 'sealed', 'sealing'])
    expect(counts).toMatchObject({ fail: 0, warn: 0, untestable: 0, not_applicable: 0 })
    expect(counts.pass).toBeGreaterThan(150)
  })
})
