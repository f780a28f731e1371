import { type Mutant, mutantsOf } from './mutant.ts'

/** Verifiers that read, write and hash JSON in another way. */
export const readingMutants: readonly Mutant[] = [
  ...mutantsOf('read/utf8.js', [
    ['AR-BYTES-001', 'lenient_utf8', 'replaces bytes that are not UTF-8', 'fatal: true', 'fatal: false'],
  ]),
  ...mutantsOf('read/read.js', [
    [
      'AR-BYTES-002',
      'skipped_bom',
      'skips a byte order mark',
      'refuse(text, byteOrderMark) : readText(text, input, maxDepth)',
      'readText(text.slice(1), undefined, maxDepth) : readText(text, input, maxDepth)',
    ],
    [
      'AR-BYTES-003',
      'trailing_commas',
      'forgives a comma after the last item',
      'value = JSON.parse(text)',
      "value = JSON.parse(text.replace(/,(\\s*[\\]}])/g, '$1'))",
    ],
    [
      'AR-BYTES-003',
      'nothing_as_null',
      'takes a file without anything for null',
      'value = JSON.parse(text)',
      "value = JSON.parse(text === '' ? 'null' : text)",
    ],
    [
      'AR-BYTES-008',
      'first_value_only',
      'reads the first value and leaves the rest',
      'throw error;',
      "throw error; if (fault.code === 'json.trailing') return { ok: true, value: JSON.parse(text.slice(0, fault.offset)), text };",
    ],
    ['AR-BYTES-007', 'deeper_nesting', 'reads 1,000 levels', 'const MAX_DEPTH = 128', 'const MAX_DEPTH = 1000'],
  ]),
  ...mutantsOf('read/fault.js', [
    ['AR-BYTES-004', 'last_name_wins', 'takes the last of two equal names', 'frame.names.has(name)', 'false'],
    [
      'AR-BYTES-004',
      'names_as_spelled',
      'compares names before it resolves their escapes',
      'escaped ? JSON.parse(token) : token.slice(1, -1)',
      'token.slice(1, -1)',
    ],
    ['AR-BYTES-005', 'lone_surrogates', 'lets half a pair pass', '#loneSurrogate() {', '#loneSurrogate() { return;'],
  ]),
  ...mutantsOf('read/survey.js', [
    [
      'AR-BYTES-006',
      'any_double',
      'reads any number that a double holds',
      'value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER',
      'Number.isFinite(value)',
    ],
  ]),
  ...mutantsOf('canonical/order.js', [
    [
      'AR-BYTES-009',
      'names_by_locale',
      'sorts names as a person would',
      'sort((a, b) => (a < b ? -1 : 1))',
      'sort((a, b) => a.localeCompare(b))',
    ],
    [
      'AR-BYTES-009',
      'names_as_given',
      'leaves whole numbers among the names where JavaScript puts them',
      "possible: !names.some((name) => name === '__proto__' || INDEX.test(name))",
      "possible: !names.includes('__proto__')",
    ],
  ]),
  ...mutantsOf('canonical/canonicalize.js', [
    [
      'AR-BYTES-009',
      'exponents_without_plus',
      'writes 1e21',
      'const text = JSON.stringify(ordered)',
      "const text = JSON.stringify(ordered).replace('e+', 'e')",
    ],
  ]),
  ...mutantsOf('hash/sha256.js', [
    [
      'AR-BYTES-010',
      'no_digest_of_nothing',
      'has no digest of no bytes',
      'export const digest = (data) =>',
      "export const digest = (data) => data.length === 0 ? 'sha256:' :",
    ],
  ]),
  ...mutantsOf('hash/hash.js', [
    [
      'AR-BYTES-010',
      'length_in_characters',
      'counts the type in characters',
      'utf8.encode(type).length',
      'type.length',
    ],
    [
      'AR-BYTES-010',
      'kinds_confused',
      'hashes an inventory as a list of tools',
      'mediaType = (kind) =>',
      "mediaType = (kind) => kind === 'inventory' ? mediaType('tools') :",
    ],
  ]),
  ...mutantsOf('hash/tools.js', [
    [
      'AR-BYTES-010',
      'empty_description',
      'takes a missing description for an empty one',
      'tool.description ?? null',
      "tool.description ?? ''",
    ],
  ]),
  ...mutantsOf('hash/run-hash.js', [
    ['AR-BYTES-011', 'tools_unsorted', 'leaves the tools in their order', '?? [])].sort()', '?? [])]'],
    [
      'AR-BYTES-011',
      'tools_doubled',
      'hashes a tool as often as it is listed',
      '[...new Set(run.tools_available ?? [])]',
      '[...(run.tools_available ?? [])]',
    ],
  ]),
  ...mutantsOf('hash/public-form.js', [
    [
      'AR-BYTES-012',
      'salt_in_public_form',
      'leaves the salt in',
      "['salt', ...privateMembers[kind]]",
      'privateMembers[kind]',
    ],
    [
      'AR-PRIV-002',
      'private_hash_without_salt',
      'hashes private members without their salt',
      "name === 'salt' || ",
      '',
    ],
  ]),
  ...mutantsOf('hash/step-leaf.js', [
    ['AR-BYTES-012', 'leaf_without_prefix', 'hashes leaves without the zero byte', '\\0$', '$'],
  ]),
]
