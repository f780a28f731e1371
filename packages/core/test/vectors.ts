import { readdirSync, readFileSync } from 'node:fs'

const folderOf = (name: string): URL => new URL(`../../../conformance/vectors/${name}/`, import.meta.url)

/** The vectors of one file below conformance/vectors. */
export const vectors = <T>(folder: string, file: string): readonly T[] =>
  JSON.parse(readFileSync(new URL(file, folderOf(folder)), 'utf8'))

/** Names of the vector files in a folder, and how many vectors its manifest promises for each. */
export const vectorFiles = (folder: string): { readonly names: readonly string[]; readonly manifest: unknown } => ({
  names: readdirSync(folderOf(folder)).filter((name) => name !== 'manifest.json'),
  manifest: JSON.parse(readFileSync(new URL('manifest.json', folderOf(folder)), 'utf8')),
})

/** What a folder's manifest should say, counted. */
export const counted = (folder: string): unknown => {
  const files = Object.fromEntries(vectorFiles(folder).names.map((name) => [name, vectors(folder, name).length]))
  return { files, total: Object.values(files).reduce((sum, count) => sum + count, 0) }
}

export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))
