/** One shape of secret: a name for the placeholder, and what matches it. */
export interface SecretShape {
  readonly kind: string
  /** Every match contains one of these, in lower case or upper case: a text without them needs no closer look. */
  readonly signs: readonly string[]
  /** What every match contains as well, where looking for that costs much less than looking for the match. */
  readonly hint: RegExp | undefined
  readonly pattern: RegExp
  /** What stands in the place of a match; `$1` … are parts of it that may stay. */
  readonly replacement: string
}

/** What is a placeholder already is left alone. */
const value = '(?!\\[redacted:)'

/** How the credentials in a header are to be read. */
const scheme = '(?:bearer|basic|token|digest|negotiate|apikey)\\s{1,4}'

/** Characters of a secret that stands without quotation marks. */
const bare = '[^\\s"\'\\\\,;&<>(){}\\[\\]$`|]'

/** Members, variables and settings that hold a password, or a token. */
const passwordName = '(?:password|passwd|passphrase)'
const tokenName =
  '(?:api_?key|access_?key|secret_?key|private_?key|signing_?key|(?:auth|access|refresh|session|id)_?token|token|secret|credentials?)'
const variableName =
  '(?:PASSWORD|PASSWD|SSHPASS|_PWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|ACCESS_KEY_ID|PRIVATE_KEY)'

/** What may stand before such a word in a name. */
const prefix = '[\\w.-]{0,40}?'

/** Options of commands that take a secret. */
const secretOptions =
  'password|passwd|pass|passphrase|token|api-key|secret|client-secret|secret-key|access-token|auth-token'

/** What stands behind "password:" in types, code and prose. */
const notAPassword =
  '(?:string|str|text|varchar|char|number|bool|boolean|bytes|any|unknown|null|nil|none|undefined|true|false|required|optional|missing|must|should|is|was|not|the|your|for|and|or)\\b|(?:process|os|env|config|settings|self|this|req|request|input|args|params|options|user|data)\\.'

/**
 * Where a secret may begin: not within a word. The last letter of a colour for terminals, or of a character that JSON and
 * other languages escape (`\n`), is no word's.
 */
const start = String.raw`(?<!\w(?<!\\[nrtbfv]|\[[\d;]{0,16}m))`

const shape = (kind: string, signs: readonly string[], pattern: RegExp, keep = '', hint?: RegExp): SecretShape => ({
  kind,
  signs,
  hint,
  pattern: new RegExp(
    pattern.source.replace(/(^|\|)\\b/g, (_, before: string) => `${before}${start}`),
    pattern.flags,
  ),
  replacement: `${keep}[redacted:${kind}]`,
})

/** A value behind a name that ends in a telling word: `before` may stand in front of that word. */
const named = (
  kind: string,
  signs: readonly string[],
  before: string,
  name: string,
  behind: string,
  flags: string,
): SecretShape =>
  shape(
    kind,
    signs,
    new RegExp(`\\b(${before}${name}${behind}`, flags),
    '$1',
    new RegExp(`(${name}${behind}`, flags.replace('g', '')),
  )

const skSigns = ['sk-']
const providerSigns = [
  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'pk_live_', 'pk_test_', 'whsec_'],
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  ...['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glcbt-', 'glft-', 'glsoat-'],
  ...['aiza', 'ya29.', 'gocspx-', 'xox', 'xapp-', 'hooks.slack.com', 'npm_', 'pypi-', 'hf_'],
]
const variableSigns = ['password=', 'passwd=', 'sshpass=', '_pwd=', 'secret=', 'token=', 'key=', 'key_id=']
const passwordSigns = ['password', 'passwd', 'passphrase']
const tokenSigns = [
  ...['api_key', 'apikey', 'access_key', 'accesskey', 'private_key', 'privatekey', 'signing_key', 'signingkey'],
  ...['token', 'secret', 'credential'],
]
const optionSigns = ['--pass', '--token', '--api-key', '--secret', '--client-secret', '--access-token', '--auth-token']

/**
 * Shapes that are secrets wherever they stand. Every quantifier is bounded or runs over characters that cannot start
 * a new match, so time grows linearly with the text. Order matters: what contains other secrets comes first.
 */
export const secretShapes: readonly SecretShape[] = [
  shape(
    'private_key',
    ['-----begin '],
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ),
  shape(
    'url_credentials',
    ['@'],
    /\b([a-z][a-z0-9+.-]{1,20}:\/{1,2})[^\s/?#@:"'<>\\]{0,256}:[^\s/?#@"'<>\\]{1,512}(?=@)/gi,
    '$1',
    /:\/{1,2}[^\s/?#@:"'<>\\]{0,256}:[^\s/?#@"'<>\\]{1,512}@/,
  ),
  shape(
    'authorization',
    ['authorization'],
    new RegExp(
      `\\b((?:proxy-)?authorization(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?(?:${scheme})?)${value}(?!${scheme})[^\\s"'\\\\,;]{6,2048}`,
      'gi',
    ),
    '$1',
  ),
  shape(
    'api_key',
    ['api-key', 'private-token', 'x-auth-token'],
    new RegExp(
      `\\b((?:x-api-key|api-key|x-goog-api-key|private-token|x-auth-token)(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?)${value}[^\\s"'\\\\,;]{6,2048}`,
      'gi',
    ),
    '$1',
  ),
  shape('bearer_token', ['bearer'], new RegExp(`\\b(bearer\\s{1,4})${value}[A-Za-z0-9._~+/=-]{16,2048}`, 'gi'), '$1'),
  shape('jwt', ['eyj'], /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{4,2048}/g),
  shape('anthropic_key', skSigns, /\bsk-ant-[A-Za-z0-9_-]{16,256}/g),
  shape('openai_key', skSigns, /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{16,256}/g),
  shape('api_key', skSigns, /\bsk-(?:or-v1-|lf-)?[A-Za-z0-9]{20,256}(?![A-Za-z0-9-])/g),
  shape('stripe_key', providerSigns, /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,256}|\bwhsec_[A-Za-z0-9]{16,256}/g),
  shape('github_token', providerSigns, /\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_[A-Za-z0-9_]{22,255}/g),
  shape('gitlab_token', providerSigns, /\bgl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,255}/g),
  shape('aws_key', ['akia', 'asia', 'abia', 'acca'], /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g),
  shape('google_key', providerSigns, /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g),
  shape('google_token', providerSigns, /\bya29\.[A-Za-z0-9_-]{20,2048}|\bGOCSPX-[A-Za-z0-9_-]{20,64}/g),
  shape('slack_token', providerSigns, /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bxapp-[A-Za-z0-9-]{10,255}/g),
  shape(
    'slack_webhook',
    providerSigns,
    /(https:\/\/hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_+-]{10,255}/g,
    '$1',
  ),
  shape('npm_token', providerSigns, /\bnpm_[A-Za-z0-9]{36}\b/g),
  shape('pypi_token', providerSigns, /\bpypi-[A-Za-z0-9_-]{32,512}/g),
  shape('huggingface_token', providerSigns, /\bhf_[A-Za-z0-9]{30,64}\b/g),
  shape('sendgrid_key', ['sg.'], /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}/g),
  shape('telegram_token', [':aa'], /\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,36}\b/g),
  named(
    'variable',
    variableSigns,
    '[A-Z0-9_]{0,64}',
    variableName,
    `=(?:\\\\?["'])?)${value}[^\\s"'\\\\$\`;&|<>()]{6,2048}`,
    'g',
  ),
  shape(
    'query_parameter',
    ['token=', 'key=', 'auth=', 'sig=', 'signature=', 'password=', 'pwd=', 'secret=', 'code=', 'credential='],
    new RegExp(
      `([?&;](?:token|key|api_?key|access_?token|auth|sig|signature|password|pwd|secret|client_secret|code|x-amz-(?:signature|credential|security-token))=)${value}[^\\s&"'#<>\\\\]{4,2048}`,
      'gi',
    ),
    '$1',
  ),
  // In quotation marks everything up to the next one is the password, spaces included.
  named(
    'password',
    passwordSigns,
    prefix,
    passwordName,
    `(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}\\\\?["'])${value}[^"'\\\\\\n]{1,512}`,
    'gi',
  ),
  named(
    'password',
    passwordSigns,
    prefix,
    passwordName,
    `(?:\\\\?["'])?\\s{0,4}[:=][ \\t]{0,4})${value}(?!${notAPassword})${bare}{4,256}(?![\\w.]{0,64}\\()`,
    'gi',
  ),
  // A folder is called PWD, too.
  named(
    'password',
    ['pwd'],
    prefix,
    'pwd',
    `(?:=|(?:\\\\?["'])\\s{0,4}[:=]\\s{0,4})(?:\\\\?["'])?)${value}(?![/~]|[A-Z]:[/\\\\])${bare}{1,256}`,
    'gi',
  ),
  shape(
    'cookie',
    ['cookie'],
    new RegExp(
      `\\b((?:set-)?cookie(?:\\\\?["'])?\\s{0,4}:\\s{0,4}(?:\\\\?["'])?)${value}(?=[\\w.-]{1,128}=)[^"'\\\\\\r\\n]{3,4096}`,
      'gi',
    ),
    '$1',
  ),
  named(
    'token',
    tokenSigns,
    prefix,
    tokenName,
    `(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?)${value}(?=${bare}{0,256}[0-9])(?=${bare}{0,256}[a-z])${bare}{8,2048}`,
    'gi',
  ),
  shape('token', ['_auth'], new RegExp(`(_auth(?:Token)?\\s{0,4}=\\s{0,4})${value}[^\\s"'\\\\$]{6,2048}`, 'g'), '$1'),
  shape(
    'aws_secret',
    ['aws_secret_access_key', 'aws_session_token'],
    new RegExp(
      `\\b(aws_(?:secret_access_key|session_token)(?:\\\\?["'])?(?:\\s{0,4}[:=]\\s{0,4}|\\s{1,4})(?:\\\\?["'])?)${value}[A-Za-z0-9/+=]{16,2048}`,
      'gi',
    ),
    '$1',
  ),
  // What commands take on their line, or as a list of arguments.
  shape(
    'command_line',
    optionSigns,
    new RegExp(`(\\s--(?:${secretOptions})(?:=|\\s{1,4})(?:\\\\?["'])?)${value}(?!-)${bare}{4,2048}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    optionSigns,
    new RegExp(`(["']--(?:${secretOptions})\\\\?["']\\s{0,4},\\s{0,4}\\\\?["'])${value}(?!-)[^"'\\\\]{1,512}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    ['redis-cli', 'openssl'],
    new RegExp(
      `\\b((?:redis-cli\\s(?:[^\\n|;&]{0,200}?\\s)??-a|openssl\\s(?:[^\\n|;&]{0,200}?\\s)??-[kK])\\s{1,4}(?:\\\\?["'])?)${value}${bare}{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    ['pass:'],
    new RegExp(`(\\s-pass(?:in|out)?\\s{1,4}(?:\\\\?["'])?pass:)${value}${bare}{1,256}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    ['curl'],
    new RegExp(
      `\\b(curl\\s(?:[^\\n|;&]{0,200}?\\s)??(?:-b|--cookie)(?:=|\\s{1,4})(?:\\\\?["'])?)${value}(?=[\\w.-]{1,128}=)[^"'\\\\\\s]{3,4096}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    ['--password-stdin'],
    new RegExp(
      `\\b(echo\\s{1,4}(?:-n\\s{1,4})?(?:\\\\?["'])?)${value}${bare}{1,256}(?=[^\\n|]{0,8}\\|[^\\n|]{0,200}--password-stdin)`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    ['-u'],
    new RegExp(
      `(\\s(?:-u|--user|--proxy-user)(?:=|\\s{0,4})(?:\\\\?["'])?[\\w.-]{1,64}:)${value}(?![0-9]{1,10}(?![^\\s"']))[^\\s"'\\\\]{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    ['sshpass', 'login', 'mysql', 'mariadb'],
    new RegExp(
      `\\b((?:sshpass\\s{1,4}-p\\s{0,4}|login\\s[^\\n|;&]{0,200}?\\s-p(?:\\s{1,4}|=)|(?:mysql|mysqldump|mysqladmin|mariadb)\\s(?:[^\\n|;&]{0,200}?\\s)??-p)(?:\\\\?["'])?)${value}${bare}{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    ['--from-literal'],
    new RegExp(`(--from-literal(?:=|\\s{1,4})(?:\\\\?["'])?[\\w.-]{1,64}=)${value}[^\\s"'\\\\$]{1,2048}`, 'g'),
    '$1',
  ),
]
