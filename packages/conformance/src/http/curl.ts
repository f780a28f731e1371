import type { KeyRole } from './case.ts'
import type { Sent } from './exchange.ts'

/** Bodies longer than this are described, not written out, in octets. */
const LONG_BODY = 4000

/**
 * A command line that sends a request again. Keys stand in it as shell variables: `$AGENT_RUN_KEY`, or
 * `$AGENT_RUN_KEY_INGEST` and so on for the other roles.
 */
export const curlLine = (url: URL, sent: Sent, role: KeyRole, bearer: boolean): string => {
  const words = ['curl -sS -i --path-as-is', ...(sent.method === 'GET' ? [] : [`-X ${sent.method}`])]
  words.push(quote(url.origin + url.pathname.replace(/\/$/, '') + sent.path))
  for (const [name, value] of Object.entries(sent.headers)) {
    const isKey = name === 'x-api-key' || name === 'authorization'
    words.push(
      isKey
        ? `-H "${bearer ? 'Authorization: Bearer ' : 'X-API-Key: '}$${variable(role)}"`
        : `-H ${quote(`${name}: ${value}`)}`,
    )
  }
  const { octets } = sent
  if (octets === undefined) return words.join(' ')
  // curl would name a type of its own.
  if (sent.headers['content-type'] === undefined) words.push("-H 'Content-Type:'")
  if (sent.chunked) words.push("-H 'Transfer-Encoding: chunked'")
  if (octets.length > LONG_BODY) return `${words.join(' ')} --data-binary @BODY   # ${octets.length} octets`
  const text = Buffer.from(octets).toString('utf8')
  const plain = /^[^\p{Cc}\p{Cf}\p{Co}\ufffd]*$/u.test(text.replaceAll('\n', ''))
  if (plain) return `${words.join(' ')} --data-binary ${quote(text)}`
  return `printf '%b' '${octal(octets)}' | ${words.join(' ')} --data-binary @-`
}

/** A command line that plays a whole case again, with all of its requests. */
export const replayLine = (url: URL, id: string): string =>
  `agent-run-conformance server --url ${quote(url.origin + url.pathname.replace(/\/$/, ''))} --only ${quote(id)}`

const variable = (role: KeyRole): string => `AGENT_RUN_KEY${role === 'main' ? '' : `_${role.toUpperCase()}`}`

/** On one line: a line end stands in a `$'…'` of its own. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`).replaceAll('\n', () => "'$'\\n''")}'`

const octal = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => `\\0${octet.toString(8).padStart(3, '0')}`).join('')
