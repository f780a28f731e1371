// Files of this standard that are no records, and files of others.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agentRun, folderWith } from './binary.ts'
import { smallRun } from './records.ts'

const example = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../examples/proof/${name}`, import.meta.url)), 'utf8')

const bundle = example('bundle.jsonl')
const journal = example('journal.jsonl')
const trust = example('trust.json')

describe('validate', () => {
  it('checks every line as what it is', async () => {
    const cwd = folderWith({ 'bundle.jsonl': bundle, 'journal.jsonl': journal, 'trust.json': trust })
    const { code, stderr } = await agentRun(['validate', '.'], { cwd })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^3 files \(\d+ records\): no findings/),
    })
  })

  it.each([
    ['statement', bundle.replace('"kind":', '"kind": 7, "x":'), 'kind'],
    ['chained line', journal.replace('"seq":3', '"seq":-3'), 'seq'],
    ['private line', journal.replace(/\{"private":"sha256:/, '{"private":"sha512:'), 'private'],
    ['key', trust.replace('"roles"', '"rolls"'), 'roles'],
  ])('finds the fault of a %s', async (_what, content, member) => {
    const { code, stdout } = await agentRun(['validate', '-'], { input: content })
    expect(code).toBe(1)
    expect(stdout).toContain(member)
    expect(stdout).not.toContain('agent_id')
  })

  it('checks them as what they have to be, if that is said', async () => {
    const { code, stdout } = await agentRun(['validate', '-', '--schema', 'agent-run'], { input: trust })
    expect(code).toBe(1)
    expect(stdout).toContain('required member agent_id is missing')
  })

  it('says what else a file looks like, in one line', async () => {
    const transcript = '{"parentUuid":null,"sessionId":"7f2abd2d","type":"user","message":{"content":"secret"}}'
    const { code, stdout } = await agentRun(['validate', '-'], { input: transcript })
    expect(code).toBe(1)
    expect(stdout).toBe(
      '<stdin>:1:1: error: found a Claude Code transcript (agent-run convert makes records of it); expected a record [input.no_record]\n',
    )
  })
})

describe('show', () => {
  it('shows the record of a bundle and passes over what was said about it', async () => {
    const { code, stdout, stderr } = await agentRun(['show', '-'], { input: bundle })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('run run_2300')
    expect(stdout).not.toContain('error')
  })

  it('says how a journal is shown, and that there is nothing in other files', async () => {
    const cwd = folderWith({ 'journal.jsonl': journal, 'trust.json': trust })
    expect(await agentRun(['show', 'journal.jsonl'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: journal.jsonl is a journal: agent-run journal fold makes its record\n',
    })
    expect(await agentRun(['show', 'trust.json'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'agent-run: nothing to show: no record in the inputs\n',
    })
  })

  it('still shows a record beside them', async () => {
    const cwd = folderWith({ 'run.json': smallRun(), 'trust.json': trust })
    const { code, stdout } = await agentRun(['show', 'run.json', 'trust.json'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('run run-1')
  })
})
