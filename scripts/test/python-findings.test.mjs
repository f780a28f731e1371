// What findings of the Python package say: the same sentences as those of core, case by case.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSemantics } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'conformance/cases/semantics')
const records = readdirSync(folder)
  .sort()
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).invalid.map(({ record }) => record))

const PROGRAM = `
import json, sys
from agent_run.semantics import check_semantics
for line in sys.stdin:
    print(json.dumps(check_semantics(json.loads(line))))
`

const sentences = (findings) => findings.map(({ code, path, message }) => `${code} at ${path}: ${message}`).sort()

describe.skipIf(!tool('python-dev'))('findings in Python', () => {
  it('say where, what was found and what was expected, as core does', () => {
    const { stdout, stderr } = spawnSync(tool('python-dev') ?? '', ['-c', PROGRAM], {
      cwd: join(root, 'python'),
      encoding: 'utf8',
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
      input: records.map((record) => JSON.stringify(record)).join('\n'),
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(stderr).toBe('')
    const found = stdout
      .trimEnd()
      .split('\n')
      .map((line) => sentences(JSON.parse(line)))
    expect(records.length).toBeGreaterThan(40)
    expect(found).toEqual(records.map((record) => sentences(checkSemantics(record))))
  })
})
