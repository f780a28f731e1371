import { lexer, type Tokens } from 'marked'
import { beforeAll, describe, expect, it } from 'vitest'
import { agentRun, folderWith } from './binary.ts'
import { plain } from './markdown-cell.ts'
import { smallRun } from './records.ts'

describe('hostile names and texts', () => {
  const hostile = 'a|b`c`<i>,d:e%f\u001b[31m\u202eg\u009b*h*[x](http:__y)&amp;##[add-mask]\n@who.json'
  let folder = ''
  beforeAll(() => {
    folder = folderWith({ [hostile]: smallRun({ status: 'sucess\u001b[2J' }), 'ok.json': smallRun() })
  })
  const run = async (format: string): Promise<string> =>
    (await agentRun(['validate', '.', '--format', format], { cwd: folder })).stdout

  it.each(['pretty', 'line', 'json', 'ndjson', 'junit', 'sarif', 'github', 'markdown'])(
    'never reach a terminal raw: %s',
    async (format) => {
      const stdout = await run(format)
      expect(stdout).toContain('schema.enum')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      if (!['json', 'ndjson', 'sarif'].includes(format)) expect(stdout).not.toContain('##[')
    },
  )

  it('are kept exactly where a program reads them', async () => {
    expect((JSON.parse(await run('json')) as { files: { file: string }[] }).files.map(({ file }) => file)).toEqual([
      hostile,
      'ok.json',
    ])
  })

  it('cannot break out of a workflow command', async () => {
    const rows = (await run('github')).trimEnd().split('\n')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(
      /^::error file=a\|b`c`<i>%2Cd%3Ae%25f\S*,line=7,endLine=7,col=13,endColumn=\d+,title=schema\.enum AR-RUN-004::/,
    )
  })

  it('cannot become markup or another cell', async () => {
    const table = lexer(await run('markdown')).find(
      (token): token is Tokens.Table => token.type === 'table',
    ) as Tokens.Table
    const [row] = table.rows
    expect(row).toHaveLength(5)
    expect(row?.[0]?.tokens.every((token) => token.type === 'text' || token.type === 'escape')).toBe(true)
    expect(plain(row?.[0]?.tokens ?? [])).toContain('a|b`c`<i>,d:e%f\\u001b[31m')
  })
})

it('a name inside metadata is private, and is not said where a finding is', async () => {
  const input = '{"id": "r", "metadata": {"ann@example.org": 1, "ann@example.org": 2}}'
  for (const format of ['pretty', 'line', 'junit', 'github', 'markdown']) {
    const { stdout } = await agentRun(['validate', '-', '--format', format], { input })
    expect(stdout.replaceAll('\\', '')).toContain('json.duplicate_name')
    expect(stdout).not.toMatch(/ann|example\.org/)
  }
})
