import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { readClientLine } from '../../src/mcp/message.ts'

const read = (text: string | Uint8Array) =>
  readClientLine(typeof text === 'string' ? new TextEncoder().encode(text) : text)
const reason = (text: string | Uint8Array): string => {
  const line = read(text)
  return line.kind === 'refused' ? line.refused.reason : line.kind
}
const call = (params: string, more = '"id":1,'): string =>
  `{"jsonrpc":"2.0",${more}"method":"tools/call","params":${params}}`

describe('a line of a client', () => {
  it('is a message as it was written', () => {
    const text = ' {"id":1.0,"jsonrpc":"2.0" ,"method":"tools\\/call","params":{"name":"a","arguments":{}}}\r'
    const line = read(text)
    expect(line).toMatchObject({ kind: 'single', message: { kind: 'request', id: 1, method: 'tools/call' } })
  })

  it('is nothing, if there is nothing on it', () => {
    for (const text of ['', ' ', '\t\r']) expect(read(text)).toEqual({ kind: 'blank' })
  })

  it('is a batch of messages, each as it was written', () => {
    const line = read('[ {"jsonrpc":"2.0","method":"a"} ,{"jsonrpc":"2.0","id":"x","result":{}}]')
    expect(line).toMatchObject({
      kind: 'batch',
      messages: [
        { kind: 'notification', text: '{"jsonrpc":"2.0","method":"a"}' },
        { kind: 'response', text: '{"jsonrpc":"2.0","id":"x","result":{}}' },
      ],
    })
  })

  it.each([
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    ['a byte order mark', `\ufeff${call('{"name":"a"}')}`, 'byte order mark'],
    ['two values', `${call('{"name":"a"}')}${call('{"name":"b"}')}`, 'after the value'],
    ['a carriage return', '{"jsonrpc":"2.0",\r"method":"ping","id":1}', 'carriage return'],
    ['a name twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}', 'second member'],
    ['a name twice, once escaped', '{"jsonrpc":"2.0","id":1,"method":"ping","m\\u0065thod":"x"}', 'second member'],
    ['half a surrogate pair', call('{"name":"\\ud800"}'), 'surrogate'],
    ['a number that is not exact', call('{"name":"a","arguments":{"n":9007199254740993}}'), 'exact range'],
    ['deep nesting', `{"jsonrpc":"2.0","method":"x","params":${'['.repeat(200)}${']'.repeat(200)}}`, 'nesting'],
    ['a number', '7', 'no object'],
    ['an empty batch', '[]', 'batch of 0'],
    ['a batch in a batch', '[[{"jsonrpc":"2.0","method":"a"}]]', 'message 1 of the batch: found no object'],
    ['no version', '{"id":1,"method":"ping"}', '"jsonrpc": "2.0"'],
    ['neither method nor answer', '{"jsonrpc":"2.0","id":1}', 'neither a method'],
    ['both', '{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}', 'at once'],
    ['params in an answer', '{"jsonrpc":"2.0","id":1,"result":{},"params":{}}', 'params in an answer'],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":["tools/call"]}', 'no text'],
    ['a method in capitals', '{"jsonrpc":"2.0","id":1,"Method":"tools/call"}', '"method"'],
    ['params with a long s', '{"jsonrpc":"2.0","id":1,"method":"ping","paramſ":{}}', '"params"'],
    ['a name in capitals', call('{"name":"a","Name":"b"}'), '"name"'],
    ['no id', call('{"name":"a"}', ''), 'without id'],
    ['an id that is null', call('{"name":"a"}', '"id":null,'), 'an id that is neither'],
    ['an id with a fraction', call('{"name":"a"}', '"id":1.5,'), 'an id that is neither'],
    ['no params', '{"jsonrpc":"2.0","id":1,"method":"tools/call"}', 'without an object as params'],
    ['params as a list', call('["a",{}]'), 'without an object as params'],
    ['no name', call('{}'), 'without the name'],
    ['a name that is no text', call('{"name":["a"]}'), 'without the name'],
    ['arguments as a text', call('{"name":"a","arguments":"{}"}'), 'no object'],
    ['another method about tools', '{"jsonrpc":"2.0","id":1,"method":"tools/run"}', 'another one about tools'],
    ['a method in capitals', '{"jsonrpc":"2.0","id":1,"method":"Tools/Call"}', 'another one about tools'],
    ['a method with a space', '{"jsonrpc":"2.0","id":1,"method":"tools/call "}', 'another one about tools'],
  ])('is refused with %s', (_, text, words) => expect(reason(text)).toContain(words))

  it('is refused to its sender by its own id, and without a word of what it said', () => {
    const line = read(call('{"name":["secret-tool"]}', '"id":"q-7",'))
    expect(line).toMatchObject({ kind: 'refused', refused: { id: 'q-7', wantsAnswer: true } })
    expect(JSON.stringify(line)).not.toContain('secret-tool')
    expect(read('{"jsonrpc":"2.0","id":{},"result":{}}')).toMatchObject({ refused: { id: null, wantsAnswer: false } })
  })
})

describe.skipIf(!tool('shared'))('the examples of the specification', () => {
  const folder = join(tool('shared') ?? '', 'samples/mcp/2026-07-28')
  const names = tool('shared') ? readdirSync(folder) : []
  const messages = names.flatMap((name) =>
    readdirSync(join(folder, name)).map((file): [string, string] => [
      `${name}/${file}`,
      readFileSync(join(folder, name, file), 'utf8'),
    ]),
  )

  it.each(messages.filter(([, text]) => 'jsonrpc' in JSON.parse(text)))('%s is a message', (_, text) => {
    const { kind } = read(JSON.stringify(JSON.parse(text)))
    expect(kind).toBe('single')
  })
})
