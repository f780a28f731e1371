import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json } from '../bytes/json.ts'

/**
 * Folder with the data of the suite: cases, vectors, profiles, scenarios and the list of requirements. In the repository
 * that is `conformance/`, in the published package its copy `data/`.
 * @throws {Error} if the package was unpacked without its data
 */
export const dataFolder = (): string => {
  const repository = fileURLToPath(new URL('../../../../', import.meta.url))
  const places = [
    // The copy is only as new as the last build; who works on the data wants to see what he writes.
    existsSync(join(repository, 'packages/conformance/package.json')) ? join(repository, 'conformance') : undefined,
    fileURLToPath(new URL('../../data', import.meta.url)),
  ]
  const found = places.find((place) => place !== undefined && existsSync(join(place, 'requirements.json')))
  if (found === undefined) throw new Error('the data of the suite are missing; install @agent-run/conformance again')
  return found
}

/** A JSON file of the data, named by its path in the data folder. */
export const readData = (path: string): Json => JSON.parse(readFileSync(join(dataFolder(), path), 'utf8')) as Json
