import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { readSchemas } from '../schemas.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'conformance/cases/semantics')
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

describe('cases of the semantic rules', () => {
  const ajv = new Ajv({ allErrors: true })
  const isCase = ajv.compile(readJson(join(root, 'conformance/schemas/semantics-case.json')))
  const records = new Ajv({ schemas: [...readSchemas(root).values()].filter(({ $id }) => $id), strict: false })
  const isRecord = records.compile(readSchemas(root).get('agent-run.json'))

  for (const name of readdirSync(folder)) {
    it(`${name} has the form of a case file, and its records are valid by the schemas`, () => {
      const file = readJson(join(folder, name))
      isCase(file)
      expect(isCase.errors).toBeNull()
      for (const record of [...file.valid, ...file.invalid.map((invalid) => invalid.record)]) {
        isRecord(record)
        expect(isRecord.errors).toBeNull()
      }
    })
  }
})
