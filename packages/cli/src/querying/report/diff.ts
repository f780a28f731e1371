import { cut, dollars, duration, grouped, pad, type Style, tokens, visible, wrap } from '@agent-run/core/text'
import type { Difference, NumberDifference, RunDiff, RunSummary, StepDifference, StepMention } from '@agent-run/types'
import { marks } from '../../receipt/headline.ts'
import { moment } from '../../receipt/moment.ts'
import { clean } from '../../receipt/pretty-receipt.ts'
import { excerpt } from '../../receipt/section.ts'
import { toneOf } from '../../receipt/verdict.ts'
import { whoWords } from './run-list.ts'
import { inMarkdown } from './table.ts'

/** How a comparison is laid out. */
export interface DiffLayout {
  readonly style: Style
  readonly width: number
  /** Whether long lists are shown whole. */
  readonly all: boolean
}

/** A part of a comparison: a title, what is said beside it, and lines with a sign. Not yet safe to print. */
interface Section {
  readonly name: SectionName
  readonly title: string
  readonly remark: string
  readonly lines: readonly Line[]
}

interface Line {
  readonly change: Difference['change'] | 'same'
  readonly text: string
  /** Belongs to the line above it. */
  readonly isDetail?: true
}

const SIGNS: Readonly<Record<Line['change'], string>> = { added: '+', removed: '-', changed: '~', same: ' ' }

/** So many lines of a section are shown where there is no page to fill. */
const SHOWN = 40

/** Lines of a whole comparison on a terminal, unless all is asked for. */
const PAGE = 60

/** Lines of a section on a terminal; what is left of the page is for the steps, and they have so many at least. */
const MOST: Readonly<Record<SectionName, number>> = {
  configuration: 8,
  results: 6,
  cost: 5,
  effects: 9,
  divergence: 8,
  steps: 8,
}

type SectionName = 'configuration' | 'results' | 'cost' | 'effects' | 'divergence' | 'steps'

/** So many commands are named among what changed outside. */
const COMMANDS = 5

/** A comparison for a terminal. */
export function diffText(diff: RunDiff, { style, width, all }: DiffLayout): string {
  const colours = { added: style.green, removed: style.red, changed: style.yellow, same: (text: string) => text }
  const head = headLines(diff).map(({ label, mark, tone, text, more }) => {
    const colour = { good: style.green, bad: style.red, open: style.cyan, unclear: style.yellow }[tone]
    // An id is never cut: it goes on in the next line.
    const lines = wrap(clean(text), width - 10).map((each, at) =>
      at === 0 ? `${pad(label, 8)}${colour(mark)} ${style.bold(each)}` : `${' '.repeat(10)}${style.bold(each)}`,
    )
    return [...lines, `${' '.repeat(10)}${style.dim(cut(clean(more), width - 10))}`].join('\n')
  })
  if (diff.against === null) return `${head.join('\n')}\n\n${wrap(NONE_KNOWN, width).join('\n')}\n`
  const lineTexts = ({ change, text, isDetail }: Line): string[] => {
    const indent = isDetail ? 8 : 4
    return firstLines(clean(text), width - indent, all ? Number.POSITIVE_INFINITY : 2).map((each, at) => {
      const sign = isDetail || at > 0 ? '' : colours[change](SIGNS[change])
      return at === 0 && !isDetail ? `  ${sign} ${each}` : `${' '.repeat(indent)}${isDetail ? style.dim(each) : each}`
    })
  }
  let used = head.join('\n').split('\n').length + 3
  const parts = sectionsOf(diff, all).map(({ name, title, remark, lines }) => {
    const [first = '', ...others] = remark === '' ? [] : wrap(clean(remark), width - title.length - 2)
    const heading = [
      `${style.bold(title)}${first && `  ${style.dim(first)}`}`,
      ...others.map((each) => style.dim(`${' '.repeat(title.length + 2)}${each}`)),
    ]
    const room = name === 'steps' ? Math.max(MOST.steps, PAGE - used - heading.length - 2) : MOST[name]
    const texts: string[] = []
    let shown = 0
    for (const line of lines) {
      const next = lineTexts(line)
      if (!all && texts.length + next.length > room) break
      texts.push(...next)
      shown++
    }
    const more = lines.slice(shown).filter(({ isDetail }) => !isDetail).length
    const rest = more > 0 ? [style.dim(`    … and ${grouped(more)} more: --all`)] : []
    const part = [...heading, ...texts, ...rest]
    used += part.length + 1
    return part.join('\n')
  })
  const last = wrap(suppressedWords(diff), width - 4).map((line, at) => style.dim(at === 0 ? line : `  ${line}`))
  const verdict = diff.same ? style.green('✓ no difference') : undefined
  return `${[head.join('\n'), ...(verdict ? [verdict] : []), ...parts, ...(last.join('') ? [last.join('\n')] : [])].join('\n\n')}\n`
}

const NONE_KNOWN =
  'No last good run is known: the record names no baseline, and no earlier run of the same agent with the same task, benchmark or repository has a passing eval or the outcome success.'

/** The first lines of a wrapped text; where some are left out, the last one says so. */
const firstLines = (text: string, width: number, most: number): string[] => {
  const lines = wrap(text, width)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(' '), width)]
}

const limited = (lines: readonly Line[], all: boolean): { kept: readonly Line[]; more: number } => {
  if (all || lines.length <= SHOWN) return { kept: lines, more: 0 }
  return { kept: lines.slice(0, SHOWN), more: lines.slice(SHOWN).filter(({ isDetail }) => !isDetail).length }
}

/** One difference a line, cells set apart by tabs: for programs that cut. */
export function diffLines(diff: RunDiff): string {
  const row = (...cells: (string | number | null | undefined)[]): string =>
    `${cells.map((cell) => visible(cell === null ? 'unknown' : String(cell ?? '–'))).join('\t')}\n`
  const list = (part: string, differences: readonly Difference[] = []): string =>
    differences
      .map(({ change, name, subject, before, after }) => row(part, SIGNS[change], name, subject, before, after))
      .join('')
  const steps = (diff.steps ?? []).map(({ change, before, after, differences = [] }) =>
    row(
      'step',
      SIGNS[change],
      stepNumber(before),
      stepNumber(after),
      stepWords(before ?? after),
      changesOf(differences),
    ),
  )
  const numbers = (diff.cost ?? []).map(({ name, before, after }) => row('cost', '~', name, undefined, before, after))
  return [
    list('configuration', diff.configuration),
    ...steps,
    list('result', diff.results),
    list('effect', diff.effects),
    ...numbers,
  ].join('')
}

/** A comparison for a pull request. */
export function diffMarkdown(diff: RunDiff, all: boolean): string {
  const head = headLines(diff).map(
    ({ label, mark, text, more }) => `- **${label}** ${mark} ${inMarkdown(text)} – ${inMarkdown(more)}`,
  )
  if (diff.against === null) return `${head.join('\n')}\n\n${NONE_KNOWN}\n`
  const parts = sectionsOf(diff, all).map(({ title, remark, lines }) => {
    const { kept, more } = limited(lines, all)
    const items = kept.map(({ change, text, isDetail }) =>
      isDetail ? `  - ${inMarkdown(text)}` : `- \`${SIGNS[change]}\` ${inMarkdown(text)}`,
    )
    return [
      `**${title}**${remark && ` ${inMarkdown(remark)}`}`,
      [...items, ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n'),
    ].join('\n\n')
  })
  const last = suppressedWords(diff)
  return `${[head.join('\n'), ...(diff.same ? ['No difference.'] : []), ...parts, ...(last ? [inMarkdown(last)] : [])].join('\n\n')}\n`
}

interface HeadLine {
  readonly label: string
  readonly mark: string
  readonly tone: ReturnType<typeof toneOf>
  readonly text: string
  /** When it was, who it was. */
  readonly more: string
}

const headLines = ({ before, after, criterion, run_id, against }: RunDiff): HeadLine[] => {
  const line = (label: string, run: RunSummary | undefined, id: string, why = ''): HeadLine => {
    if (run === undefined) return { label, mark: marks.unclear, tone: 'unclear', text: id, more: '' }
    const tone = toneOf(run.status, run.outcome)
    const when = run.started_at === null ? 'start not recorded' : moment(run.started_at)
    return { label, mark: marks[tone], tone, text: `${run.status}  ${id}${why}`, more: `${when} · ${whoWords(run)}` }
  }
  const why = criterion === undefined ? '' : ` (last good: ${CRITERIA[criterion]})`
  return [
    ...(against === null ? [] : [line('before', before, against, why)]),
    line(against === null ? 'run' : 'after', after, run_id),
  ]
}

const CRITERIA: Readonly<Record<NonNullable<RunDiff['criterion']>, string>> = {
  baseline: 'named as baseline',
  task: 'same task',
  benchmark: 'same benchmark',
  repository: 'same repository',
}

const sectionsOf = (diff: RunDiff, all: boolean): Section[] => {
  const { configuration = [], steps = [], results = [], effects = [], cost = [], counts, alignment, divergence } = diff
  const section = (name: SectionName, title: string, lines: readonly Line[], remark = ''): Section[] =>
    lines.length === 0 && remark === '' ? [] : [{ name, title, remark, lines }]
  const acts = steps.filter((step) => !isMereCall(step))
  const stepRemark = counts
    ? [
        `${counts.same} agree`,
        ...(['changed', 'added', 'removed'] as const).flatMap((name) =>
          counts[name] > 0 ? [`${counts[name]} ${name}`] : [],
        ),
        ...(acts.length < steps.length
          ? [`${steps.length - acts.length} of them requests to a model, not listed`]
          : []),
        ...(alignment === 'bounded' ? ['they differ so much that not every pairing was tried'] : []),
      ].join(' · ')
    : ''
  return [
    ...section(
      'configuration',
      'Configuration',
      configuration.map(settingLine),
      configuration.length === 0 ? 'the same' : '',
    ),
    ...section('results', 'What came of it', results.map(settingLine)),
    ...section('cost', 'What it took', cost.map(numberLine)),
    ...section('effects', 'What changed outside', ...effectLines(effects, all)),
    ...(divergence ? section('divergence', 'They part', divergenceLines(divergence)) : []),
    ...section('steps', 'Steps', acts.flatMap(stepLines), stepRemark),
  ]
}

/** Effects, of commands the first few and how many there are. */
const effectLines = (effects: readonly Difference[], all: boolean): [Line[], string] => {
  const commands = effects.filter(({ name }) => name === 'exec')
  if (all || commands.length <= COMMANDS) return [effects.map(settingLine), '']
  const others = effects.filter(({ name }) => name !== 'exec')
  const remark = `${grouped(commands.length)} commands, the first ${COMMANDS} are named (--all)`
  return [[...others, ...commands.slice(0, COMMANDS)].map(settingLine), remark]
}

/** Whether it is one request to a model more or less, which by itself does nothing. */
const isMereCall = ({ change, before, after }: StepDifference): boolean => {
  const { type, status = 'succeeded' } = (before ?? after) as StepMention
  return change !== 'changed' && type === 'model_call' && status === 'succeeded'
}

const settingLine = ({ change, name, subject, before, after }: Difference): Line => {
  const what = [NAMES[name] ?? name.replaceAll(/[_.]/g, ' '), subject === undefined ? undefined : excerpt(subject, 120)]
  const values =
    change === 'changed'
      ? `${valueWords(before)} → ${valueWords(after)}`
      : ((change === 'added' ? after : before) ?? '')
  return {
    change,
    text: [what.filter(Boolean).join(' '), change === 'changed' ? values : valueWords(values)]
      .filter(Boolean)
      .join('  '),
  }
}

/** What members are called in a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  input_preview: 'input',
  mcp_server: 'MCP server',
  side_effects: 'effects',
}

const VALUE = 160

/** A value on one line; of a digest its beginning. */
const valueWords = (value: string | undefined): string =>
  value === undefined
    ? 'not recorded'
    : excerpt(
        value.replace(/\b(sha256:[0-9a-f]{8})[0-9a-f]{56}\b/g, '$1…').replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…'),
        VALUE,
      )

const divergenceLines = ({ before, after, differences = [] }: StepDifference): Line[] => [
  { change: 'removed', text: before ? `before  ${stepNumber(before)}  ${stepWords(before)}` : 'before  had ended' },
  { change: 'added', text: after ? `after   ${stepNumber(after)}  ${stepWords(after)}` : 'after   had ended' },
  ...differences.map((difference): Line => ({ ...settingLine(difference), isDetail: true })),
]

const stepLines = ({ change, before, after, differences = [] }: StepDifference): Line[] => {
  const numbers = change === 'changed' ? `${stepNumber(before)} → ${stepNumber(after)}` : stepNumber(before ?? after)
  return [
    { change, text: `${numbers}  ${stepWords(change === 'changed' ? before : (after ?? before))}` },
    ...(differences.length > 0 ? [{ change, text: changesOf(differences), isDetail: true as const }] : []),
  ]
}

/** Steps are counted from 1 for people. */
const stepNumber = (step: StepMention | undefined): string => (step === undefined ? '–' : String(step.index + 1))

const stepWords = (step: StepMention | undefined): string => {
  if (step === undefined) return ''
  const { type, tool_name, agent_id, status, about } = step
  const name = tool_name ?? type.replaceAll('_', ' ')
  const words = [name, about === undefined ? undefined : `"${excerpt(about, 80)}"`, agent_id && `by ${agent_id}`]
  return `${words.filter(Boolean).join(' ')}${status === undefined || status === 'succeeded' ? '' : `, ${status}`}`
}

const changesOf = (differences: readonly Difference[]): string =>
  differences
    .map(
      ({ name, before, after }) =>
        `${NAMES[name] ?? name.replaceAll('_', ' ')} ${valueWords(before)} → ${valueWords(after)}`,
    )
    .join('; ')

const numberLine = ({ name, before, after }: NumberDifference): Line => {
  const show = (number: number | null | undefined): string => {
    if (number === undefined) return 'not recorded'
    if (number === null) return 'unknown'
    if (name === 'cost_usd') return dollars(number)
    if (name.endsWith('_ms')) return duration(number)
    return name.endsWith('_tokens') ? tokens(number) : number.toLocaleString('en')
  }
  const share =
    typeof before === 'number' && typeof after === 'number' && before > 0
      ? `  (${after >= before ? '+' : '−'}${Math.abs(((after - before) / before) * 100).toFixed(0)} %)`
      : ''
  const title = name.replace(/_usd$|_ms$/, '').replaceAll('_', ' ')
  return { change: 'changed', text: `${title}  ${show(before)} → ${show(after)}${share}` }
}

/** What was found and is not listed. */
const suppressedWords = ({ suppressed = [] }: RunDiff): string => {
  if (suppressed.length === 0) return ''
  const words = suppressed.map(({ reason, count, first }) => {
    const from = reason === 'texts' && first !== undefined ? ` (from step ${first + 1} on)` : ''
    return `${REASONS[reason]} ${grouped(count)}${from}`
  })
  return `Not listed, since no two runs agree in them: ${words.join(' · ')}`
}

const REASONS: Readonly<Record<NonNullable<RunDiff['suppressed']>[number]['reason'], string>> = {
  identifiers: 'ids',
  times: 'times',
  seals: 'hashes and signatures',
  texts: 'words and outputs',
  consumption: 'consumption of steps',
  configuration: 'what the configuration says already',
  reads: 'things read',
  erased: 'erased members',
  limit: 'beyond the limit of a list',
}
