import { digest } from '@agent-run/core'
import fc from 'fast-check'
import type { Media, Operation } from '../document.ts'
import { often } from './often.ts'
import { headerText, hostileText, hostileValue, slightlyWrong, validValue } from './values.ts'

/** A body with the headers that speak about it. */
export interface Body {
  readonly media: string
  readonly octets: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')

/** Octets that are no JSON of the record profile, whatever they look like. */
const hostileOctets: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc
    .constantFrom(
      '',
      '{',
      '[1,]',
      '{"a":1,"a":2}',
      '\ufeff{}',
      '"\\ud800"',
      '1e400',
      '{"id":1}x',
      'null',
      '[[',
      '\u0000',
      '{}\n{}',
    )
    .map(utf8),
  fc.integer({ min: 100, max: 50_000 }).map((depth) => utf8('['.repeat(depth))),
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom([0xff, 0xfe], [0xc0, 0x80], [0x22, 0xed, 0xa0, 0x80, 0x22]).map((octets) => Uint8Array.from(octets)),
)

/** What an operation takes, something like it, or something else. */
export const bodyOf = (operation: Operation): fc.Arbitrary<Body | undefined> => {
  const [entry] = Object.entries(operation.body?.content ?? {})
  if (entry === undefined)
    return often(
      fc.constant(undefined),
      hostileOctets.map((octets) => ({ media: 'application/json', octets, headers: {} })),
    )
  const [media, content] = entry
  return fc.record({
    octets: often(content['x-item'] === undefined ? jsonOctets(content) : lineOctets(content), hostileOctets, 4),
    media: often(
      fc.constant(media),
      fc.oneof(
        fc.constantFrom(
          'text/plain',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/json; charset=utf-16',
        ),
        headerText,
      ),
    ),
    headers: often<Record<string, string>>(
      fc.constant({}),
      fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'gzip, gzip').map((name) => ({ 'content-encoding': name })),
    ),
  })
}

const examplesOf = ({ examples = {} }: Media): unknown[] => Object.values(examples).map(({ value }) => value)

/** An example as it is or under another id, or whatever the schema admits, mostly with something wrong in it. */
const jsonOctets = (content: Media): fc.Arbitrary<Uint8Array> => {
  const example = fc
    .tuple(fc.constantFrom(...examplesOf(content)), fc.oneof(fc.constant(undefined), fc.uuid()))
    .map(([value, id]) =>
      id !== undefined && (value as { id?: string }).id !== undefined ? { ...(value as object), id } : value,
    )
  const base = fc.oneof(example, validValue(content.schema))
  return fc
    .oneof(
      { arbitrary: base, weight: 2 },
      { arbitrary: slightlyWrong(base), weight: 3 },
      { arbitrary: hostileValue, weight: 1 },
    )
    .map((value) => utf8(JSON.stringify(value)))
}

const lineOctets = (content: Media): fc.Arbitrary<Uint8Array> => {
  const lines = examplesOf(content).flatMap((text) => String(text).trimEnd().split('\n'))
  const given = fc.constantFrom(...examplesOf(content).map(String))
  const example = fc.constantFrom(...lines).map((line) => JSON.parse(line))
  const base = fc.oneof(example, validValue(content['x-item'] ?? {}))
  const line = fc.oneof(base, slightlyWrong(base), hostileValue).map((value) => JSON.stringify(value))
  const some = fc.tuple(
    fc.array(fc.oneof({ arbitrary: line, weight: 8 }, { arbitrary: hostileText, weight: 1 }), { maxLength: 5 }),
    fc.constantFrom('\n', '\r\n', ''),
  )
  return fc
    .oneof(
      { arbitrary: given, weight: 1 },
      { arbitrary: some.map(([texts, end]) => texts.map((text) => text + end).join('')), weight: 3 },
    )
    .map(utf8)
}

/** The journal lines of the example of an operation, as those of another run. */
export const beginningOf = ({ body }: Operation, id: string): Uint8Array => {
  const [content] = Object.values(body?.content ?? {})
  const [first = '', second = ''] = String(examplesOf(content as Media)[0]).split('\n')
  const began = first.replace(/"id":"[^"]*"/, `"id":"${id}"`)
  return utf8(`${began}\n${second.replace(/"prev":"[^"]*"/, `"prev":"${digest(began)}"`)}\n`)
}
