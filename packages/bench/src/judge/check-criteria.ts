import type { BenchCriterion, BenchStepSelector } from '@agent-run/types'
import { compileJsonSchema } from '../schema/json-schema.ts'
import { compileExpression } from './content-rules.ts'
import { namesOf } from './folder-view.ts'
import { shown } from './words.ts'

/** What is wrong with a criterion of a pack. */
export interface CriterionFault {
  /** JSON Pointer. */
  readonly path: string
  /** What was found and what was expected. */
  readonly message: string
}

type Member = keyof BenchCriterion
type Kind = BenchCriterion['kind']

const everywhere: readonly Member[] = ['name', 'kind', 'description', 'weight', 'required', 'metadata']
const content: readonly Member[] = ['contains', 'lacks', 'matches', 'not_matches', 'ignore_case']
const number: readonly Member[] = ['min', 'max']

/** The members of each kind, beside those that all have. */
const members: Readonly<Record<Kind, readonly Member[]>> = {
  file: ['path', 'state', 'digest', ...content],
  tree: ['changed_only'],
  json: ['path', 'of', 'schema'],
  command: ['command', 'exit_code', 'timeout_ms', 'restore', ...content],
  text: ['path', 'of', ...content],
  steps: ['where', ...number, 'preceded_by', 'approval'],
  calls: ['tool_name', 'arguments', ...number, 'preceded_by', 'approved'],
  approvals: ['tool_name', ...number],
  cost: ['max_usd', 'max_total_tokens', 'max_output_tokens'],
  time: ['max_ms'],
  record: ['level', 'status', 'outcome', 'names_changes', 'names_calls'],
}

/** What a criterion of a kind needs: one of each list. */
const needed: Readonly<Record<Kind, readonly (readonly Member[])[]>> = {
  file: [['path']],
  tree: [['changed_only']],
  json: [['path', 'of'], ['schema']],
  command: [['command']],
  text: [
    ['path', 'of'],
    ['contains', 'lacks', 'matches', 'not_matches'],
  ],
  steps: [],
  calls: [],
  approvals: [],
  cost: [['max_usd', 'max_total_tokens', 'max_output_tokens']],
  time: [['max_ms']],
  record: [['level', 'status', 'outcome', 'names_changes', 'names_calls']],
}

/**
 * What is wrong with the criteria of a scenario that their schema accepts: members of another kind or none at all, expressions and
 * schemas that don't compile, paths that lead out of the workspace, bounds that nothing can meet.
 * @param pointer where the list stands
 */
export const checkCriteria = (criteria: readonly BenchCriterion[], pointer: string): CriterionFault[] =>
  criteria.flatMap((criterion, index) =>
    faultsOf(criterion).map(([place, message]) => ({ path: `${pointer}/${index}${place}`, message })),
  )

type Fault = readonly [place: string, message: string]

const faultsOf = (criterion: BenchCriterion): Fault[] => [
  ...memberFaults(criterion),
  ...contradictions(criterion),
  ...pathFaults(criterion),
  ...expressionFaults(criterion),
  ...schemaFaults(criterion),
]

const memberFaults = (criterion: BenchCriterion): Fault[] => {
  const { kind } = criterion
  const given = Object.keys(criterion).filter((name) => Object.hasOwn(kindsOf, name)) as Member[]
  const known = [...everywhere, ...members[kind]]
  return [
    ...given
      .filter((name) => !known.includes(name))
      .map((name): Fault => [`/${name}`, `is no member of the kind ${kind}, but of ${kindsOf[name]?.join(', ')}`]),
    ...needed[kind]
      .filter((choice) => !choice.some((name) => criterion[name] !== undefined))
      .map((choice): Fault => ['', `a criterion of the kind ${kind} needs ${choice.join(' or ')}`]),
  ]
}

/** The kinds that each member belongs to. */
const kindsOf: Readonly<Partial<Record<Member, Kind[]>>> = Object.fromEntries(
  [...new Set(Object.values(members).flat())].map((name) => [
    name,
    (Object.keys(members) as Kind[]).filter((kind) => members[kind].includes(name)),
  ]),
)

const contradictions = (criterion: BenchCriterion): Fault[] => {
  const { kind, path, of, state, min, max, approved, names_changes, names_calls } = criterion
  const faults: Fault[] = []
  if (path !== undefined && of !== undefined) faults.push(['/of', 'stands beside path; expected one of the two'])
  if (state === 'absent' && [...content, 'digest' as const].some((name) => criterion[name] !== undefined))
    faults.push(['/state', 'a file that is absent has no content; expected nothing said about it'])
  if (min !== undefined && max !== undefined && min > max) faults.push(['/min', 'is more than max'])
  for (const [name, value] of Object.entries({ approved, names_changes, names_calls }))
    if (value === false) faults.push([`/${name}`, 'false says nothing; expected true, or to be left out'])
  const { preceded_by } = criterion
  if (kind === 'steps' && [criterion.where, preceded_by].some((each) => each?.arguments !== undefined))
    faults.push(['', 'steps hold no arguments; expected the kind calls for that'])
  if (
    kind === 'calls' &&
    Object.keys(preceded_by ?? {}).some((name) => !['tool_name', 'arguments', 'metadata'].includes(name))
  )
    faults.push(['/preceded_by', 'of a call only tool_name and arguments are known'])
  return faults
}

const pathFaults = ({ path, changed_only = [], restore = [] }: BenchCriterion): Fault[] => {
  const paths: Fault[] = [
    ...(path === undefined ? [] : [['/path', path] as const]),
    ...changed_only.map((each, index) => [`/changed_only/${index}`, each] as const),
    ...restore.map((each, index) => [`/restore/${index}`, each] as const),
  ]
  return paths
    .filter(([, text]) => namesOf(text) === undefined)
    .map(([place]) => [place, 'is no path in the workspace; expected names with "/" between them'])
}

const expressionFaults = (criterion: BenchCriterion): Fault[] => {
  const { matches, not_matches, where, preceded_by } = criterion
  const sources = {
    '/matches': matches,
    '/not_matches': not_matches,
    '/where/target': where?.target,
    '/preceded_by/target': preceded_by?.target,
  }
  return Object.entries(sources).flatMap(([place, source]): Fault[] => {
    const problem = source === undefined ? undefined : problemOf(() => compileExpression(source))
    return problem === undefined ? [] : [[place, `is no regular expression: ${problem}`]]
  })
}

const schemaFaults = (criterion: BenchCriterion): Fault[] => {
  const argumentsOf = (selector: BenchStepSelector | undefined): unknown => selector?.arguments
  const schemas = {
    '/schema': criterion.schema,
    '/arguments': criterion.arguments,
    '/preceded_by/arguments': argumentsOf(criterion.preceded_by),
  }
  return Object.entries(schemas).flatMap(([place, schema]): Fault[] => {
    const problem = schema === undefined ? undefined : problemOf(() => compileJsonSchema(schema))
    return problem === undefined ? [] : [[place, `is no JSON Schema: ${problem}`]]
  })
}

const problemOf = (compile: () => unknown): string | undefined => {
  try {
    compile()
    return undefined
  } catch (error) {
    return shown(error instanceof Error ? error.message : 'it does not compile', 200)
  }
}
