import {
  type Ask,
  alters,
  edits,
  isAt,
  isList,
  isListed,
  type Loose,
  type Mutant,
  misreads,
  type Reply,
} from './mutant.ts'
import { withQuery } from './query-text.ts'

/** Filters in another way than it should. */
const filters = (name: string, fault: string, parameter: string, when: (ask: Ask) => boolean = () => true): Mutant =>
  misreads(
    name,
    fault,
    (ask) => isList(ask) && ask.query.has(parameter) && when(ask),
    (ask) => ({ ...ask, url: withQuery(ask, (query) => query.delete(parameter)) }),
  )
const wholeSeconds = (value: string | null): string => (value ?? '').replace(/\.\d+/, '')

const selection: readonly Mutant[] = [
  ...[
    'status',
    'outcome',
    'task_id',
    'session_id',
    'turn_id',
    'parent_run_id',
    'tag',
    'model',
    'run_hash',
    'tool',
    'mcp_server',
    'target',
    'approval',
    'artifact',
    'has_error',
    'level',
    'side_effect',
    'since',
    'until',
  ].map((name) => filters(`filter_${name}_ignored`, `ignores the filter ${name}`, name)),
  filters('filter_agent_id_ignored', 'ignores the filter agent_id', 'agent_id'),
  alters(
    'filter_case_folded',
    'folds cases in filters',
    (ask, reply) => isListed(ask, reply) && ask.query.get('tag') === 'Red',
    edits((page) => {
      page.runs = []
    }),
  ),
  filters(
    'filter_wildcard',
    'compares task_id with LIKE',
    'task_id',
    (ask) => ask.query.get('task_id')?.includes('%') === true,
  ),
  filters(
    'filter_letters',
    'folds letters in filters',
    'task_id',
    (ask) => ask.query.get('task_id')?.includes('Ü') === true,
  ),
  misreads(
    'filter_last_tag',
    'takes the last of two tags',
    (ask) => ask.query.getAll('tag').length === 2,
    (ask) => ({ ...ask, url: withQuery(ask, (query) => query.set('tag', 'red')) }),
  ),
  filters('filter_or', 'selects what meets one of two filters', 'model', (ask) => ask.query.has('outcome')),
  misreads(
    'since_as_text',
    'compares since as a text',
    (ask) => ask.query.get('since')?.includes('+') === true,
    (ask) => ({
      ...ask,
      url: withQuery(ask, (query) => query.set('since', query.get('since')!.replace(/\+.*$/, 'Z'))),
    }),
  ),
  alters(
    'since_of_runs_as_text',
    'compares the times of runs as texts',
    (ask, reply) => isListed(ask, reply) && ask.query.get('since') === '2026-11-20T12:00:00Z',
    edits((page, ask) => {
      page.runs = page.runs.filter((run: Loose) => run.started_at >= ask.query.get('since')!)
    }),
  ),
  alters(
    'since_exclusive',
    'leaves out what started at since',
    (ask, reply) => isListed(ask, reply) && ask.query.has('since'),
    edits((page, ask) => {
      page.runs = page.runs.filter((run: Loose) => Date.parse(run.started_at) !== Date.parse(ask.query.get('since')!))
    }),
  ),
  misreads(
    'until_inclusive',
    'selects what started at until',
    (ask) => isList(ask) && ask.query.has('until') && !ask.query.has('since'),
    (ask) => ({
      ...ask,
      url: withQuery(ask, (query) => query.set('until', query.get('until')!.replace('00Z', '00.000000001Z'))),
    }),
  ),
  misreads(
    'since_whole_seconds',
    'compares whole seconds',
    (ask) => /\.\d/.test(ask.query.get('since') ?? ''),
    (ask) => ({ ...ask, url: withQuery(ask, (query) => query.set('since', wholeSeconds(query.get('since')))) }),
  ),
]

const leaderboards: readonly Mutant[] = (() => {
  const is = isAt('GET', '/api/v1/evals/leaderboard')
  const on = (ask: Ask, { status }: Reply): boolean => is(ask) && status === 200
  const groups = (name: string, fault: string, change: (group: Loose, ask: Ask) => void): Mutant =>
    alters(
      name,
      fault,
      on,
      edits((board, ask) => {
        for (const group of board.groups) change(group, ask)
      }),
    )
  return [
    alters(
      'leaderboard_of_its_own',
      'answers a list',
      on,
      edits((board) => board.groups),
    ),
    groups('leaderboard_unknown_is_zero', 'counts unknown costs as zero', (group) => {
      group.cost_known = group.runs
      group.cost_usd_total ??= 0
    }),
    groups('leaderboard_zero_is_unknown', 'takes a cost of zero for unknown', (group) => {
      if (group.cost_usd_total !== 0) return
      group.cost_known = 0
      delete group.cost_usd_total
    }),
    misreads(
      'leaderboard_always_by_agent',
      'groups by agent whatever is asked',
      (ask) => is(ask) && ask.query.has('by'),
      (ask) => ({ ...ask, url: withQuery(ask, (query) => query.delete('by')) }),
    ),
    groups('leaderboard_counts_history', 'counts every eval that ever was', (group) => {
      group.runs++
    }),
    alters(
      'leaderboard_worst_first',
      'lists the worst first',
      on,
      edits((board) => {
        board.groups.reverse()
      }),
    ),
  ]
})()

/** Filters and leaderboards. */
export const selectionMutants: readonly Mutant[] = [...selection, ...leaderboards]
