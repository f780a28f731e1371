import { visible } from '@agent-run/core/text'
import type { BenchApprovalAnswer, BenchCriterion, BenchPack, BenchScenario, BenchTool } from '@agent-run/types'
import { checkCriteria } from '../judge/index.ts'
import { fitsTool } from '../matching/tool-names.ts'
import { error, type PackFault, token, warning } from '../schema/fault.ts'
import { compileJsonSchema } from '../schema/json-schema.ts'
import type { PackEntry } from './pack-files.ts'

/** What is wrong with a pack that its schema accepts: names that are there twice or not at all, what does not compile, files. */
export const checkMeaning = (pack: BenchPack, entries: readonly PackEntry[]): readonly PackFault[] => {
  const tools = pack.tools ?? []
  return [
    ...twice(
      tools.map(({ name }) => name),
      '/tools',
      'name',
    ),
    ...twice(
      pack.scenarios.map(({ id }) => id),
      '/scenarios',
      'id',
    ),
    ...tools.flatMap((tool, index) => toolFaults(tool, `/tools/${index}`)),
    ...pack.scenarios.flatMap((scenario, index) =>
      scenarioFaults(scenario, new Set(tools.map(({ name }) => name)), entries, `/scenarios/${index}`),
    ),
    ...unused(pack),
    ...entries
      .filter(({ kind }) => kind === 'other')
      .map(({ path }) => error('', `${visible(path)} is neither a file nor a folder; a pack holds no links`)),
  ]
}

const twice = (names: readonly string[], path: string, member: string): readonly PackFault[] =>
  names.flatMap((name, index) =>
    names.indexOf(name) < index ? [error(`${path}/${index}/${member}`, `"${name}" is there already`)] : [],
  )

const unused = ({ tools = [], scenarios }: BenchPack): readonly PackFault[] =>
  tools.flatMap(({ name }, index) =>
    scenarios.some((scenario) => scenario.tools?.includes(name))
      ? []
      : [warning(`/tools/${index}`, `no scenario offers the tool "${name}"`)],
  )

const toolFaults = ({ input_schema, answers = [], name }: BenchTool, path: string): readonly PackFault[] => [
  ...(name === 'request_approval'
    ? [error(`${path}/name`, 'request_approval is the tool of the bench itself; expected another name')]
    : []),
  // A tool is a command on PATH: one of these would be looked up to start itself, for ever.
  ...(/^(node|env|sh)$/i.test(name)
    ? [error(`${path}/name`, `${name} is what starts the commands of tools; expected another name`)]
    : []),
  ...schemaProblem(input_schema, `${path}/input_schema`),
  ...answers.flatMap(({ when, writes = {}, result, error: message }, index) => [
    ...(when === undefined ? [] : schemaProblem(when, `${path}/answers/${index}/when`)),
    ...(result !== undefined && message !== undefined
      ? [error(`${path}/answers/${index}`, 'has both a result and an error')]
      : []),
    ...Object.entries(writes).flatMap(([file, text]) => {
      const place = `${path}/answers/${index}/writes/${token(file)}`
      if (typeof text !== 'string') return [error(place, 'expected the text of the file')]
      return isInside(file) ? [] : [error(place, 'leads out of the workspace')]
    }),
  ]),
]

const scenarioFaults = (
  scenario: BenchScenario,
  known: ReadonlySet<string>,
  entries: readonly PackEntry[],
  path: string,
): readonly PackFault[] => {
  const { tools = [], allowed_tools = [], approvals = [], workspace, criteria } = scenario
  return [
    ...twice(tools, `${path}/tools`, ''),
    ...tools.flatMap((name, index) =>
      known.has(name) ? [] : [error(`${path}/tools/${index}`, `the pack has no tool "${name}"`)],
    ),
    ...allowed_tools.flatMap((name, index) =>
      tools.includes(name)
        ? []
        : [error(`${path}/allowed_tools/${index}`, `"${name}" is not among the tools that are offered`)],
    ),
    ...approvals.flatMap((answer, index) => answerFaults(answer, tools, `${path}/approvals/${index}`)),
    ...workspaceFaults(workspace, entries, `${path}/workspace`),
    ...twice(
      criteria.map(({ name }) => name),
      `${path}/criteria`,
      'name',
    ),
    ...checkCriteria(criteria, `${path}/criteria`).map((fault) => error(fault.path, fault.message)),
    ...criteria.flatMap((criterion, index) => neverCalled(criterion, tools, `${path}/criteria/${index}`)),
    ...(criteria.every(({ required }) => required === false) && scenario.pass_score === undefined
      ? [warning(`${path}/criteria`, 'nothing is required and there is no pass_score: every trial passes')]
      : []),
  ]
}

/** Tools of a criterion over the ledger that this scenario does not offer: what is not there is never called. */
const neverCalled = (
  { kind, tool_name = [], preceded_by }: BenchCriterion,
  tools: readonly string[],
  path: string,
): readonly PackFault[] => {
  if (kind !== 'calls') return []
  const warn = (names: readonly string[], place: string): readonly PackFault[] =>
    names.flatMap((name, index) =>
      tools.some((tool) => fitsTool([name], tool))
        ? []
        : [warning(`${place}/${index}`, `"${visible(name)}" is not among the tools that are offered`)],
    )
  return [
    ...warn(tool_name, `${path}/tool_name`),
    ...warn(preceded_by?.tool_name ?? [], `${path}/preceded_by/tool_name`),
  ]
}

const answerFaults = (answer: BenchApprovalAnswer, tools: readonly string[], path: string): readonly PackFault[] => [
  ...(answer.arguments === undefined ? [] : schemaProblem(answer.arguments, `${path}/arguments`)),
  ...(answer.target === undefined || isExpression(answer.target)
    ? []
    : [error(`${path}/target`, 'is no regular expression of ECMAScript with the flag u')]),
  ...(answer.grant === undefined || answer.decision === 'approved'
    ? []
    : [error(`${path}/grant`, `stands beside the decision ${answer.decision}; only who approves can grant more`)]),
  ...(answer.grant === undefined || (answer.target === undefined && answer.arguments === undefined)
    ? []
    : [warning(`${path}/grant`, 'is for every later call of the tool, also with other arguments than these')]),
  ...(answer.tool_name === undefined || tools.length === 0 || tools.includes(answer.tool_name)
    ? []
    : [warning(`${path}/tool_name`, `"${visible(answer.tool_name)}" is not among the tools that are offered`)]),
]

const workspaceFaults = (
  workspace: string | undefined,
  entries: readonly PackEntry[],
  path: string,
): readonly PackFault[] => {
  if (workspace === undefined) return []
  if (!isInside(workspace)) return [error(path, 'leads out of the pack')]
  if (entries.some((entry) => entry.path === workspace && entry.kind === 'folder')) return []
  return [error(path, 'expected a folder of the pack; there is none of this name')]
}

const schemaProblem = (schema: unknown, path: string): readonly PackFault[] => {
  try {
    compileJsonSchema(schema)
    return []
  } catch (thrown) {
    return [
      error(path, `is no JSON Schema: ${visible(thrown instanceof Error ? thrown.message : 'it does not compile')}`),
    ]
  }
}

const isExpression = (text: string): boolean => {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

/** Whether a path with forward slashes stays below where it begins, on every system. */
const isInside = (path: string): boolean =>
  path !== '' && !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
