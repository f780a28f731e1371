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
    /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@:"'<>\\]{0,256}:[^\s/?#@"'<>\\]{1,512}(?=@)/gi,
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
      `\\b((?:[A-Z][A-Z0-9]*_){0,8}(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|SECRET_KEY|ACCESS_KEY_ID|PRIVATE_KEY)=(?:\\\\?["'])?)${value}[^\\s"'\\\\$\`;&|<>()]{6,2048}`,
      'g',
    ),
    '$1',
  ),
]

/**
 * Replaces secrets of known shapes – keys and tokens of common providers, JSON Web Tokens, private keys, Authorization
 * headers, passwords in URLs, assignments to variables named like secrets – by `[redacted:<kind>]`.
 * What has no known shape stays: this is a net, not a proof.
 *
 * @param text text of any length; time is linear in it
 */
export function redact(text: string): string {
  let result = text
  for (const { pattern, replacement } of shapes) result = result.replace(pattern, replacement)
  return result
}
