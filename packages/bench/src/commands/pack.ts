import { duration, visible, visibleName } from '@agent-run/core/text'
import { Command } from 'commander'
import { exit } from '../failure.ts'
import { checkPack, readPack } from '../pack/index.ts'
import { limitsOf } from '../run/limits.ts'
import type { LoadedPack } from '../trial.ts'

const listExamples = `
Examples
  $ agent-run bench list bench/packs/tool-discipline
  $ agent-run bench list bench/packs/tool-discipline --json | jq -r '.scenarios[].id'

Exit code
  0  listed
  2  it cannot be read, or is not right`

const checkExamples = `
Examples
  $ agent-run bench check bench/packs/*
  $ agent-run bench check packs/mine

Exit code
  0  right (there may be warnings)
  1  there are errors
  2  one cannot be read at all`

/** `agent-run-bench list`: what a pack holds. */
export const listCommand = (): Command =>
  new Command('list')
    .summary('what a pack holds')
    .description('Lists the scenarios of a benchmark pack.')
    .argument('<pack>', 'folder of the pack')
    .option('--json', 'for programs')
    .addHelpText('after', listExamples)
    .action((path: string, { json }: { readonly json?: true }) => {
      const loaded = readPack(path)
      process.stdout.write(json === true ? asJson(loaded) : asText(loaded))
      process.exitCode = exit.clean
    })

/** `agent-run-bench check`: whether packs are right. */
export const checkCommand = (): Command =>
  new Command('check')
    .summary('whether packs are right')
    .description('Checks benchmark packs: form, names, files, expressions and schemas.')
    .argument('<pack...>', 'folders of packs')
    .addHelpText('after', checkExamples)
    .action((paths: readonly string[]) => {
      let errors = 0
      for (const path of paths) {
        const checked = checkPack(path)
        errors += checked.errors
        for (const line of checked.lines) process.stdout.write(`${line}\n`)
        process.stdout.write(`${visibleName(path)}: ${verdict(checked)}\n`)
      }
      process.exitCode = errors > 0 ? exit.findings : exit.clean
    })

const verdict = ({ loaded, errors, warnings }: ReturnType<typeof checkPack>): string => {
  const found = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ')
  if (loaded === undefined) return found
  const { pack, digest } = loaded
  const holds = `${count(pack.scenarios.length, 'scenario')}, ${count(pack.tools?.length ?? 0, 'tool') || 'no tools'}`
  return `right, ${pack.id} ${pack.version}, ${holds}, ${digest.slice(0, 19)}…${found === '' ? '' : ` (${found})`}`
}

const count = (number: number, what: string): string =>
  number === 0 ? '' : `${number} ${what}${number === 1 ? '' : 's'}`

const asJson = ({ pack, digest }: LoadedPack): string => {
  const scenarios = pack.scenarios.map((scenario) => ({
    id: scenario.id,
    title: scenario.title,
    task_type: scenario.task_type,
    tools: scenario.tools ?? [],
    criteria: scenario.criteria.map(({ name, kind }) => ({ name, kind })),
    limits: limitsOf(pack, scenario),
  }))
  const { id, title, version, license } = pack
  return `${JSON.stringify({ id, title, version, license, digest, scenarios }, null, 2)}\n`
}

const asText = ({ pack, digest }: LoadedPack): string => {
  const width = Math.max(...pack.scenarios.map(({ id }) => id.length))
  const rows = pack.scenarios.flatMap((scenario) => {
    const { tools = [], criteria, approvals } = scenario
    const facts = [
      count(criteria.length, 'criterion').replace('criterions', 'criteria'),
      ...(tools.length > 0 ? [`tools ${tools.join(', ')}`] : []),
      ...(approvals === undefined ? [] : ['approvals']),
      `at most ${duration(limitsOf(pack, scenario).duration_ms)}`,
    ]
    return [
      `  ${scenario.id.padEnd(width)}  ${visible(scenario.title)}`,
      `  ${' '.repeat(width)}  ${facts.join(' · ')}`,
    ]
  })
  const head = [`${pack.id} ${visible(pack.version)}  ${visible(pack.title)}`, digest]
  const about = pack.description === undefined ? [] : [visible(pack.description)]
  return `${[...head, ...about, '', ...rows].join('\n')}\n`
}
