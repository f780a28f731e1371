import { readFileSync } from 'node:fs'
import { checkNames, rules } from '@agent-run/core'
import { expect, it } from 'vitest'
import { errorCodes } from '../src/generated/error-codes.ts'
import { sentences, verdictWords } from '../src/generated/explanations.ts'
import { agentRun } from './binary.ts'

const sentenceOf = (id: string): string => (sentences[id]?.text ?? '').replaceAll('`', '')

it('says what a code means, how much it matters, and what to do', async () => {
  expect(await agentRun(['explain', 'time.order'])).toEqual({
    code: 0,
    stdout: `time.order  error
  means       something ended before it started
  what to do  check clocks and time zones; leave an unknown time null
  sentence    AR-RUN-008
              ${sentenceOf('AR-RUN-008')}
`,
    stderr: '',
  })
  expect((await agentRun(['explain', 'schema.enum'])).stdout).toContain('\n  sentence    named by each finding\n')
})

it('names the code that was meant, and nothing that every object has', async () => {
  const failed = async (code: string) => (await agentRun(['explain', code])).stderr
  expect(await agentRun(['explain', 'schema.enmu'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'agent-run: there is no code "schema.enmu" (did you mean schema.enum?)\n',
  })
  expect(await failed('constructor')).toBe(
    'agent-run: there is no code "constructor" (spec/errors.md lists them all)\n',
  )
  expect(await failed('\u001b[2J')).not.toContain('\u001b')
})

it('knows every code of the page and of the rules, as plain text', () => {
  const page = readFileSync(new URL('../../../spec/errors.md', import.meta.url), 'utf8')
  expect(Object.keys(errorCodes)).toEqual(Array.from(page.matchAll(/<a id="([^"]+)">/g), ([, code]) => code))
  for (const { code, severity, requirement } of rules) expect(errorCodes[code]).toMatchObject({ severity, requirement })
  for (const { means, hint } of Object.values(errorCodes)) expect(`${means} ${hint}`).not.toMatch(/`|\]\(|<a /)
})

it('says what a sentence says, and which codes rest on it', async () => {
  const { code, stdout } = await agentRun(['explain', 'ar-run-008'])
  expect(code).toBe(0)
  expect(stdout).toBe(
    `AR-RUN-008  ${sentences['AR-RUN-008']?.file}\n  says        ${sentenceOf('AR-RUN-008')}\n  codes       ${Object.keys(
      errorCodes,
    )
      .filter((each) => errorCodes[each]?.requirement === 'AR-RUN-008')
      .join(' ')}\n`,
  )
})

it('says what the words of a verdict mean', async () => {
  expect((await agentRun(['explain', 'lineage'])).stdout).toBe(
    'lineage  check\n  means       do parents and children know of each other?\n  more        spec/verdict.md\n',
  )
  expect((await agentRun(['explain', 'accountable'])).stdout).toContain('accountable  level\n')
  const checks = Object.entries(verdictWords).filter(([, { sort }]) => sort === 'check')
  expect(checks.map(([name]) => name)).toEqual(checkNames)
  for (const { text } of [...Object.values(sentences), ...Object.values(verdictWords)])
    expect(text).toMatch(/^[^`\n]{8,}$/)
})
