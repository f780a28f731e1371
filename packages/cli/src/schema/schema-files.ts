import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { visible } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { nearestName } from '../terminal/nearest.ts'

/** Folder of the schemas in the installed `@agent-run/types`. */
const folder = (edition: string): string => {
  const draft07 = dirname(fileURLToPath(import.meta.resolve('@agent-run/types/schemas/agent-run.json')))
  return edition === 'draft-07' ? draft07 : join(draft07, edition)
}

const namesOf = (): string[] =>
  readdirSync(folder('draft-07'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))

/** Every schema with the first sentence of its description, the record first. */
export function listSchemas(): { name: string; summary: string }[] {
  return namesOf()
    .sort((a, b) => Number(b === 'agent-run') - Number(a === 'agent-run') || (a < b ? -1 : 1))
    .map((name) => {
      const { description } = JSON.parse(readSchema(name, 'draft-07')) as { description: string }
      return { name, summary: /^.*?[.:](?=\s|$)/.exec(description)?.[0].replace(/:$/, '.') ?? description }
    })
}

/** The text of a schema as it is published. Throws `Failure` for a name there is not. */
export function readSchema(name: string, edition: string): string {
  return readFileSync(schemaPath(name, edition), 'utf8')
}

/** Path of a schema; without a name that of the folder. Throws `Failure` for a name there is not. */
export function schemaPath(name: string | undefined, edition: string): string {
  if (name === undefined) return folder(edition)
  const wanted = name.replace(/\.json$/, '')
  const names = namesOf()
  if (names.includes(wanted)) return join(folder(edition), `${wanted}.json`)
  const near = nearestName(wanted, names)
  const hint = near === undefined ? 'agent-run schema list shows them all' : `did you mean ${near}?`
  throw new Failure(`there is no schema "${visible(name)}" (${hint})`)
}
