// A fresh clone works with `npm ci` alone: it builds, and npx finds the command here and not in the registry.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { repositoryFiles } from '../files.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

it('installs, builds and has the command', () => {
  const copy = mkdtempSync(join(tmpdir(), 'agent-run-clone-'))
  try {
    for (const path of repositoryFiles(root)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      cpSync(join(root, path), join(copy, path))
    }
    const run = (file, ...args) => execFileSync(file, args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' })
    run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')
    expect(existsSync(join(copy, 'packages/types/schemas/agent-run.json'))).toBe(true)
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
    expect(run('npx', '--no-install', 'agent-run', '--version').trim()).toBe(version)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
