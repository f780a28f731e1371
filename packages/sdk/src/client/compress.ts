/** Octets in gzip, where the platform can do that and it is worth it; otherwise as they are. */
export async function compress(octets: Uint8Array): Promise<{ octets: Uint8Array; encoding?: 'gzip' }> {
  const Compression = globalThis.CompressionStream
  const plain = new Response(octets).body
  if (Compression === undefined || plain === null || octets.length < worthwhile) return { octets }
  const packed = await new Response(plain.pipeThrough(new Compression('gzip'))).arrayBuffer()
  return { octets: new Uint8Array(packed), encoding: 'gzip' }
}

/** Fewer octets fit into a packet or two anyway. */
const worthwhile = 1400
