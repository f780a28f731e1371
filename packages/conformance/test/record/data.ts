import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../../conformance')

/** A JSON file of the data. */
// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own
export const data = (path: string): any => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'))

/** Names of the JSON files of a folder of the data, without manifest. */
export const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => name.endsWith('.json') && name !== 'manifest.json')
    .map((name) => `${folder}/${name}`)

/** The bytes of a value. */
export const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))

/** The registered values by place in the schemas, as spec/registry.md lists them. */
export const registry = (): Readonly<Record<string, readonly string[]>> => {
  const text = readFileSync(join(FOLDER, '../spec/registry.md'), 'utf8')
  const found: Record<string, readonly string[]> = {}
  for (const section of text.split('\n## ').slice(1)) {
    const values = [...section.matchAll(/^\| `([a-z0-9_.]+)` \|/gm)].map(([, value]) => value!)
    for (const [line] of section.matchAll(/^Places: .*$/gm))
      for (const [, place] of line.matchAll(/`([^`]+)`/g)) found[place!] = [...values].sort()
  }
  return found
}
