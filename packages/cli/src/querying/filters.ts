import { type RunFilter, readRunFilter } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import { type FilterOption, filterOptions, shortName, TIMES } from '../commands/query-options.ts'
import { Failure } from '../failure.ts'

/** Filters with their names on the wire. */
export type Parameters = readonly (readonly [name: string, value: string])[]

/** The filters that were given. Throws `Failure` for one that is given under both of its names. */
export function parametersIn(options: Readonly<Record<string, unknown>>, filters: readonly FilterOption[]): Parameters {
  return filters.flatMap(([name]): Parameters => {
    const short = shortName(name)
    const [full, other] = [options[attributeOf(name)], short === undefined ? undefined : options[short]]
    if (full !== undefined && other !== undefined) throw new Failure(`--${name.replaceAll('_', '-')} is given twice`)
    const value = full ?? other
    return [value]
      .flat()
      .filter((each) => typeof each === 'string')
      .map((each) => [name, isTime(name) ? timeOf(each) : each])
  })
}

/** The filters of runs, in both forms. Throws `Failure` for a value that cannot be meant. */
export function runFilterIn(options: Readonly<Record<string, unknown>>): { parameters: Parameters; filter: RunFilter } {
  const parameters = parametersIn(options, filterOptions)
  const read = readRunFilter(parameters)
  if (read.ok) return { parameters, filter: read.filter }
  const [finding] = read.findings
  if (isTime(finding?.path ?? '')) throw new Failure(`--${finding?.path}: the value is no time; expected ${TIMES}`)
  const hint = finding?.suggestion === undefined ? '' : ` (did you mean ${visible(finding.suggestion)}?)`
  throw new Failure(`--${(finding?.path ?? '').replaceAll('_', '-')}: ${finding?.message}${hint}`)
}

/** `turn_id` → `turnId`, as the command line keeps options. */
const attributeOf = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

const isTime = (name: string): boolean => name === 'since' || name === 'until'

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 }

/** A day is its beginning in UTC; `7d` is so long ago; anything else is as it is. */
const timeOf = (text: string): string => {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}T00:00:00Z`
  const ago = /^(\d{1,6})([mhdw])$/.exec(text)
  if (!ago) return text
  const ms = Number(ago[1]) * (SECONDS[ago[2] as string] as number) * 1000
  return new Date(Date.now() - ms).toISOString()
}
