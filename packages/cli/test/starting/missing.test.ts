import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { agentRun, folderWith } from '../binary.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

it.each([
  ['serve', 'the server', '@agent-run/server'],
  ['conform', 'the conformance suite', '@agent-run/conformance'],
])('%s says how to install what it starts where that is missing', async (command, what, name) => {
  const folder = folderWith()
  const scope = join(folder, 'node_modules/@agent-run')
  mkdirSync(scope, { recursive: true })
  for (const name of ['core', 'sdk', 'types']) symlinkSync(join(root, 'packages', name), join(scope, name))
  symlinkSync(join(root, 'node_modules/commander'), join(folder, 'node_modules/commander'))
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, 'packages/cli', part), join(folder, part), { recursive: true })
  const { code, stderr } = await agentRun([command], { program: join(folder, 'bin/agent-run.mjs'), cwd: folder })
  expect(stderr).toBe(`agent-run: ${what} is not installed; run: npm install ${name}\n`)
  expect(code).toBe(2)
})
