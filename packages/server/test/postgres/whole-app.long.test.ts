import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

it.skipIf(!tool('postgres'))(
  'every test of the app that passes on SQLite passes on PostgreSQL',
  { timeout: 900_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-whole-app-'))
    const outputFile = join(folder, 'report.json')
    const { AGENT_RUN_LONG: _, ...env } = process.env
    const folders = ['packages/server/test/http', 'packages/server/test/live']
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const parameters = ['run', ...folders, '--reporter=json', `--outputFile.json=${outputFile}`]
    try {
      const child = spawn(process.execPath, [vitest, ...parameters], {
        cwd: root,
        env: { ...env, AGENT_RUN_TEST_STORE: 'postgres' },
        stdio: 'ignore',
      })
      const code = await new Promise((resolve) => child.once('close', resolve))
      const report = JSON.parse(readFileSync(outputFile, 'utf8')) as {
        readonly numPassedTests: number
        readonly testResults: readonly {
          readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
        }[]
      }
      const failed = report.testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => fullName)
      expect([failed, code]).toEqual([[], 0])
      expect(report.numPassedTests).toBeGreaterThan(300)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
