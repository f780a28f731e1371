import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { Source } from './source.ts'

/** Bytes read at once from a file. */
const READ = 2 * 1024 * 1024

/** What the operating system or the decompressor said while an input was read. */
export class ReadError extends Error {
  override readonly name = 'ReadError'
  /** Whether the compressed data is at fault, not the reading of it. */
  readonly inGzip: boolean

  constructor(inGzip: boolean, cause: unknown) {
    super(inGzip ? 'the gzip data is damaged' : 'reading failed', { cause })
    this.inGzip = inGzip
  }
}

/**
 * The bytes of a source in pieces, uncompressed if they begin like gzip, whatever the name says. A piece is valid until
 * the next one is asked for: files are read into one buffer, so memory stays flat. Throws `ReadError`.
 *
 * @param onRead is told how many bytes were read, as stored
 */
export async function* readChunks(source: Source, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const stored = storedChunks(source, onRead)
  try {
    const head = await firstBytes(stored)
    if (head.length === 0) return
    if (head[0] === 0x1f && head[1] === 0x8b) {
      yield* uncompressed(head, stored)
      return
    }
    yield head
    yield* stored
  } finally {
    // Who has seen enough leaves no file open.
    await stored.return(undefined)
  }
}

/** At least two bytes, if there are two: a pipe may hand them over one by one. */
const firstBytes = async (chunks: AsyncGenerator<Buffer>): Promise<Buffer> => {
  let head: Buffer = Buffer.alloc(0)
  while (head.length < 2) {
    const next = await chunks.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  return head
}

async function* storedChunks(source: Source, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of source.path === undefined ? standardInput() : fileChunks(source.path)) {
      onRead(chunk.length)
      yield chunk
    }
  } catch (error) {
    throw error instanceof ReadError ? error : new ReadError(false, error)
  }
}

async function* standardInput(): AsyncGenerator<Buffer> {
  // Whoever typed the command would otherwise wait for a program that waits for them.
  if (process.stdin.isTTY) process.stderr.write('agent-run: reading from the terminal; end with Ctrl-D\n')
  for await (const chunk of process.stdin) yield chunk as Buffer
}

/** One for all files: they are read one after the other. */
let shared: Buffer | undefined

async function* fileChunks(path: string): AsyncGenerator<Buffer> {
  let file: FileHandle | undefined
  const buffer = shared ?? Buffer.allocUnsafeSlow(READ)
  shared = undefined
  try {
    file = await open(path, 'r')
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    shared = buffer
    await file?.close()
  }
}

/** Compressed bytes handed over at once: they become at most a thousand times as many. */
const COMPRESSED = 16 * 1024

/**
 * Uncompressed data, all of it up to where the compressed data breaks off. (An async iterator over the stream would
 * throw away what it holds when the error comes.)
 */
async function* uncompressed(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  const ready: Buffer[] = []
  let broken: unknown
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk))
  gunzip.on('error', (error) => {
    broken ??= error
  })
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve))
  const after = async (step: (callback: (error?: Error | null) => void) => void): Promise<Buffer[]> => {
    const called = new Promise<void>((resolve) =>
      step((error) => {
        broken ??= error ?? undefined
        resolve()
      }),
    )
    await Promise.race([called, closed])
    return ready.splice(0)
  }
  try {
    for (
      let chunk: Buffer | undefined = head;
      chunk && broken === undefined;
      chunk = (await rest.next()).value as Buffer | undefined
    ) {
      for (let at = 0; at < chunk.length && broken === undefined; at += COMPRESSED) {
        const part: Buffer = chunk.subarray(at, at + COMPRESSED)
        yield* await after((callback) => gunzip.write(part, callback))
      }
    }
    if (broken === undefined) yield* await after((callback) => gunzip.once('end', callback).end())
    if (broken !== undefined) throw new ReadError(true, broken)
  } finally {
    gunzip.destroy()
  }
}
