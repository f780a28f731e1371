import type { Place } from './check.ts'
import type { CheckInfo } from './judgement.ts'
import type { Refusal } from './reader.ts'

/** Each code of the reader: its sentence, and what bytes that keep it are. */
const CODES: readonly (readonly [code: string, requirement: string, summary: string, found: string])[] = [
  ['json.utf8', 'AR-BYTES-001', 'The bytes of a record are UTF-8.', 'bytes that are not UTF-8'],
  ['json.bom', 'AR-BYTES-002', 'A record does not begin with a byte order mark.', 'a byte order mark'],
  ['json.empty', 'AR-BYTES-003', 'A record is not empty.', 'nothing but white space'],
  ['json.syntax', 'AR-BYTES-003', 'The text of a record is JSON.', 'a text that is not JSON'],
  ['json.duplicate_name', 'AR-BYTES-004', 'No object has two members of one name.', 'a second member of that name'],
  ['json.lone_surrogate', 'AR-BYTES-005', 'No string holds half of a surrogate pair.', 'half of a surrogate pair'],
  ['json.number_range', 'AR-BYTES-006', 'No number is beyond ±(2^53 − 1).', 'a larger number'],
  ['json.depth', 'AR-BYTES-007', 'Nothing is nested deeper than 128 levels.', 'a deeper level'],
  ['json.trailing', 'AR-BYTES-008', 'Only white space follows the value.', 'something behind the value'],
]

/** What the strict reader asks of the bytes of a record. */
export const byteChecks: readonly CheckInfo[] = CODES.map(([code, requirement, summary]) => ({
  code,
  requirement,
  capability: 'core',
  summary,
  severity: 'error',
}))

/** The check that a refusal is about, and the place at fault. */
export const placeOfRefusal = ({ code, path, line, column }: Refusal): readonly [CheckInfo, Place] => {
  const index = CODES.findIndex(([each]) => each === code)
  const [, , summary, found] = CODES[index]!
  return [byteChecks[index]!, { path, message: `${summary} Found in line ${line}, column ${column}: ${found}.` }]
}
