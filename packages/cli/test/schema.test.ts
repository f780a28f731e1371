import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agentRun } from './binary.ts'

const schemas = fileURLToPath(new URL('../../../schemas', import.meta.url))

describe('schema', () => {
  it('print gives the published bytes, in both editions', async () => {
    expect(await agentRun(['schema', 'print', 'step'])).toEqual({
      code: 0,
      stdout: readFileSync(join(schemas, 'step.json'), 'utf8'),
      stderr: '',
    })
    expect((await agentRun(['schema', 'print', 'agent-run.json', '--edition', '2020-12'])).stdout).toBe(
      readFileSync(join(schemas, '2020-12/agent-run.json'), 'utf8'),
    )
  })

  it('path names files that are there', async () => {
    const folder = (await agentRun(['schema', 'path'])).stdout.trimEnd()
    const names = (path: string): string[] =>
      readdirSync(path)
        .filter((name) => name.endsWith('.json'))
        .sort()
    expect(names(folder)).toEqual(names(schemas))
    expect((await agentRun(['schema', 'path', 'cost', '--edition', '2020-12'])).stdout).toBe(
      `${join(folder, '2020-12/cost.json')}\n`,
    )
    expect(existsSync(join(folder, '2020-12/cost.json'))).toBe(true)
  })

  it('list names them all, the record first', async () => {
    const rows = (await agentRun(['schema', 'list'])).stdout.trimEnd().split('\n')
    expect(rows[0]).toMatch(/^agent-run +The record of one piece of work of an AI agent, .*\.$/)
    expect(rows.map((row) => `${row.split(' ')[0]}.json`).sort()).toEqual(
      readdirSync(schemas)
        .filter((name) => name.endsWith('.json'))
        .sort(),
    )
    for (const row of rows) expect(row).toMatch(/^[a-z-]+ +[A-Z].*\.$/)
  })

  it('says what is meant by a name there is not', async () => {
    expect(await agentRun(['schema', 'print', 'stpe'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: there is no schema "stpe" (did you mean step?)\n',
    })
    expect(await agentRun(['schema', 'path', '../../etc/passwd'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: there is no schema "../../etc/passwd" (agent-run schema list shows them all)\n',
    })
  })
})
