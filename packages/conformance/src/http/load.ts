import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpCase } from './case.ts'

/**
 * The cases in a folder such as `conformance/cases/http`: every JSON file in its subfolders, in the order of folder and
 * name. Files that stand in the folder itself are tables about the cases.
 */
export const loadHttpCases = (folder: string): readonly HttpCase[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((topic) =>
      readdirSync(join(folder, topic))
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => {
          const read = JSON.parse(readFileSync(join(folder, topic, name), 'utf8')) as Omit<HttpCase, 'id'>
          return { ...read, id: `http/${topic}/${name.slice(0, -'.json'.length)}` }
        }),
    )
