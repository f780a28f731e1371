import { digest } from '../../../src/bytes/digest.ts'
import { journals, type Loose, type Mutant, rechain, resealed, signed } from './mutant.ts'

const isChained = (line: Loose): boolean => !('private' in line)
const last = (lines: Loose[], type: string): number => lines.findLastIndex((line) => line.type === type)

/** Changes the data of the last line of a type, and chains anew. */
const changed = (lines: Loose[], type: string, change: (data: Loose) => Loose): Loose[] => {
  const index = last(lines, type)
  return lines.map((line, each) => (each === index ? { ...line, data: change(line.data) } : line))
}

const unsealed = (lines: Loose[]): Loose[] => lines.filter(({ type }) => type !== 'run.sealed')

/** Runtimes whose journals are wrong. */
export const journalMutants: readonly Mutant[] = [
  journals('line_of_another_sort', 'plain_calls', 'writes a line that is no line of a journal', (lines) => [
    ...unsealed(lines),
    '{"log":"done"}',
  ]),
  journals(
    'number_left_out',
    'plain_calls',
    'leaves a number out',
    (lines) => {
      const made = rechain(unsealed(lines))
      const end = made.findLastIndex(isChained)
      return made.map((line, index) => (index === end ? { ...line, seq: line.seq + 1 } : line))
    },
    { chain: false },
  ),
  journals(
    'chain_broken',
    'plain_calls',
    'edits a line afterwards',
    (lines) => {
      const index = lines.findIndex(({ type }) => type === 'step.started')
      return lines.map((line, each) => (each === index ? { ...line, at: '2020-01-01T00:00:00Z' } : line))
    },
    { chain: false },
  ),
  journals('no_beginning', 'plain_calls', 'does not say who works', (lines) => {
    const { agent_id: _, ...data } = lines[0].data
    return [{ ...lines[0], data }, ...lines.slice(1)]
  }),
  journals(
    'head_of_another',
    'plain_calls',
    'lets another key sign a head',
    (lines) => {
      const made = rechain(lines)
      const index = last(made, 'head')
      made[index] = { ...made[index], data: signed('head', made[index].data, 'approver') }
      return relink(made, index)
    },
    { chain: false },
  ),
  journals(
    'head_edited',
    'plain_calls',
    'edits a head',
    (lines) => {
      const made = rechain(lines)
      const index = last(made, 'head')
      made[index] = { ...made[index], data: { ...made[index].data, at: '2020-01-01T00:00:00Z' } }
      return relink(made, index)
    },
    { chain: false },
  ),
  journals(
    'head_miscounts',
    'plain_calls',
    'counts steps wrong in a head',
    (lines) => {
      const made = rechain(lines)
      const index = last(made, 'head')
      made[index] = { ...made[index], data: signed('head', { ...made[index].data, steps_count: 9 }, 'recorder') }
      return relink(made, index)
    },
    { chain: false },
  ),
  journals('stray_private_line', 'plain_calls', 'writes private members of nothing', (lines) => [
    ...lines,
    { private: `sha256:${'0'.repeat(64)}`, salt: '0'.repeat(64), input_preview: 'x' },
  ]),
  journals('goes_on_after_seal', 'plain_calls', 'goes on after the seal', (lines) => [
    ...lines,
    { at: '2026-11-21T00:00:00Z', type: 'run.updated', data: { tags: ['late'] } },
  ]),
  journals(
    'resumes_elsewhere',
    'paused',
    'goes on from another line',
    (lines) => {
      const made = rechain(unsealed(lines))
      const index = last(made, 'run.resumed')
      made[index] = { ...made[index], data: { ...made[index].data, seq: 0 } }
      return relink(made, index)
    },
    { chain: false },
  ),
  journals('step_ends_twice', 'plain_calls', 'ends a step twice', (lines) => {
    const [ended] = lines.filter(({ type }) => type === 'step.ended')
    return [...lines.filter(({ type }) => type !== 'run.sealed' && type !== 'head'), { ...ended }]
  }),
  journals(
    'tells_another_story',
    'plain_calls',
    'writes another outcome into the journal',
    (lines) => changed(lines, 'run.updated', (data) => ({ ...data, outcome: 'partial' })),
    { record: true },
  ),
  journals(
    'end_of_another',
    'plain_calls',
    'names another end of the journal',
    (lines) => {
      const made = rechain(lines)
      const index = last(made, 'run.sealed')
      const { provenance } = made[index].data
      made[index] = {
        ...made[index],
        data: { ...made[index].data, provenance: { ...provenance, journal_head: `sha256:${'0'.repeat(64)}` } },
      }
      return made
    },
    { chain: false },
  ),
]

/** Chains what follows a changed line, whatever that line says. */
const relink = (lines: Loose[], from: number): Loose[] => {
  let prev: string | undefined
  return lines.map((line, index) => {
    if (!isChained(line)) return line
    const linked = index > from && prev !== undefined ? { ...line, prev } : line
    const made = linked.type === 'run.sealed' ? { ...linked, data: resealed(linked.data, linked.prev) } : linked
    prev = digest(JSON.stringify(made))
    return made
  })
}
