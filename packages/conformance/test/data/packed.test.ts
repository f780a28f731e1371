import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
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

// That npm makes such a folder of the package is seen in scripts/test/packages.test.mjs.
describe('the published package, in an empty project', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-run-conformance-packed-'))
    const modules = join(folder, 'project/node_modules')
    const own = join(modules, '@agent-run/conformance')
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(root, 'packages/conformance', part), join(own, part), { recursive: true })
    execFileSync(process.execPath, [join(root, 'scripts/copy-conformance.mjs'), own])
    const { dependencies } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies)) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has neither the server nor anything else that it judges', () => {
    expect(readdirSync(join(folder, 'project/node_modules/@agent-run')).sort()).toEqual(['conformance', 'types'])
    expect(existsSync(join(folder, 'project/node_modules/agent-run'))).toBe(false)
  })

  it('puts a server to the test with the data that it carries, which are those of the repository', async () => {
    const server = await startReference()
    try {
      const bin = join(folder, 'project/node_modules/@agent-run/conformance/bin/agent-run-conformance.mjs')
      const only = ['AR-HTTP-026', 'http/verify', 'http/code/body_cut'].flatMap((pattern) => ['--only', pattern])
      const args = ['server', '--url', server.url, ...only, '--report', 'report.json']
      const child = spawn(process.execPath, [bin, ...args], {
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
