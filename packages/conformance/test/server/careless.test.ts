import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Report } from '../../src/suite/index.ts'
import { callConformance, emptyFolder, keysInEnvironment } from '../command.ts'
import { startCareless } from '../subjects/careless-server.ts'

/** Sentences that a server breaks which stores JSON without looking. */
const BROKEN = [
  'AR-HTTP-001',
  'AR-HTTP-002',
  'AR-HTTP-003',
  'AR-HTTP-004',
  'AR-HTTP-005',
  'AR-HTTP-007',
  'AR-HTTP-014',
  'AR-HTTP-020',
  'AR-HTTP-024',
  'AR-HTTP-043',
  'AR-HTTP-050',
]

it('lists what a server that stores JSON without looking breaks, sentence by sentence', async () => {
  const keys = { main: 'key-of-main', other: 'key-of-other', reader: 'key-of-reader', ingest: 'key-of-ingest' }
  const server = await startCareless(keys)
  const file = join(emptyFolder(), 'report.json')
  try {
    const { code, stdout, stderr } = await callConformance(
      ['server', '--url', server.url, '--request-timeout', '2', '--level', 'full', '--report', file],
      { env: keysInEnvironment(keys) },
    )
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = report.requirements.filter(({ status }) => status === 'fail')
    expect(failed.map(({ requirement }) => requirement)).toEqual(expect.arrayContaining(BROKEN))
    // Not declared, and asked for by the level.
    for (const capability of ['batch', 'journal', 'query', 'erasure'])
      expect(failed.map((each) => each.capability)).toContain(capability)
    for (const { requirement } of failed) expect(stdout).toContain(requirement)
    expect(report.cases.filter(({ suite_fault }) => suite_fault)).toEqual([])
    const shown = report.cases.filter(({ status, reproduce }) => status === 'fail' && reproduce !== undefined)
    expect(shown.every(({ reproduce }) => /curl .*\$AGENT_RUN_KEY|curl (?!.*X-API-Key)/.test(reproduce ?? ''))).toBe(
      true,
    )
    expect(stdout + readFileSync(file, 'utf8')).not.toMatch(/key-of-/)
  } finally {
    await server.stop()
  }
})
