import { visibleName } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { ReadError, readChunks } from './chunks.ts'
import { Gather } from './gather.ts'
import type { Source } from './source.ts'
import { describeError } from './system-error.ts'

/** All bytes of an input, uncompressed. Throws `Failure` if it cannot be read or is longer than `maxSize`. */
export async function readWhole(source: Source, maxSize: number): Promise<Buffer> {
  const whole = new Gather(maxSize)
  try {
    for await (const chunk of readChunks(source, () => {})) whole.add(chunk)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    const reason = error.inGzip ? 'the gzip data is damaged' : describeError(error.cause)
    throw new Failure(`${visibleName(source.name)} cannot be read: ${reason}`, { cause: error })
  }
  if (whole.isTooLarge) throw new Failure(`${visibleName(source.name)} is longer than ${maxSize} bytes (--max-size)`)
  return whole.take(Buffer.alloc(0))
}
