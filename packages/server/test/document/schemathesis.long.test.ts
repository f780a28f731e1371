import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSigner, sha256 } from '@agent-run/core'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { startServer } from '../http/start-app.ts'
import { root } from './document.ts'

/**
 * What is judged of every answer. Left out: methods that Node's parser itself refuses (`unsupported_method`), and checks
 * that call every answer but some wrong, such as 410 to wrong data about an erased run.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'allow_header_conformance',
  'use_after_free',
  'ignored_auth',
]

it.skipIf(!tool('schemathesis'))(
  'answers what Schemathesis asks as the document says',
  async () => {
    const server = await startServer({ serverKey: createSigner(sha256('a key for tests')) })
    const folder = mkdtempSync(join(tmpdir(), 'agent-run-schemathesis-'))
    try {
      const { url } = await server.listen()
      const key = await server.key({ scopes: ['admin'] })
      copyFileSync(fileURLToPath(new URL('schemathesis.py', import.meta.url)), join(folder, 'hooks.py'))
      const flags = ['--seed', '1', '--no-color', '--continue-on-failure', '--max-examples', '50']
      const args = [
        ...['run', join(root, 'schemas/2020-12/openapi.json'), '--url', url, ...flags],
        ...['--phases', 'examples,coverage,fuzzing', '--checks', CHECKS.join(',')],
        ...['--header', `X-API-Key: ${key}`, '--header', `Authorization: Bearer ${key}`],
        // A stream does not end.
        ...['--exclude-operation-id', 'streamRuns'],
      ]
      const { status, output } = await run(tool('schemathesis') as string, args, folder)
      expect(status, output.slice(-8000)).toBe(0)
      expect(Number(/(\d+) generated/.exec(output)?.[1])).toBeGreaterThan(1000)
    } finally {
      rmSync(folder, { recursive: true, force: true })
      await server.stop()
    }
  },
  600_000,
)

/** Runs a program to its end. This process has to go on: it is the server. */
const run = (
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ status: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: cwd } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
