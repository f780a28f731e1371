import { rules } from '@agent-run/core'

const fixed: Readonly<Record<string, string>> = {
  'json.empty': 'there is nothing, or only white space',
  'json.bom': 'the bytes begin with a byte order mark',
  'json.utf8': 'the bytes are not UTF-8',
  'json.syntax': 'this is not JSON',
  'json.duplicate_name': 'one object has two members of the same name',
  'json.lone_surrogate': 'a string holds half of a surrogate pair',
  'json.number_range': 'a number is beyond ±(2^53 − 1)',
  'json.depth': 'nested deeper than 128 levels',
  'json.trailing': 'something follows the JSON value',
  'input.not_found': 'no such file or directory',
  'input.no_match': 'no file matches the pattern',
  'input.directory_empty': 'the directory holds no record file',
  'input.unreadable': 'the input cannot be read',
  'input.binary': 'the input is binary data',
  'input.gzip': 'the gzip data is damaged or cut off',
  'input.too_large': 'a record is longer than the limit',
  'input.no_records': 'the list holds no record',
  'input.not_ndjson': 'the name says NDJSON, the content is laid out otherwise',
  'schema.unknown_member': 'no schema names this member',
}

/** What a code means, in a few words. */
export function codeSummary(code: string): string {
  const known = fixed[code] ?? rules.find((rule) => rule.code === code)?.summary
  return known ?? `the record does not match its schema: ${code.replace(/^schema\./, '').replaceAll('_', ' ')}`
}
