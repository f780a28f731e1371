import { type Mutant, octets } from './mutant.ts'

const withMember = (text: string, member: string): string => `{${member},${text.slice(1)}`

/** Runtimes whose bytes are no record. */
export const byteMutants: readonly Mutant[] = [
  octets('bytes_latin1', 'writes a character in Latin-1', (text) =>
    Buffer.from(withMember(text, '"tags":["é"]'), 'latin1'),
  ),
  octets('bytes_mark', 'begins with a byte order mark', (text) => `\ufeff${text}`),
  octets('bytes_none', 'sends nothing', () => ''),
  octets('bytes_cut', 'sends the first half', (text) => text.slice(0, text.length / 2)),
  octets('bytes_doubled_name', 'writes a member twice', (text) => withMember(text, '"agent_id":"another"')),
  octets('bytes_lone_surrogate', 'cuts a text in the middle of a character', (text) =>
    withMember(text, '"agent_name":"\\ud83d"'),
  ),
  octets('bytes_large_number', 'writes a number beyond 2^53', (text) => withMember(text, '"x_count":9007199254740993')),
  octets('bytes_deep', 'nests 130 levels', (text) => withMember(text, `"x_deep":${'['.repeat(130)}${']'.repeat(130)}`)),
  octets('bytes_trailing', 'writes two records in one', (text) => `${text}${text}`),
]
