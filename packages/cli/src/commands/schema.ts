import { Command, Option } from 'commander'

const editions = ['draft-07', '2020-12']

/** `agent-run schema`. */
export function schemaCommand(): Command {
  return new Command('schema')
    .summary('print the JSON Schemas, or say where they are')
    .description('The JSON Schemas of the standard, as installed with this program.')
    .addCommand(listCommand())
    .addCommand(printCommand())
    .addCommand(pathCommand())
    .addHelpText(
      'after',
      `
Examples
  $ agent-run schema list
  $ agent-run schema print step
  $ agent-run schema print agent-run --edition 2020-12 > agent-run.schema.json
  $ npx -p ajv-cli ajv validate -s "$(agent-run schema path agent-run)" -r "$(agent-run schema path)/*.json" -d run.json`,
    )
}

const editionOption = (): Option =>
  new Option('--edition <edition>', 'dialect of JSON Schema').choices(editions).default('draft-07')

const listCommand = (): Command =>
  new Command('list').description('The names of all schemas, and what each describes.').action(async () => {
    const { listSchemas } = await import('../schema/schema-files.ts')
    const schemas = listSchemas()
    const width = Math.max(...schemas.map(({ name }) => name.length)) + 2
    for (const { name, summary } of schemas) process.stdout.write(`${name.padEnd(width)}${summary}\n`)
  })

const printCommand = (): Command =>
  new Command('print')
    .description('Prints one schema as it is published.')
    .argument('<schema>', 'name of the schema, for example agent-run or step')
    .addOption(editionOption())
    .addHelpText('after', '\nExample\n  $ agent-run schema print step | jq .properties.type.enum')
    .action(async (name: string, { edition }: { edition: string }) => {
      const { readSchema } = await import('../schema/schema-files.ts')
      process.stdout.write(readSchema(name, edition))
    })

const pathCommand = (): Command =>
  new Command('path')
    .description('Prints where the schemas are on this machine: one file, or the folder.')
    .argument('[schema]', 'name of the schema; without one the folder')
    .addOption(editionOption())
    .addHelpText('after', '\nExample\n  $ cp -r "$(agent-run schema path)" schemas')
    .action(async (name: string | undefined, { edition }: { edition: string }) => {
      const { schemaPath } = await import('../schema/schema-files.ts')
      process.stdout.write(`${schemaPath(name, edition)}\n`)
    })
