/** One shape of secret: a name for the placeholder, and what matches it. */
interface Shape {
  readonly kind: string
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
const passwordName = '[\\w.-]{0,40}?(?:password|passwd|passphrase)'
const tokenName =
  '[\\w.-]{0,40}?(?:api_?key|access_?key|secret_?key|private_?key|signing_?key|(?:auth|access|refresh|session|id)_?token|token|secret|credentials?)'

/** Options of commands that take a secret. */
const secretOptions =
  'password|passwd|pass|passphrase|token|api-key|secret|client-secret|secret-key|access-token|auth-token'

/** What stands behind "password:" in types, code and prose. */
const notAPassword =
  '(?:string|str|text|varchar|char|number|bool|boolean|bytes|any|unknown|null|nil|none|undefined|true|false|required|optional|missing|must|should|is|was|not|the|your|for|and|or)\\b|(?:process|os|env|config|settings|self|this|req|request|input|args|params|options|user|data)\\.'

const shape = (kind: string, pattern: RegExp, keep = ''): Shape => ({
  kind,
  pattern,
  replacement: `${keep}[redacted:${kind}]`,
})

/**
 * Shapes that are secrets wherever they stand. Every quantifier is bounded or runs over characters that cannot start
 * a new match, so time grows linearly with the text. Order matters: what contains other secrets comes first.
 */
const shapes: readonly Shape[] = [
  shape(
    'private_key',
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  ),
  shape(
    'url_credentials',
    /\b([a-z][a-z0-9+.-]{1,20}:\/{1,2})[^\s/?#@:"'<>\\]{0,256}:[^\s/?#@"'<>\\]{1,512}(?=@)/gi,
    '$1',
  ),
  shape(
    'authorization',
    new RegExp(
      `\\b((?:proxy-)?authorization(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?(?:${scheme})?)${value}(?!${scheme})[^\\s"'\\\\,;]{6,2048}`,
      'gi',
    ),
    '$1',
  ),
  shape(
    'api_key',
    new RegExp(
      `\\b((?:x-api-key|api-key|x-goog-api-key|private-token|x-auth-token)(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?)${value}[^\\s"'\\\\,;]{6,2048}`,
      'gi',
    ),
    '$1',
  ),
  shape('bearer_token', new RegExp(`\\b(bearer\\s{1,4})${value}[A-Za-z0-9._~+/=-]{16,2048}`, 'gi'), '$1'),
  shape('jwt', /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{4,2048}/g),
  shape('anthropic_key', /\bsk-ant-[A-Za-z0-9_-]{16,256}/g),
  shape('openai_key', /\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{16,256}/g),
  shape('api_key', /\bsk-(?:or-v1-|lf-)?[A-Za-z0-9]{20,256}(?![A-Za-z0-9-])/g),
  shape('stripe_key', /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,256}|\bwhsec_[A-Za-z0-9]{16,256}/g),
  shape('github_token', /\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_[A-Za-z0-9_]{22,255}/g),
  shape('gitlab_token', /\bgl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,255}/g),
  shape('aws_key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g),
  shape('google_key', /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g),
  shape('google_token', /\bya29\.[A-Za-z0-9_-]{20,2048}|\bGOCSPX-[A-Za-z0-9_-]{20,64}/g),
  shape('slack_token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bxapp-[A-Za-z0-9-]{10,255}/g),
  shape('slack_webhook', /(https:\/\/hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_+-]{10,255}/g, '$1'),
  shape('npm_token', /\bnpm_[A-Za-z0-9]{36}\b/g),
  shape('pypi_token', /\bpypi-[A-Za-z0-9_-]{32,512}/g),
  shape('huggingface_token', /\bhf_[A-Za-z0-9]{30,64}\b/g),
  shape('sendgrid_key', /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,128}/g),
  shape('telegram_token', /\b[0-9]{8,10}:AA[A-Za-z0-9_-]{32,36}\b/g),
  shape(
    'variable',
    new RegExp(
      `\\b([A-Z0-9_]{0,64}(?:PASSWORD|PASSWD|SSHPASS|_PWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|ACCESS_KEY_ID|PRIVATE_KEY)=(?:\\\\?["'])?)${value}[^\\s"'\\\\$\`;&|<>()]{6,2048}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'query_parameter',
    new RegExp(
      `([?&;](?:token|key|api_?key|access_?token|auth|sig|signature|password|pwd|secret|client_secret|code|x-amz-(?:signature|credential|security-token))=)${value}[^\\s&"'#<>\\\\]{4,2048}`,
      'gi',
    ),
    '$1',
  ),
  // In quotation marks everything up to the next one is the password, spaces included.
  shape(
    'password',
    new RegExp(`\\b(${passwordName}(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}\\\\?["'])${value}[^"'\\\\\\n]{1,512}`, 'gi'),
    '$1',
  ),
  shape(
    'password',
    new RegExp(
      `\\b(${passwordName}(?:\\\\?["'])?\\s{0,4}[:=][ \\t]{0,4})${value}(?!${notAPassword})${bare}{4,256}(?![\\w.]{0,64}\\()`,
      'gi',
    ),
    '$1',
  ),
  // A folder is called PWD, too.
  shape(
    'password',
    new RegExp(
      `\\b([\\w.-]{0,40}?pwd(?:=|(?:\\\\?["'])\\s{0,4}[:=]\\s{0,4})(?:\\\\?["'])?)${value}(?![/~]|[A-Z]:[/\\\\])${bare}{1,256}`,
      'gi',
    ),
    '$1',
  ),
  shape(
    'cookie',
    new RegExp(
      `\\b((?:set-)?cookie(?:\\\\?["'])?\\s{0,4}:\\s{0,4}(?:\\\\?["'])?)${value}(?=[\\w.-]{1,128}=)[^"'\\\\\\r\\n]{3,4096}`,
      'gi',
    ),
    '$1',
  ),
  shape(
    'token',
    new RegExp(
      `\\b(${tokenName}(?:\\\\?["'])?\\s{0,4}[:=]\\s{0,4}(?:\\\\?["'])?)${value}(?=${bare}{0,256}[0-9])(?=${bare}{0,256}[a-z])${bare}{8,2048}`,
      'gi',
    ),
    '$1',
  ),
  shape('token', new RegExp(`(_auth(?:Token)?\\s{0,4}=\\s{0,4})${value}[^\\s"'\\\\$]{6,2048}`, 'g'), '$1'),
  shape(
    'aws_secret',
    new RegExp(
      `\\b(aws_(?:secret_access_key|session_token)(?:\\\\?["'])?(?:\\s{0,4}[:=]\\s{0,4}|\\s{1,4})(?:\\\\?["'])?)${value}[A-Za-z0-9/+=]{16,2048}`,
      'gi',
    ),
    '$1',
  ),
  // What commands take on their line, or as a list of arguments.
  shape(
    'command_line',
    new RegExp(`(\\s--(?:${secretOptions})(?:=|\\s{1,4})(?:\\\\?["'])?)${value}(?!-)${bare}{4,2048}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(`(["']--(?:${secretOptions})\\\\?["']\\s{0,4},\\s{0,4}\\\\?["'])${value}(?!-)[^"'\\\\]{1,512}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(
      `\\b((?:redis-cli\\s(?:[^\\n|;&]{0,200}?\\s)??-a|openssl\\s(?:[^\\n|;&]{0,200}?\\s)??-[kK])\\s{1,4}(?:\\\\?["'])?)${value}${bare}{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(`(\\s-pass(?:in|out)?\\s{1,4}(?:\\\\?["'])?pass:)${value}${bare}{1,256}`, 'g'),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(
      `\\b(curl\\s(?:[^\\n|;&]{0,200}?\\s)??(?:-b|--cookie)(?:=|\\s{1,4})(?:\\\\?["'])?)${value}(?=[\\w.-]{1,128}=)[^"'\\\\\\s]{3,4096}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(
      `\\b(echo\\s{1,4}(?:-n\\s{1,4})?(?:\\\\?["'])?)${value}${bare}{1,256}(?=[^\\n|]{0,8}\\|[^\\n|]{0,200}--password-stdin)`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(
      `(\\s(?:-u|--user|--proxy-user)(?:=|\\s{0,4})(?:\\\\?["'])?[\\w.-]{1,64}:)${value}(?![0-9]{1,10}(?![^\\s"']))[^\\s"'\\\\]{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(
      `\\b((?:sshpass\\s{1,4}-p\\s{0,4}|login\\s[^\\n|;&]{0,200}?\\s-p(?:\\s{1,4}|=)|(?:mysql|mysqldump|mysqladmin|mariadb)\\s(?:[^\\n|;&]{0,200}?\\s)??-p)(?:\\\\?["'])?)${value}${bare}{1,256}`,
      'g',
    ),
    '$1',
  ),
  shape(
    'command_line',
    new RegExp(`(--from-literal(?:=|\\s{1,4})(?:\\\\?["'])?[\\w.-]{1,64}=)${value}[^\\s"'\\\\$]{1,2048}`, 'g'),
    '$1',
  ),
]

/**
 * Replaces secrets of known shapes – keys and tokens of common providers, JSON Web Tokens, private keys, Authorization
 * headers, passwords in URLs and on the lines of common commands, query parameters, members and variables named like
 * secrets – by `[redacted:<kind>]`.
 * What has no known shape stays: this is a net, not a proof.
 *
 * @param text text of any length; time is linear in it
 */
export function redact(text: string): string {
  let result = text
  for (const { pattern, replacement } of shapes) result = result.replace(pattern, replacement)
  return result
}
