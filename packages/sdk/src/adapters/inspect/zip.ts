/** An entry of a zip archive. */
export interface ZipEntry {
  readonly name: string
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number
  readonly compressedSize: number
  readonly size: number
  /** Where the header of the entry begins. */
  readonly offset: number
}

/** Size of the fixed parts of the three records that are read (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16). */
const sizes = { local: 30, central: 46, end: 22 }

/** Longest comment that may follow the end record. */
const longestComment = 65_535

/** Most entries that are listed. */
const mostEntries = 100_000

/** True for bytes that begin as a zip archive does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/**
 * Lists the entries of an archive by its central directory. `undefined` for what is no archive, is cut off, is
 * encrypted, or needs the 64-bit extension. Names are only looked at, never used as paths.
 */
export function listEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries: ZipEntry[] = []
  const names = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  for (let index = 0; index < Math.min(count, mostEntries); index++) {
    if (at + sizes.central > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return undefined
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const isEncrypted = (view.getUint16(at + 8, true) & 1) !== 0
    const entry: ZipEntry = {
      name: names.decode(bytes.subarray(at + sizes.central, at + sizes.central + (nameLength ?? 0))),
      method: view.getUint16(at + 10, true),
      compressedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    }
    if (isEncrypted || entry.offset === 0xffffffff || entry.size === 0xffffffff) return undefined
    entries.push(entry)
    at += sizes.central + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0)
  }
  return entries
}

function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - sizes.end - longestComment)
  for (let at = view.byteLength - sizes.end; at >= first; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  return undefined
}

/** Content of an entry, or why there is none. */
export type EntryContent = { readonly content: Uint8Array } | { readonly problem: string }

/**
 * Reads an entry. It is unpacked no further than the size the archive states for it, and that no further than `most`.
 */
export async function readEntry(bytes: Uint8Array, entry: ZipEntry, most: number): Promise<EntryContent> {
  if (entry.method !== 0 && entry.method !== 8) return { problem: 'compressed by a method other than deflate' }
  if (entry.size > most) return { problem: `longer than ${most} bytes` }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset } = entry
  if (offset + sizes.local > bytes.length || view.getUint32(offset, true) !== 0x04034b50) return { problem: 'cut off' }
  const start = offset + sizes.local + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const packed = bytes.subarray(start, start + entry.compressedSize)
  if (packed.length < entry.compressedSize) return { problem: 'cut off' }
  const content = entry.method === 0 ? packed : await inflate(packed, entry.size)
  return content?.length === entry.size ? { content } : { problem: 'not as long as the archive says' }
}

async function inflate(packed: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  const body = new Response(packed).body
  if (!body || !DecompressionStream) return undefined
  const reader = body.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const content = new Uint8Array(size)
  let at = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || !value) return content.subarray(0, at)
      if (at + value.length > size) {
        await reader.cancel()
        return undefined
      }
      content.set(value, at)
      at += value.length
    }
  } catch {
    return undefined
  }
}
