import {
  alters,
  edits,
  isList,
  isListed,
  jsonReply,
  type Loose,
  type Mutant,
  misreads,
  parsed,
  problemReply,
} from './mutant.ts'
import { withQuery } from './query-text.ts'

const sorts = (name: string, fault: string, order: (a: Loose, b: Loose) => number): Mutant =>
  alters(
    name,
    fault,
    isListed,
    edits((page) => {
      page.runs.sort(order)
    }),
  )
const compare = (a: Loose, b: Loose): number => (a < b ? -1 : a > b ? 1 : 0)
const shows = (name: string, fault: string, change: (run: Loose) => void): Mutant =>
  alters(
    name,
    fault,
    isListed,
    edits((page) => {
      for (const run of page.runs) change(run)
    }),
  )

/** Pages of runs. */
export const pageMutants: readonly Mutant[] = [
  alters(
    'list_is_array',
    'answers an array',
    isListed,
    edits((page) => page.runs),
  ),
  shows('list_of_own_shape', 'leaves what it should say out of summaries', (run) => {
    delete run.steps_count
    delete run.sealed
  }),
  shows('list_with_steps', 'puts the steps into every page', (run) => {
    run.steps = []
  }),
  shows('list_shifted', 'shows the tags in the columns next to them', (run) => {
    if (run.tags?.includes('X')) [run.agent_id, run.model] = run.tags
  }),
  shows('list_without_cost', 'leaves the cost out of summaries', (run) => {
    delete run.cost
  }),
  sorts('list_oldest_first', 'lists the oldest first', (a, b) =>
    compare(a.started_at ?? a.received_at, b.started_at ?? b.received_at),
  ),
  sorts('list_by_reception', 'lists in the order of reception', (a, b) => -compare(a.received_at, b.received_at)),
  sorts('list_by_text', 'orders times as texts', (a, b) => -compare(a.started_at ?? '~', b.started_at ?? '~')),
  sorts(
    'list_by_seconds',
    'orders by whole seconds',
    (a, b) => -compare(String(a.started_at).slice(0, 19), String(b.started_at).slice(0, 19)) || compare(a.id, b.id),
  ),
  alters(
    'list_without_unknown_times',
    'leaves runs of unknown start out',
    isListed,
    edits((page) => {
      page.runs = page.runs.filter((run: Loose) => run.started_at !== null)
    }),
  ),
  alters(
    'list_empty_is_404',
    'answers 404 to a list without runs',
    (ask, reply) => isListed(ask, reply) && parsed(reply.body).runs.length === 0,
    () => problemReply(404, 'run.unknown'),
  ),
  alters(
    'pages_skip',
    'skips a run at the edge of two pages',
    (ask, reply) => isListed(ask, reply) && ask.query.has('cursor'),
    edits((page) => {
      page.runs = page.runs.slice(1)
    }),
  ),
  misreads(
    'pages_from_the_beginning',
    'begins every page at the beginning',
    (ask) => isList(ask) && ask.query.has('cursor'),
    (ask) => ({ ...ask, url: withQuery(ask, (query) => query.delete('cursor')) }),
  ),
  {
    name: 'pages_by_offset',
    fault: 'counts from the beginning of the list',
    handle: async (ask, forward) => {
      if (!isList(ask)) return forward(ask)
      const cursor = ask.query.get('cursor')
      if (cursor !== null && !/^offset\d+$/.test(cursor)) return forward(ask)
      const start = Number(cursor?.slice('offset'.length) ?? 0)
      const reply = await forward({
        ...ask,
        url: withQuery(ask, (query) => {
          query.delete('cursor')
          query.delete('limit')
        }),
      })
      const limit = Number(ask.query.get('limit') ?? 50)
      if (reply.status !== 200 || !(limit >= 1 && limit <= 200)) return cursor === null ? forward(ask) : reply
      return edits(({ runs, ...rest }) => {
        const { next: _next, ...page } = rest
        const more = runs.length > start + limit ? { next: `offset${start + limit}` } : {}
        return { ...page, runs: runs.slice(start, start + limit), ...more }
      })(reply, ask, new Map())
    },
  },
  alters('pages_by_time', 'goes on after the time of the last run', isListed, (reply, ask, memory) => {
    const agent = ask.query.get('agent_id')
    const { runs } = parsed(reply.body)
    const before = memory.get(agent ?? '')
    memory.set(agent ?? '', runs.at(-1)?.started_at)
    const lost = ask.query.has('cursor') && runs.length > 0 && runs[0].started_at === before
    return lost ? jsonReply(200, { runs: [] }) : reply
  }),
  alters(
    'pages_forget_filter',
    'forgets the filter after the first page',
    (ask, reply) => isListed(ask, reply) && ask.query.has('cursor') && ask.query.has('outcome'),
    edits((page) => {
      page.runs = [{ ...page.runs[0], id: 'another' }]
    }),
  ),
  alters(
    'pages_without_end',
    'gives a cursor with the last page',
    isListed,
    edits((page) => {
      page.next ??= 'more'
    }),
  ),
]
