import { makeRun, random } from '../../../../bench/perf/corpus.mjs'

// What a hostile or careless producer might put somewhere.
const SNIPPETS = [
  ...[
    '"',
    '\\',
    '\\\\',
    '\\"',
    '\\u',
    '\\ud83d',
    '\\ude00',
    '\\ud83d\\ude00',
    '\\u0022',
    '\\u005c',
    '\ufffd',
    '語',
    '🚀',
  ],
  ...['{', '}', '[', ']', ',', ':', ' ', '\n', '\t', '\u0000', '//', "'", '#', '\ufeff', '\u00a0'],
  ...[
    '1e400',
    '-1E+309',
    '9007199254740991',
    '9007199254740992',
    '9007199254740991.5',
    '-0',
    '01',
    '1.',
    '1e',
    'e9',
    '0',
  ],
  ...['null', 'true', 'fals', 'NaN', '{}', '[]', '""', '":"', '","', '\\",\\"', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}'],
  ...['"id":"x",', ',"type":"x"', '"status":1,', '"__proto__":1,', '['.repeat(130), '{"a":'.repeat(130)],
]

const VALUES = [
  '1',
  '"x"',
  '{"x":["y"]}',
  '"\\""',
  '":"',
  'null',
  '1e400',
  '"\\udfff"',
  '['.repeat(128) + ']'.repeat(128),
]

/**
 * Realistic records, each damaged in a few places: characters removed, doubled or swapped, pieces copied elsewhere,
 * snippets inserted, the end cut off. The same seed gives the same mutants.
 */
export function* mutants(seed: number, count: number): Generator<string> {
  const next = random(seed)
  const below = (n: number): number => Math.floor(next() * n)
  const documents = Array.from({ length: 12 }, (_, i) => {
    const run = makeRun(seed + i, 1 + (i % 3))
    return i % 4 === 0 ? JSON.stringify(run, null, 2) : JSON.stringify(run)
  })
  for (let i = 0; i < count; i++) {
    let text = documents[below(documents.length)]!
    for (let faults = 1 + below(3); faults > 0; faults--) text = damage(text, below)
    yield text
  }
}

function damage(text: string, below: (n: number) => number): string {
  const at = below(text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  switch (below(8)) {
    case 0:
      return before + after.slice(1 + below(3))
    case 1:
      return before + text.slice(below(text.length)).slice(0, 1 + below(30)) + after
    case 2:
      return below(4) === 0 ? before : before + after.slice(0, 1).repeat(2) + after.slice(1)
    case 3:
      return insertMember(text, at, below)
    case 4: {
      const name = /"[a-z_]+":/g
      name.lastIndex = at
      const found = name.exec(text)
      const other = /"[a-z_]+":/.exec(text.slice(below(text.length)))
      if (found === null || other === null) return before + after
      return text.slice(0, found.index) + other[0] + text.slice(found.index + found[0].length)
    }
    default:
      return before + SNIPPETS[below(SNIPPETS.length)] + after
  }
}

/** Repeats a member of the text, or invents one, where a member may stand: the text stays valid JSON. */
function insertMember(text: string, from: number, below: (n: number) => number): string {
  const brace = text.indexOf('{', from)
  if (brace === -1 || text[brace + 1] === '}') return text
  const name = /"[a-z_]+"/.exec(text.slice(brace))?.[0] ?? '"a"'
  const value = VALUES[below(VALUES.length)]
  return `${text.slice(0, brace + 1)}${below(2) === 0 ? name : `"new${below(99)}"`}:${value},${text.slice(brace + 1)}`
}
