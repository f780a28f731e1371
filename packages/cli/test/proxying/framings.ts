// Ways to write a call that is denied so that somebody might overlook it, and a reader that overlooks nothing.

/** Numbers from 0 to 1 that are the same every time. */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Next = () => number
const pick = <T>(next: Next, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T

const escaped = (next: Next, text: string): string =>
  [...text]
    .map((c) => {
      if (next() > 0.3) return c === '/' && next() < 0.5 ? '\\/' : c
      const hex = c.charCodeAt(0).toString(16).padStart(4, '0')
      return `\\u${next() < 0.5 ? hex : hex.toUpperCase()}`
    })
    .join('')

const string = (next: Next, text: string): string => `"${next() < 0.4 ? escaped(next, text) : text}"`

const names = [
  ...[
    'delete_file',
    'delete_file',
    'delete_file',
    'delete_file ',
    ' delete_file',
    'delete_file\\t',
    'DELETE_FILE',
    'Delete_File',
  ],
  ...[
    'delete_file\\u0000',
    'delete_file\\u200b',
    'del\\u00adete_file',
    'delete_file\\u00a0',
    '\\ufeffdelete_file',
    'dеlete_file',
  ],
  ...[
    'ｄｅｌｅｔｅ＿ｆｉｌｅ',
    'delete_ﬁle',
    'delete_file\\n',
    'delete\\u005ffile',
    'delete_fıle',
    'ԁelete_file',
    'délete_file',
  ],
]
const methods = [
  ...[
    'tools/call',
    'tools/call',
    'tools/call',
    'tools/call',
    'tools/call ',
    ' tools/call',
    'Tools/Call',
    'TOOLS/CALL',
    'tools//call',
  ],
  ...[
    '/tools/call',
    'tools/call/',
    'tools\\\\call',
    'tools/call\\u0000',
    'tools／call',
    'tоols/call',
    'tools/call\\n',
    'ｔools/call',
  ],
]
const keys = {
  method: ['method', 'method', 'method', 'method', 'Method', 'METHOD', 'method ', 'meth\\u006fd', 'ｍethod', 'methоd'],
  params: ['params', 'params', 'params', 'params', 'Params', 'PARAMS', 'paramſ', 'params\\u0000', ' params'],
  name: ['name', 'name', 'name', 'name', 'Name', 'NAME', 'nam\\u0065', 'name '],
}
const ids = [
  '1',
  '"x"',
  '"x"',
  '"x"',
  'null',
  '1.5',
  'true',
  '{}',
  '[]',
  '""',
  '1e2',
  '-0',
  '12345678901234567890',
  '1e400',
  '"\\ud800"',
]
const spaces = ['', '', '', ' ', '\t', '\r', ' \r ', '\u00a0', '\v', '\f', '\u2028', '\ufeff', '\0']
const harmless = '{"jsonrpc":"2.0","id":"h","method":"ping"}'

const call = (next: Next): string => {
  const gap = (): string => (next() < 0.15 ? pick(next, spaces) : '')
  const name =
    next() < 0.9
      ? `"${next() < 0.2 ? escaped(next, 'delete_file') : pick(next, names)}"`
      : pick(next, ['["delete_file"]', '{"name":"delete_file"}', 'null', '1'])
  const inner = [`"${pick(next, keys.name)}"${gap()}:${gap()}${name}`, '"arguments":{"path":"a.md"}']
  if (next() < 0.15) inner.push(`${string(next, 'name')}:"read_file"`)
  if (next() < 0.15) inner.unshift(`${string(next, 'name')}:"read_file"`)
  const params =
    next() < 0.9
      ? `{${gap()}${inner.join(`${gap()},${gap()}`)}${gap()}}`
      : pick(next, ['null', '["delete_file",{}]', '"{\\"name\\":\\"delete_file\\"}"', '[{"name":"delete_file"}]'])
  const members = [
    `"jsonrpc":${next() < 0.9 ? '"2.0"' : pick(next, ['"1.0"', '2.0', '"2.0 "', 'null'])}`,
    `"${pick(next, keys.method)}":${gap()}${next() < 0.95 ? string(next, pick(next, methods)) : '["tools/call"]'}`,
    `"${pick(next, keys.params)}":${params}`,
  ]
  if (next() < 0.85) members.push(`"id":${pick(next, ids)}`)
  if (next() < 0.1) members.push(`"result":{}`)
  if (next() < 0.1) members.push(`"error":{"code":1,"message":"x"}`)
  if (next() < 0.15) members.push(`${string(next, 'method')}:"ping"`)
  if (next() < 0.15) members.unshift(`${string(next, 'method')}:"ping"`)
  if (next() < 0.1) members.push('"params":{"name":"read_file"}')
  if (next() < 0.1) members.unshift('"params":{"name":"read_file"}')
  if (next() < 0.3) members.sort(() => next() - 0.5)
  return `{${gap()}${members.join(`${gap()},${gap()}`)}${gap()}}`
}

const wrappings: readonly ((next: Next, one: string) => string)[] = [
  (_, one) => one,
  (_, one) => one,
  (_, one) => one,
  (_, one) => `[${one}]`,
  (_, one) => `[${harmless},${one}]`,
  (_, one) => `[[${one}]]`,
  (_, one) => `[${one},1]`,
  (_, one) => `${harmless}${one}`,
  (next, one) => `${harmless}${pick(next, spaces)}${one}`,
  (next, one) => `${pick(next, spaces)}${one}${pick(next, spaces)}`,
  (_, one) => `{"jsonrpc":"2.0","id":"w","method":"ping","params":\r${one}\r}`,
  (_, one) => `{"jsonrpc":"2.0","id":"w","method":"ping","params":{"x":\r\r${one}\r\r}}`,
  (_, one) => `{"jsonrpc":"2.0","id":"w","result":\r${one}\r}`,
  (next, one) =>
    `{"jsonrpc":"2.0","id":"w","method":"ping","params":{"x":"${pick(next, ['\u2028', '\u0085', '\\n', '\v'])}"}}${one}`,
  (_, one) => `${one.slice(0, 40)}\n${one.slice(40)}`,
  (_, one) => `${'['.repeat(200)}${one}${']'.repeat(200)}`,
  (_, one) => `{"jsonrpc":"2.0","method":"notifications/x","params":${'{"a":'.repeat(150)}${one}${'}'.repeat(150)}}`,
  (_, one) => `Content-Length: ${one.length}\r\n\r\n${one}`,
  (_, one) => `data: ${one}`,
  (_, one) => `/* */ ${one} // x`,
  (_, one) => `${' '.repeat(70_000)}${one}`,
  (_, one) => `\x1e${one}`,
]

const encodings: readonly ((next: Next, text: string) => Buffer)[] = [
  ...Array.from({ length: 10 }, () => (_: Next, text: string) => Buffer.from(text)),
  (_, text) => Buffer.from(`\ufeff${text}`),
  (_, text) => Buffer.from(text, 'utf16le'),
  (_, text) => Buffer.from(text, 'latin1'),
  // Bytes that are no UTF-8 somewhere.
  (next, text) => {
    const bytes = Buffer.from(text)
    const at = Math.floor(next() * bytes.length)
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from([pick(next, [0xff, 0xc0, 0x80, 0xed])]),
      bytes.subarray(at),
    ])
  },
  // An overlong way to write a quotation mark.
  (_, text) => Buffer.from(Buffer.from(text).toString('latin1').replace('"', '\xc0\xa2'), 'latin1'),
]

/** A call that nothing is wrong with but its name: only the policy can refuse it. */
const soundCall = (next: Next): string => {
  const gap = (): string => pick(next, ['', '', ' ', '\t'])
  const name = next() < 0.4 ? string(next, 'delete_file') : `"${pick(next, names)}"`
  const params = `{${gap()}${string(next, 'name')}:${gap()}${name}${gap()},${string(next, 'arguments')}:{}${gap()}}`
  const members = [
    `"jsonrpc":${gap()}"2.0"`,
    `${string(next, 'method')}:${gap()}${string(next, 'tools/call')}`,
    `${string(next, 'params')}${gap()}:${params}`,
    `"id":${pick(next, ['"x"', '7', '"delete_file"', '-3', '""'])}`,
  ]
  const one = `${gap()}{${gap()}${members.sort(() => next() - 0.5).join(`${gap()},${gap()}`)}}${gap()}`
  return next() < 0.2 ? `[${gap()}${one},${gap()}${harmless}]` : one
}

/** A denied call, framed in some way, with its line end. */
export function framing(next: Next): Buffer {
  if (next() < 0.4) return Buffer.from(`${soundCall(next)}${next() < 0.2 ? '\r\n' : '\n'}`)
  const text = pick(next, wrappings)(next, call(next))
  return Buffer.concat([pick(next, encodings)(next, text), Buffer.from(next() < 0.2 ? '\r\n' : '\n')])
}

/** What a careless reader may take for the same: case, white space, accents, other scripts, invisible characters. */
const careless = (text: string): string =>
  [...text.toLowerCase().normalize('NFKD').toLowerCase()]
    .map((c) => ({ е: 'e', о: 'o', ԁ: 'd', ı: 'i', ſ: 's', '\\': '/' })[c] ?? c)
    .join('')
    .replace(/[^a-z0-9/_]/g, '')
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '')

/** A value with all that was written: of two members of a name both. */
type Loose = string | number | boolean | null | Loose[] | Map<string, Loose[]>

/**
 * Every call of `delete_file` that some reader might find in what a server was sent: lines may end in any way that is known,
 * values may follow each other, names are compared carelessly, of members that are written twice each counts.
 */
export function callsFoundIn(bytes: Buffer): string[] {
  const found: string[] = []
  for (const text of [bytes.toString('utf8'), bytes.toString('latin1'), bytes.toString('utf16le')])
    for (const separators of [/\n/, /\r\n|\n|\r/, anyLineEnd])
      for (const line of text.split(separators)) if (line.includes('{')) found.push(...callsInLine(line))
  return [...new Set(found)]
}

/** Everything that some reader ends a line with. */
const anyLineEnd = new RegExp(
  `[${[0x0a, 0x0d, 0x2028, 0x2029, 0x85, 0x0b, 0x0c, 0x00, 0x1e].map((code) => String.fromCharCode(code)).join('')}]`,
)

const callsInLine = (line: string): string[] => {
  const calls: string[] = []
  let at = line.search(/[[{]/)
  while (at >= 0 && at < line.length) {
    const read = readLoose(line, at)
    if (read === undefined) {
      const next = line.slice(at + 1).search(/[[{]/)
      // What cannot be read at all is searched from within only at the top, or it would be no message any more.
      at = next < 0 ? -1 : line.length
      continue
    }
    calls.push(...callsInValue(read.value))
    const next = line.slice(read.end).search(/[[{]/)
    at = next < 0 ? -1 : read.end + next
  }
  return calls
}

const callsInValue = (value: Loose): string[] => {
  if (Array.isArray(value)) return value.flatMap(callsInValue)
  if (!(value instanceof Map)) return []
  const all = (map: Map<string, Loose[]>, name: string): Loose[] =>
    [...map].flatMap(([key, values]) => (careless(key) === name ? values : []))
  const isCall = all(value, 'method').some((method) => typeof method === 'string' && careless(method) === 'tools/call')
  if (!isCall) return []
  return all(value, 'params').flatMap((params) =>
    params instanceof Map
      ? all(params, 'name').flatMap((name) =>
          typeof name === 'string' && careless(name) === 'delete_file' ? [name] : [],
        )
      : [],
  )
}

const readLoose = (text: string, from: number): { value: Loose; end: number } | undefined => {
  let at = from
  const skip = (): void => {
    while (at < text.length && /[\s\0\ufeff]/.test(text[at] as string)) at++
  }
  const read = (depth: number): Loose => {
    skip()
    const c = text[at]
    if (depth > 1000) throw new Error('deep')
    if (c === '"') return readString()
    if (c === '[' || c === '{') {
      at++
      const list: Loose[] = []
      const map = new Map<string, Loose[]>()
      for (;;) {
        skip()
        if (text[at] === ']' || text[at] === '}') {
          at++
          return c === '[' ? list : map
        }
        if (text[at] === ',') {
          at++
          continue
        }
        if (at >= text.length) throw new Error('end')
        const first = read(depth + 1)
        skip()
        if (c === '{' && text[at] === ':') {
          at++
          map.set(String(first), [...(map.get(String(first)) ?? []), read(depth + 1)])
        } else list.push(first)
      }
    }
    const word = /^[^\s,\]}:"{[]+/.exec(text.slice(at, at + 60))?.[0]
    if (word === undefined) throw new Error('word')
    at += word.length
    return word
  }
  const readString = (): string => {
    let out = ''
    for (at++; text[at] !== '"'; at++) {
      if (at >= text.length) throw new Error('end')
      if (text[at] !== '\\') out += text[at]
      else if (text[++at] === 'u') {
        out += String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16) || 0)
        at += 4
      } else
        out +=
          ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' } as Record<string, string>)[text[at] as string] ?? text[at]
    }
    at++
    return out
  }
  try {
    const value = read(0)
    return { value, end: at }
  } catch {
    return undefined
  }
}
