import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPreviewer, cut, redact, secretKind } from '../../src/preview/index.ts'

const { text, json } = createPreviewer(true)
const letters = 'aB3dE6gH9j'.repeat(30)

describe('redact', () => {
  it.each([
    ['a colour', '\u001b[1;31m'],
    ['a colour as JSON escapes it', '\\u001b[31m'],
    ['a line feed as JSON escapes it', 'one\\n'],
    ['a tab as JSON escapes it', 'one\\t'],
  ])('finds a secret behind %s', (_, before) => {
    const secret = `ghp_${letters.slice(0, 36)}`
    expect(redact(`${before}${secret}\u001b[0m`)).toBe(`${before}[redacted:github_token]\u001b[0m`)
    expect(redact(`within${secret}`)).toBe(`within${secret}`)
  })

  it.each([
    ['anthropic_key', `sk-ant-api03-${letters.slice(0, 80)}`],
    ['openai_key', `sk-proj-${letters.slice(0, 60)}`],
    ['api_key', `sk-${letters.slice(0, 48)}`],
    ['github_token', `ghp_${letters.slice(0, 36)}`],
    ['github_token', `github_pat_${letters.slice(0, 60)}`],
    ['gitlab_token', `glpat-${letters.slice(0, 20)}`],
    ['aws_key', 'AKIAIOSFODNN7EXAMPLE'],
    ['google_key', `AIza${letters.slice(0, 35)}`],
    ['slack_token', `xoxb-${letters.slice(0, 40)}`],
    ['npm_token', `npm_${letters.slice(0, 36)}`],
    ['huggingface_token', `hf_${letters.slice(0, 34)}`],
    ['stripe_key', `sk_live_${letters.slice(0, 24)}`],
    ['jwt', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${letters.slice(0, 43)}`],
    ['private_key', `-----BEGIN RSA PRIVATE KEY-----\n${letters}\n-----END RSA PRIVATE KEY-----`],
    ['private_key', `-----BEGIN OPENSSH PRIVATE KEY-----\\n${letters}\\n`],
  ])('%s', (kind, secret) => {
    const redacted = redact(`before ${secret} after`)
    expect(redacted).toMatch(new RegExp(`^before \\[redacted:${kind}\\]( after)?$`))
    expect(redact(redacted)).toBe(redacted)
  })

  it.each([
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer [redacted:authorization]'],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic [redacted:authorization]"}'],
    ["curl -H 'x-api-key: 12345678'", "curl -H 'x-api-key: [redacted:api_key]'"],
    ['postgres://ada:pa55w0rd@db.example.org/shop', 'postgres://[redacted:url_credentials]@db.example.org/shop'],
    ['DATABASE_PASSWORD=hunter22 npm start', 'DATABASE_PASSWORD=[redacted:variable] npm start'],
    ['https:/ada:pa55w0rd@example.org/x', 'https:/[redacted:url_credentials]@example.org/x'],
    ['PGPASSWORD=hunter22 psql', 'PGPASSWORD=[redacted:variable] psql'],
    ['MYSQL_PWD=hunter22 mysql', 'MYSQL_PWD=[redacted:variable] mysql'],
    ['{"user":"ada","password":"correct horse","port":1}', '{"user":"ada","password":"[redacted:password]","port":1}'],
    ['"{\\"db_password\\": \\"pa55\\"}"', '"{\\"db_password\\": \\"[redacted:password]\\"}"'],
    ['password: hunter2\nuser: ada', 'password: [redacted:password]\nuser: ada'],
    ['db.password=hunter2', 'db.password=[redacted:password]'],
    ['client_secret: 8f2a11bc90de', 'client_secret: [redacted:token]'],
    ['"apiKey": "a1b2c3d4e5f6"', '"apiKey": "[redacted:token]"'],
    ['redis-cli -h h -a "pa55" ping', 'redis-cli -h h -a "[redacted:command_line]" ping'],
    ['openssl enc -aes256 -k pa55', 'openssl enc -aes256 -k [redacted:command_line]'],
    ['openssl rsa -passin pass:pa55 -in f', 'openssl rsa -passin pass:[redacted:command_line] -in f'],
    ['Cookie: sid=abc; theme=dark\nAccept: */*', 'Cookie: [redacted:cookie]\nAccept: */*'],
    ['{"set-cookie":"sid=abc; Path=/"}', '{"set-cookie":"[redacted:cookie]"}'],
    ['curl -s -b "sid=abc" https://h', 'curl -s -b "[redacted:command_line]" https://h'],
    ['["login","--password","pa55","-v"]', '["login","--password","[redacted:command_line]","-v"]'],
    ['"[\\"--token\\", \\"abc\\"]"', '"[\\"--token\\", \\"[redacted:command_line]\\"]"'],
    ['Server=h;Uid=sa; Pwd=pa55;', 'Server=h;Uid=sa; Pwd=[redacted:password];'],
    ['{"pwd":"pa55"}', '{"pwd":"[redacted:password]"}'],
    ['echo pa55 | docker login --password-stdin', 'echo [redacted:command_line] | docker login --password-stdin'],
    ['https://h/p?x=1&token=abcd1234&y=2', 'https://h/p?x=1&token=[redacted:query_parameter]&y=2'],
    ['https://h/p?api_key=abcd1234#z', 'https://h/p?api_key=[redacted:query_parameter]#z'],
    ['//registry.example.org/:_authToken=abcdef123456', '//registry.example.org/:_authToken=[redacted:token]'],
    ['curl -u ada:pa55w0rd https://h', 'curl -u ada:[redacted:command_line] https://h'],
    ['curl --user=ada:pa55w0rd https://h', 'curl --user=ada:[redacted:command_line] https://h'],
    ['docker login -u ada -p pa55w0rd host', 'docker login -u ada -p [redacted:command_line] host'],
    ['sshpass -p pa55w0rd ssh h', 'sshpass -p [redacted:command_line] ssh h'],
    ['mysql -h h -ppa55w0rd shop', 'mysql -h h -p[redacted:command_line] shop'],
    ['mysql -ppa55w0rd shop', 'mysql -p[redacted:command_line] shop'],
    ['gh auth login --token abcdef', 'gh auth login --token [redacted:command_line]'],
    [
      'aws configure set aws_secret_access_key wJalrXUtnFEMIK7MDENGbPxRfiCY',
      'aws configure set aws_secret_access_key [redacted:aws_secret]',
    ],
    [
      'kubectl create secret generic s --from-literal=pw=x1',
      'kubectl create secret generic s --from-literal=pw=[redacted:command_line]',
    ],
    [
      'https://hooks.slack.com/services/T000/B000/abcdefghij',
      'https://hooks.slack.com/services/[redacted:slack_webhook]',
    ],
  ])('keeps what is around: %s', (before, after) => {
    expect(redact(before)).toBe(after)
    expect(redact(after)).toBe(after)
  })

  it.each([
    'skip-this-one',
    'max_tokens=4096',
    'interface Login { user: string; password: string }',
    'password = readPassword()',
    'password: process.env.PASSWORD',
    'docker run -u 1000:1000 -p 8080:80 image',
    'mkdir -p folder && cp -p a b',
    'Your password must have 8 characters',
    'token: string, secret: unknown',
    'the key=value pairs of ?page=2&size=10',
    'git push -u origin main:main2',
    'PWD=/home/ada OLDPWD=/tmp/abcdef',
    'const token = readToken()',
    'https://example.org/a:b@c',
    'TOKEN=$(cat token)',
    'sk-learn is a library',
    'the key is AIza',
    'curl -k https://example.org -b cookies.txt',
    'openssl s_client -key file.pem -connect h:443',
    'redis-cli -h example.org ping',
    'git checkout -b feature=x',
    'a cookie: small and sweet',
    '{"PWD":"/home/ada","pwd":"C:\\\\work"}',
    'echo done | tee log',
    'cd "$(pwd)" && pwd',
  ])('leaves alone: %s', (harmless) => {
    expect(redact(harmless)).toBe(harmless)
  })

  it('takes time that grows with the text and no faster', () => {
    for (const bomb of [
      'eyJ',
      'sk-',
      'a:',
      'https://',
      'A_',
      'bearer ',
      '-----BEGIN PRIVATE KEY-----',
      'authorization: ',
      'password',
      'password=',
      'a.token:',
      ' --token ',
      ' -u a',
      'login ',
      'mysql ',
      '?key=',
      'cookie:',
      'Cookie: a=',
      'pwd=',
      'a.pwd',
      'redis-cli ',
      'openssl ',
      'curl -b ',
      'echo a|',
      '"--password",',
    ]) {
      expect(redact(bomb.repeat(100_000 / bomb.length)).length).toBeGreaterThan(0)
    }
  })
})

describe('the name of a member', () => {
  it.each([
    ...['password', 'PASSWD', 'db_password', 'dbPassword', 'Pwd', 'secret', 'clientSecret', 'token', 'accessToken'],
    ...[
      'api_key',
      'apiKey',
      'X-API-Key',
      'OPENAI_API_KEY',
      'Authorization',
      'proxy-authorization',
      'Cookie',
      'Set-Cookie',
    ],
    ...['private_key', 'privateKey', 'credentials', 'aws_secret_access_key', 'passphrase', '--client-secret'],
  ])('says that its value is a secret: %s', (name) => expect(secretKind(name)).toBeDefined())

  it.each([
    ...[
      'tokens',
      'max_tokens',
      'input_tokens',
      'first_token_ms',
      'tokenizer',
      'key',
      'public_key',
      'keys',
      'secretary',
    ],
    ...[
      'password_hash',
      'passwordless',
      'author',
      'authorized',
      'cookie_banner',
      'toString',
      '__proto__',
      '',
      'x'.repeat(300),
    ],
  ])('says nothing of the sort: %s', (name) => expect(secretKind(name)).toBeUndefined())
})

describe('previews', () => {
  it('are at most 2,000 code points, well-formed, and say that they were cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.nat(200), (unit, times) => {
        const preview = text(unit.repeat(times))
        expect([...preview].length).toBeLessThanOrEqual(2000)
        expect(preview.isWellFormed()).toBe(true)
      }),
      { seed: 6 },
    )
    expect(text('é'.repeat(2001)).endsWith('é…')).toBe(true)
    expect(text('é'.repeat(2000))).toBe('é'.repeat(2000))
  })

  it('do not show half of a secret that the cut runs through', () => {
    const secret = `ghp_${letters.slice(0, 36)}`
    const long = `-----BEGIN PRIVATE KEY-----${'x'.repeat(16_300)}-----END PRIVATE KEY----- ${secret}`
    expect(text(long)).toBe('[redacted:private_key] …')
    expect(text('\ud800')).toBe('\ufffd')
  })

  it('of JSON are the JSON, of a text the text', () => {
    expect(json({ a: 'x'.repeat(20_000) })?.startsWith('{"a":"xxx')).toBe(true)
    expect(json('text')).toBe('text')
    expect(json(undefined)).toBeUndefined()
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(json(deep)).toBeUndefined()
  })

  it('may be cut shorter', () => {
    expect(cut('abcdef', 3)).toBe('ab…')
    expect(cut('🎉🎉🎉', 2)).toBe('🎉…')
    expect(cut('🎉🎉', 2)).toBe('🎉🎉')
  })
})
