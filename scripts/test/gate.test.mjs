import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { repositoryFiles } from '../files.mjs'
import { explainSkips, skipLines, toolsOf } from '../skips.mjs'
import { programStep, runSteps, totals } from '../step.mjs'
import { temporaryFolder } from './temporary-folder.mjs'
import { tool, tools } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

it('goes on after a failed step, shows its output and counts it', async () => {
  const printed = []
  const results = await runSteps(
    [
      programStep('good', process.execPath, ['-e', 'console.log("quiet")']),
      programStep('bad', process.execPath, ['-e', 'console.log("loud"); process.exit(3)']),
      programStep('absent', join(root, 'no-such-program'), []),
      { name: 'throws', run: async () => Promise.reject(new Error('broken')) },
    ],
    (line) => printed.push(line),
  )
  expect(totals(results)).toEqual({ passed: 1, failed: 3, skipped: 0 })
  const text = printed.join('\n')
  expect(text).toContain('✓ good')
  expect(text).not.toContain('quiet')
  expect(text).toMatch(/✗ bad .*\n {4}loud/)
  expect(text).toContain('could not be run')
  expect(text).toContain('Error: broken')
})

it('refuses a tool that nobody knows, in a test and in AGENT_RUN_REQUIRE', () => {
  expect(() => tool('pyhton3')).toThrow(RangeError)
  const env = { ...process.env, AGENT_RUN_REQUIRE: 'jq,pyhton3' }
  const { status, stderr } = spawnSync(process.execPath, ['scripts/gate.mjs'], { cwd: root, env, encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stderr).toContain('pyhton3')
})

it('lists no tool that no test uses', () => {
  const used = repositoryFiles(root)
    .filter((path) => /\.test\.(ts|mjs)$/.test(path) && path !== 'scripts/test/gate.test.mjs')
    .flatMap((path) => toolsOf(join(root, path)))
  expect([...new Set(used)].sort()).toEqual(Object.keys(tools).sort())
})

it('explains a skip by the tool that the test, or a file beside it, asks for', () => {
  const folder = temporaryFolder({
    'test/direct.test.ts': "it.skipIf(!tool('node22'))('x', () => {})",
    'test/indirect.test.ts': "import { samples } from './samples.ts'",
    'test/samples.ts': "export const samples = tool('shared')",
    'test/silent.test.ts': "it.skip('x', () => {})",
  })
  expect(toolsOf(join(folder, 'test/direct.test.ts'))).toEqual(['node22'])
  expect(toolsOf(join(folder, 'test/indirect.test.ts'))).toEqual(['shared'])
  const report = {
    testResults: [
      { name: join(folder, 'test/silent.test.ts'), assertionResults: [{ status: 'skipped' }, { status: 'passed' }] },
    ],
  }
  expect(explainSkips(folder, report)).toEqual([{ file: 'test/silent.test.ts', tests: 1, missing: [] }])
})

it('says how to enable what was skipped', () => {
  const lines = skipLines([
    { file: 'a.test.ts', tests: 2, missing: ['jq', 'node22'] },
    { file: 'b.test.ts', tests: 1, missing: ['jq'] },
  ])
  expect(lines).toEqual([
    expect.stringMatching(/^jq was not found.*To enable: put jq on PATH/),
    '  skipped: 2 tests in a.test.ts (some of them for want of node22)',
    '  skipped: 1 test in b.test.ts',
    expect.stringMatching(/^node22 was not found.*To enable: npm install/),
    '  skipped: 2 tests in a.test.ts (some of them for want of jq)',
  ])
})
