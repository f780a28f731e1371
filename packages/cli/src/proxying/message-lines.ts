import type { Readable } from 'node:stream'
import { Gather } from '../input/gather.ts'

const LF = 0x0a

/** Longest message, in bytes. */
export const longestMessage: number = 128 * 1024 * 1024

/**
 * The lines of a stream as they come, without their line feeds; `undefined` for one that is too long, which is passed over
 * without being held. What stands behind the last line feed is no message: whoever wrote it has not finished it. The stream is
 * only read as fast as lines are taken.
 */
export async function* messageLines(stream: Readable): AsyncGenerator<Buffer | undefined> {
  const carry = new Gather(longestMessage)
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      const rest = chunk.subarray(start, end)
      start = end + 1
      if (carry.length + rest.length > longestMessage) {
        carry.drop()
        yield undefined
      } else yield carry.take(rest)
    }
    carry.add(chunk.subarray(start))
  }
}
