import { describe, expect, it } from 'vitest'
import { decide, type JudgedCall, type PolicyFile, readPolicy, verdictOf } from '../../src/policy/index.ts'

const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

const policyOf = (rules: readonly object[], more: object = {}): PolicyFile => {
  const reading = readPolicy(bytes({ policy: 'p', default: 'ask', rules, ...more }))
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.policy
}
const decisionOn = (rules: readonly object[], call: JudgedCall, more: object = {}): string =>
  decide(policyOf(rules, more), call).decision

describe('a policy file', () => {
  it('is read with its digest and what stands in for what it does not say', () => {
    expect(readPolicy(bytes({ policy: 'p', default: 'deny' }))).toEqual({
      ok: true,
      policy: {
        id: 'p',
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        default: 'deny',
        unlisted_tools: 'deny',
        changed_tools: 'allow',
        rules: [],
      },
    })
  })

  it.each([
    ['no object', '[]', '', 'found an empty list'],
    ['no name', { default: 'deny' }, '', '"policy" is missing'],
    ['no default', { policy: 'p' }, '', '"default" is missing'],
    [
      'a decision that there is not',
      { policy: 'p', default: 'Allow' },
      '/default',
      'expected "allow", "ask" or "deny"',
    ],
    ['an unknown member', { policy: 'p', default: 'deny', defualt: 1 }, '/defualt', 'has no such member'],
    ['rules that are no list', { policy: 'p', default: 'deny', rules: {} }, '/rules', 'expected a list of rules'],
    [
      'a rule without id',
      { policy: 'p', default: 'deny', rules: [{ tools: 'a', decision: 'deny' }] },
      '/rules/0',
      '"id" is missing',
    ],
    [
      'a rule about everything',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny' }] },
      '/rules/0',
      'it has no condition',
    ],
    [
      'no tools',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', tools: [] }] },
      '/rules/0/tools',
      'expected a name',
    ],
    [
      'a tool that is no text',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', tools: [1] }] },
      '/rules/0/tools',
      'expected a name',
    ],
    [
      'a wait that does not ask',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', tools: 'x', expires_in_seconds: 3 }] },
      '/rules/0/expires_in_seconds',
      'goes with the decision ask',
    ],
    [
      'half a second',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'ask', tools: 'x', expires_in_seconds: 0.5 }] },
      '/rules/0/expires_in_seconds',
      'expected whole seconds',
    ],
    [
      'a risk in words',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'ask', tools: 'x', risk: 'Very high' }] },
      '/rules/0/risk',
      'expected low',
    ],
    ...['/etc/*', '~/.ssh'].map((within): [string, object, string, string] => [
      `the folder ${within}`,
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', arguments: { path: { within } } }] },
      '/rules/0/arguments/path/within',
      'expected folders by their path',
    ]),
    [
      'a test that there is not',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', arguments: { 'a/b': { regex: 'x' } } }] },
      '/rules/0/arguments/a~1b/regex',
      'has no such member',
    ],
    [
      'arguments that are no object',
      { policy: 'p', default: 'deny', rules: [{ id: 'a', decision: 'deny', arguments: ['x'] }] },
      '/rules/0/arguments',
      'expected an object',
    ],
  ])('with %s is unusable', (_, file, path, message) => {
    const reading = readPolicy(bytes(file))
    expect(reading.ok ? [] : reading.problems).toContainEqual(
      expect.objectContaining({ path, message: expect.stringContaining(message), position: expect.anything() }),
    )
  })

  it('names every fault at once, where it is, and what was meant', () => {
    const reading = readPolicy(bytes('{\n "policy": "p",\n "default": "block",\n "rulez": [],\n "version": 3\n}'))
    expect(reading.ok ? [] : reading.problems).toMatchObject([
      { code: 'policy.unknown_member', path: '/rulez', suggestion: 'rules', position: { line: 4, column: 2 } },
      { code: 'policy.invalid', path: '/version', position: { line: 5 } },
      { code: 'policy.invalid', path: '/default', suggestion: 'deny', position: { line: 3 } },
    ])
  })

  it('with two rules of one id, two members of one name, or a byte order mark is unusable', () => {
    const rule = { id: 'a', tools: 'x', decision: 'allow' }
    const codes = (file: unknown): string[] => {
      const reading = readPolicy(bytes(file))
      return reading.ok ? [] : reading.problems.map(({ code }) => code)
    }
    expect(codes({ policy: 'p', default: 'deny', rules: [rule, rule] })).toEqual(['policy.duplicate_rule'])
    expect(codes('{"policy":"p","default":"deny","default":"allow"}')).toEqual(['json.duplicate_name'])
    expect(codes('\ufeff{"policy":"p","default":"deny"}')).toEqual(['json.bom'])
    expect(codes('{"policy":"p","default":')).toEqual(['json.syntax'])
    expect(codes(' '.repeat(2_000_000))).toEqual(['policy.invalid'])
  })
})

describe('a decision', () => {
  const look = { id: 'look', tools: ['read_*', 'list_?iles'], decision: 'allow' }
  const noDelete = { id: 'no-delete', tools: 'delete_*', decision: 'deny', reason: 'files stay' }

  it('comes from the rule that is about the call, else from the default', () => {
    const policy = policyOf([look, noDelete])
    expect(decide(policy, { tool: 'read_file' })).toMatchObject({
      decision: 'allow',
      matched: 'rule',
      rule_ids: ['look'],
    })
    expect(decide(policy, { tool: 'list_files' }).decision).toBe('allow')
    expect(decide(policy, { tool: 'delete_file' })).toMatchObject({ decision: 'deny', reason: 'files stay' })
    expect(decide(policy, { tool: 'write_file' })).toMatchObject({ decision: 'ask', matched: 'default', rule_ids: [] })
  })

  it('is the strictest one, wherever it stands', () => {
    const rules = ['allow', 'ask', 'deny'].map((decision) => ({ id: decision, tools: 'x', decision }))
    for (const order of [rules, rules.toReversed()]) expect(decisionOn(order, { tool: 'x' })).toBe('deny')
    expect(decisionOn(rules.slice(0, 2), { tool: 'x' })).toBe('ask')
  })

  it.each([
    ...[
      'DELETE_FILE',
      'Delete_File',
      ' delete_file ',
      'delete_file\u0000',
      'dеlete_file',
      'ｄelete_file',
      'delete_\u200bfile',
    ],
    ...['délete_file', 'delete_ﬁle'],
  ])('denies what could be taken for it: %j', (tool) => {
    expect(decisionOn([noDelete], { tool })).toBe('deny')
    expect(decisionOn([{ ...noDelete, tools: 'delete_file', decision: 'allow' }], { tool })).toBe('ask')
  })

  it('looks at the server, which a tool of the runtime has not', () => {
    const rule = { id: 'prod', servers: '*-prod', decision: 'deny' }
    expect(decisionOn([rule], { tool: 'x', server: 'db-prod' })).toBe('deny')
    expect(decisionOn([rule], { tool: 'x', server: 'DB-Prod' })).toBe('deny')
    expect(decisionOn([rule], { tool: 'x', server: 'db-test' })).toBe('ask')
    expect(decisionOn([rule], { tool: 'x' })).toBe('ask')
  })

  it('takes tools that are not listed, or not any more what they were, as the policy says', () => {
    expect(decisionOn([look], { tool: 'read_file', isListed: false })).toBe('deny')
    expect(decisionOn([look], { tool: 'read_file', isListed: false }, { unlisted_tools: 'allow' })).toBe('allow')
    expect(decisionOn([look], { tool: 'read_file', isListed: true, isChanged: true })).toBe('allow')
    const asks = decide(policyOf([look], { changed_tools: 'ask' }), { tool: 'read_file', isChanged: true })
    expect(asks).toMatchObject({ decision: 'ask', matched: 'rule', rule_ids: ['changed_tools'] })
  })

  it.each([
    ['src/a.ts', 'allow'],
    ['/project/src/a.ts', 'allow'],
    ['src', 'allow'],
    ['src/sub/../b.ts', 'allow'],
    ['src/../b.ts', 'ask'],
    ['srcs/b.ts', 'ask'],
    ['../src/b.ts', 'ask'],
    ['/src/b.ts', 'ask'],
    ['src/%2e%2e/b.ts', 'ask'],
    ['~/src/b.ts', 'ask'],
    // Where a backslash is a letter, this leads two folders up.
    ['src/a\\b\\c/../../x.ts', 'ask'],
    ['src\\a.ts', 'ask'],
    ['src/.. /b.ts', 'ask'],
    ['file://somewhere/project/src/../b.ts', 'ask'],
    ['c:/../project/src/a.ts', 'ask'],
    ['c:src/a.ts', 'ask'],
    ['src\\..\\b.ts', 'ask'],
    [7, 'ask'],
    [['src/a.ts', 'b.ts'], 'ask'],
    [['src/a.ts', 'src/b.ts'], 'allow'],
    [[], 'ask'],
    [{ path: 'src/a.ts' }, 'ask'],
  ])('allows a path within a folder, and nothing in doubt: %j', (path, expected) => {
    const rule = { id: 'src', tools: 'write', arguments: { path: { within: 'src' } }, decision: 'allow' }
    expect(decisionOn([rule], { tool: 'write', arguments: { path }, folder: '/project' })).toBe(expected)
  })

  it.each([
    ...[
      '/etc/passwd',
      '//etc/./passwd',
      '/tmp/../etc/passwd',
      '/ETC/passwd',
      'file:///etc/passwd',
      '/%65tc/passwd',
      '\\etc\\passwd',
    ],
    ...[['/tmp/a', '/etc/passwd'], { toString: 'x' }],
  ])('denies a path however it is spelled: %j', (path) => {
    for (const test of [{ within: '/etc' }, '/etc/*']) {
      const rule = { id: 'etc', arguments: { path: test }, decision: 'deny' }
      expect(decisionOn([rule], { tool: 'write', arguments: { path } })).toBe('deny')
    }
  })

  it('allows paths of Windows where the run is there', () => {
    const rule = { id: 'src', arguments: { path: { within: 'src' } }, decision: 'allow' }
    const on = (path: string): string => decisionOn([rule], { tool: 'x', arguments: { path }, folder: 'C:\\work' })
    expect(['src\\a.ts', 'C:\\work\\src\\a.ts', 'c:/work/src/a.ts', 'src\\..\\b', 'D:\\work\\src\\a'].map(on)).toEqual([
      'allow',
      'allow',
      'ask',
      'ask',
      'ask',
    ])
  })

  it.each([
    ['~/.ssh/id', { within: '/home/u/.ssh' }],
    [' /etc/passwd', { within: '/etc' }],
    ['/%2565tc/passwd', { within: '/etc' }],
    ['/%65tc/%zz', { within: '/etc' }],
    ['/a\\b/../etc/passwd', { within: '/etc' }],
    ['file://127.0.0.1/etc/passwd', { within: '/etc' }],
    ['/data/e\u0301/x', { within: '/data/é' }],
    ['/ｅtc/passwd', { within: '/etc' }],
    ['../../../etc/passwd', '/etc/*'],
    ['/home/u/p/secrets/x', 'secrets/*'],
    // Servers of the Python SDK read a text as JSON where they expect a list.
    ['["/etc/passwd"]', '/etc/*'],
    ['["/etc/passwd"]', { within: '/etc' }],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, '/etc/*'],
    ['False', false],
    [0, false],
    ['no', false],
    [1, true],
    ['TRUE', true],
    [null, true],
    ['5.0', 5],
    [' 5', 5],
    ['1_000', 1000],
  ])('denies what a server may read as what is denied: %j', (value, test) => {
    const rule = { id: 'd', arguments: { it: test }, decision: 'deny' }
    expect(decisionOn([rule], { tool: 'x', arguments: { it: value }, folder: '/home/u/p' })).toBe('deny')
  })

  it.each([
    ['/etcetera', { within: '/etc' }],
    ['a.md', { within: '/etc' }],
    ['["a"]', '/etc/*'],
    ['true', false],
    [0, true],
    ['no', true],
    ['6', 5],
    ['', 0],
    ['mainline', 'main'],
  ])('does not deny what is clear: %j', (value, test) => {
    const rule = { id: 'd', arguments: { it: test }, decision: 'deny' }
    expect(decisionOn([rule], { tool: 'x', arguments: { it: value }, folder: '/home/u/p' })).toBe('ask')
  })

  it.each(['src/x%2f..%2f..%2fetc', 'src/%252e%252e/x', 'src/..;/x', 'src/x\0.ts', 'src/..%00/x'])(
    'allows no text that may lead out of what a pattern names: %j',
    (path) => {
      const rule = { id: 'a', arguments: { path: 'src/*' }, decision: 'allow' }
      expect(decisionOn([rule], { tool: 'x', arguments: { path } })).toBe('ask')
    },
  )

  it('takes an argument that is written twice, or almost, against the call', () => {
    const args = { path: 'src/a.ts', Path: '/etc/passwd' }
    const allow = { id: 'a', arguments: { path: { within: 'src' } }, decision: 'allow' }
    const deny = { id: 'd', arguments: { path: { within: '/etc' } }, decision: 'deny' }
    expect(decisionOn([allow], { tool: 'x', arguments: args })).toBe('ask')
    expect(decisionOn([deny], { tool: 'x', arguments: args })).toBe('deny')
    expect(decisionOn([allow], { tool: 'x', arguments: { Path: 'src/a.ts' } })).toBe('ask')
    expect(decisionOn([allow], { tool: 'x' })).toBe('ask')
  })

  it('compares values as they are, and patterns as a whole', () => {
    const rule = { id: 'dry', arguments: { dry_run: true, branch: ['dev', 'feature/*'] }, decision: 'allow' }
    const call = (dry_run: unknown, branch: unknown): JudgedCall => ({ tool: 'x', arguments: { dry_run, branch } })
    expect(decisionOn([rule], call(true, 'dev'))).toBe('allow')
    expect(decisionOn([rule], call(true, 'feature/a'))).toBe('allow')
    expect(decisionOn([rule], call('true', 'dev'))).toBe('ask')
    expect(decisionOn([rule], call(true, 'develop'))).toBe('ask')
    expect(decisionOn([rule], call(true, 'feature/../main'))).toBe('ask')
    expect(decisionOn([{ ...rule, decision: 'deny' }], call('true', 'DEV'))).toBe('deny')
  })

  it('is quick with the worst of patterns', () => {
    const rule = { id: 'slow', arguments: { text: `${'*a'.repeat(250)}b` }, decision: 'deny' }
    expect(decisionOn([rule], { tool: 'x', arguments: { text: 'a'.repeat(5000) } })).toBe('ask')
    // What is too long to compare counts as a match.
    expect(decisionOn([rule], { tool: 'x', arguments: { text: 'a'.repeat(70_000) } })).toBe('deny')
  })

  it('has no members of Object.prototype for arguments', () => {
    const rule = { id: 'x', arguments: { constructor: '*' }, decision: 'deny' }
    expect(decisionOn([rule], { tool: 'x', arguments: {} })).toBe('ask')
  })
})

describe('the verdict of a decision', () => {
  it('is a decision of the record, with the terms of the request', () => {
    const rule = {
      id: 'a',
      tools: 'x',
      decision: 'ask',
      reason: 'because',
      risk: 'high',
      required_role: 'owner',
      expires_in_seconds: 9,
    }
    const policy = policyOf([rule], { version: '3' })
    expect(verdictOf(policy, decide(policy, { tool: 'x' }))).toEqual({
      verdict: 'require_approval',
      matched: 'rule',
      policy: { id: 'p', version: '3', digest: policy.digest },
      decider: { kind: 'rule', id: 'a' },
      rule_ids: ['a'],
      reasons: ['because'],
      request: { reason: 'because', risk: 'high', required_role: 'owner', expires_in_ms: 9000 },
    })
    expect(verdictOf(policy, decide(policy, { tool: 'y' }))).toMatchObject({
      verdict: 'require_approval',
      matched: 'default',
      decider: { kind: 'policy', id: 'p' },
    })
  })
})
