// A harness after its first ten minutes: it can compute digests and nothing else. conformance/harness.md says what to add.
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'

const operations = {
  'hash/digest': ({ input_hex }) => `sha256:${createHash('sha256').update(input_hex, 'hex').digest('hex')}`,
}

const answer = ({ op, input }) => {
  if (op === 'describe')
    return {
      result: { harness: 1, name: 'first-evening', version: '0.1', level: 'sealed', ops: Object.keys(operations) },
    }
  return op in operations ? { result: operations[op](input) } : { unsupported: true }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line)
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`)
}
