// Random JSON texts for readers to agree about: many that the record profile takes, many that it refuses for one reason or
// another, and many that are close to the line between.
import fc from 'fast-check'

const pick = (...values) => fc.constantFrom(...values)

const digits = fc.string({ unit: pick(...'0123456789'), minLength: 1, maxLength: 22 })
const double = fc.oneof(
  fc.double(),
  fc.double({ min: -1e21, max: 1e21, noNaN: true }),
  fc.integer().map((mantissa) => mantissa / 2 ** 20),
  pick(0, -0, 5e-324, 2.2250738585072014e-308, 1e21, 1e-7, 9007199254740991, 2 ** 53 + 2, 0.1, 1 / 3),
)
/** Spellings of numbers: what serialisers write, what people write, and what no JSON is. */
const number = fc.oneof(
  double.filter(Number.isFinite).map(String),
  double.filter(Number.isFinite).map((value) => value.toExponential()),
  double.filter((value) => Number.isFinite(value) && Math.abs(value) < 1e15).map((value) => value.toFixed(12)),
  fc.tuple(digits, digits, fc.integer({ min: -340, max: 340 })).map(([a, b, e]) => `${a}.${b}e${e}`),
  digits,
  pick('-0', '-0.0', '0e5', '1E+2', '1e-400', '1e400', '9007199254740992', '9007199254740991.4', '9007199254740991.5'),
  pick('01', '1.', '.5', '+1', '0x1', 'NaN', '-', '1e', '--1', 'Infinity', '1_000'),
)

const escaped = fc.oneof(
  pick(
    '\\n',
    '\\t',
    '\\"',
    '\\\\',
    '\\/',
    '\\b',
    '\\f',
    '\\r',
    '\\u0000',
    '\\u001f',
    '\\u2028',
    '\\ud83d\\ude00',
    '\\u00e9',
  ),
  pick('\\ud800', '\\udc00', '\\udc00\\ud800', '\\x41', '\\u12', '\\U0041'),
)
const characters = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: pick(...'abcxyz019 _-éß漢🙂€\u007f\u00ad\u0301'), maxLength: 8 }) },
  { weight: 2, arbitrary: escaped },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
  },
  { weight: 1, arbitrary: pick('\u0001', '\n', '\u2028', '\ufeff', '\u0085') },
)
const string = fc.array(characters, { maxLength: 3 }).map((parts) => `"${parts.join('')}"`)
/** Names from a small store, so that objects have the same one twice, plainly or behind an escape. */
const name = fc.oneof(
  {
    weight: 4,
    arbitrary: pick(
      '"a"',
      '"b"',
      '"c"',
      '"id"',
      '"\\u0061"',
      '"__proto__"',
      '"é"',
      '"e\u0301"',
      '"🙂"',
      '"\uffff"',
      '""',
    ),
  },
  { weight: 1, arbitrary: string },
)
const space = pick('', '', '', ' ', '\n', '\t\r\n  ')
const word = pick('true', 'false', 'null', 'True', 'nul', 'undefined')

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    { weight: 3, arbitrary: number },
    { weight: 3, arbitrary: string },
    { weight: 1, arbitrary: word },
    { weight: 3, arbitrary: tie('array') },
    { weight: 5, arbitrary: tie('object') },
  ),
  array: fc
    .tuple(fc.array(fc.tuple(space, tie('value')), { maxLength: 5 }), pick('', '', '', '', '', ','))
    .map(([items, end]) => `[${items.map((item) => item.join('')).join(',')}${end}]`),
  object: fc
    .tuple(fc.array(fc.tuple(space, name, space, tie('value')), { maxLength: 5 }), pick('', '', '', '', '', ','))
    .map(([members, end]) => `{${members.map(([a, key, b, each]) => `${a}${key}${b}:${each}`).join(',')}${end}}`),
}))

const nested = fc
  .tuple(fc.integer({ min: 120, max: 135 }), pick(['[', ']'], ['{"a":', '}']), pick('1', '', '"x"'))
  .map(([depth, [open, close], inner]) => open.repeat(depth) + inner + close.repeat(depth))

const text = fc.oneof(
  { weight: 20, arbitrary: fc.tuple(space, value, space).map((parts) => parts.join('')) },
  // Clean documents, whose bytes are compared and not only the refusal.
  { weight: 12, arbitrary: fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((each) => JSON.stringify(each)) },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: fc.tuple(value, pick(' x', '}', ',', '\u0000', '[]', ' //')).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: pick('', ' ', '\ufeff{}', '{', '[', '"', '{"a"', '{"a":', '[1', '{"a":1,}') },
)

/** The same text as octets, some of them changed: cut off, in another encoding, no UTF-8 any more. */
const broken = fc
  .tuple(text, fc.nat(), fc.integer({ min: 0, max: 255 }), pick('set', 'cut', 'utf16'))
  .map(([given, place, octet, how]) => {
    const octets = Buffer.from(given.toWellFormed?.() ?? given, how === 'utf16' ? 'utf16le' : 'utf8')
    if (how === 'cut') return octets.subarray(0, place % (octets.length + 1))
    if (how === 'set' && octets.length > 0) octets[place % octets.length] = octet
    return octets
  })

/** Inputs of `agreement/canonical`: the same ones for a seed, everywhere. */
export const sampleDocuments = (seed, count) =>
  fc.sample(
    fc.oneof(
      { weight: 9, arbitrary: text.map((input_text) => ({ input_text })) },
      { weight: 1, arbitrary: broken.map((octets) => ({ input_hex: octets.toString('hex') })) },
    ),
    { seed, numRuns: count },
  )
