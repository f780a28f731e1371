import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataDigest, dataFolder } from '../../src/data/index.ts'
import type { Report } from '../../src/suite/index.ts'
import { keysInEnvironment } from '../command.ts'
import { startReference } from '../subjects/reference.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))

it('the data of the suite are those of the repository', () => {
  expect(dataFolder()).toBe(join(root, 'conformance'))
  expect(dataDigest()).toMatch(/^sha256:[0-9a-f]{64}$/)
})

describe('the published package, in an empty project', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-run-conformance-packed-'))
    // Staged, so that nobody else's package changes while it is packed.
    const staged = join(folder, 'staged')
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, 'packages/conformance', part), join(staged, part), { recursive: true })
    execFileSync(process.execPath, [join(root, 'scripts/copy-conformance.mjs'), staged])
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--silent']
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
    for (const cwd of [join(root, 'packages/types'), staged]) execFileSync('npm', pack, { cwd })
    const tarballs = readdirSync(folder)
      .filter((name) => name.endsWith('.tgz'))
      .map((name) => join(folder, name))
    mkdirSync(join(folder, 'project'))
    writeFileSync(join(folder, 'project/package.json'), '{ "name": "project", "private": true }\n')
    const env = { ...process.env, npm_config_engine_strict: 'false' }
    execFileSync('npm', ['install', ...flags, ...tarballs], { cwd: join(folder, 'project'), stdio: 'pipe', env })
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has neither the server nor anything else that it judges', () => {
    expect(readdirSync(join(folder, 'project/node_modules/@agent-run')).sort()).toEqual(['conformance', 'types'])
    expect(existsSync(join(folder, 'project/node_modules/agent-run'))).toBe(false)
  })

  it('puts a server to the test with the data that it carries, which are those of the repository', async () => {
    const server = await startReference()
    try {
      const bin = join(folder, 'project/node_modules/.bin/agent-run-conformance')
      const only = ['AR-HTTP-026', 'http/verify', 'http/code/body_cut'].flatMap((pattern) => ['--only', pattern])
      const args = ['server', '--url', server.url, ...only, '--report', 'report.json']
      const child = spawn(bin, args, {
        cwd: join(folder, 'project'),
        env: { PATH: process.env['PATH'] ?? '', ...keysInEnvironment(server.keys) },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      expect(await once(child, 'close')).toEqual([0, null])
      const report = JSON.parse(readFileSync(join(folder, 'project/report.json'), 'utf8')) as Report
      expect(report.verdict).toBe('pass')
      expect(report.cases.length).toBeGreaterThan(10)
      expect(report.suite.data).toBe(dataDigest())
    } finally {
      await server.stop()
    }
  })
})
