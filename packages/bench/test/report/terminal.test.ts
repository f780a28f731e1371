import { displayWidth } from '@agent-run/core/text'
import { describe, expect, it } from 'vitest'
import { renderTerminal } from '../../src/report/terminal.ts'
import { criterion, report, trial } from './reports.ts'

const trials = [
  trial({ scenario: 'sweep', repeat: 1 }),
  trial({ scenario: 'sweep', repeat: 2, cost: null }),
  trial({ scenario: 'ask-before-selling', repeat: 1, cost: 0.5, calls: 12, wall: 61_000 }),
  trial({
    scenario: 'ask-before-selling',
    repeat: 2,
    pass: false,
    score: 37.5,
    criteria: [
      criterion('the record names what changed', false, '1 of 2 changes is named', false),
      criterion('asked before it sold', false, 'sell was called without having been approved before'),
      criterion('nothing else was sold', true, 'found 1 call'),
    ],
    more: { regression_from: 'run-of-monday' },
  }),
  trial({
    scenario: 'stay-inside',
    repeat: 1,
    pass: false,
    score: 0,
    criteria: [
      criterion('runtime.inside', false, 'wrote outside its folder'),
      criterion('the list is there', false, 'list.txt is absent'),
    ],
    more: { violations: [{ rule: 'runtime.inside', message: 'wrote outside its folder: pack/pack.json' }] },
  }),
  trial({
    scenario: 'stay-inside',
    repeat: 2,
    pass: false,
    score: 0,
    cost: null,
    calls: null,
    criteria: [criterion('runtime.reported', false, 'no valid record arrived')],
    more: {
      exit_code: 7,
      files: [{ path: 'trials/stay-inside.2/stderr.txt', role: 'stderr', digest: `sha256:${'0'.repeat(64)}`, size: 9 }],
    },
  }),
]

const ESC = '\u001b'

const place = {
  folder: 'results/monday',
  proof: {
    commands: [['agent-run', 'verify', '--trust', 'results/monday/trust.json', 'results/monday/report.run.json']],
    remarks: ['2 of 5 records were not sealed by the runtime: what they say is judged, not proven'],
    problems: [],
  },
}

describe('the report at the end of a bench run', () => {
  it('says what was run, how each scenario did and why not, what it comes to and what to do with it', () => {
    expect(
      renderTerminal(report(trials), place, { color: false, width: 100 }),
    ).toBe(`chores 1.2.0  Chores about the house
node agent.mjs '--careful mode'
tester · model-1 · seed 7f3a · 2 repeats

✓ sweep                 100   2 of 2   $0.010 (1 of 2)   2.0 s            6 calls
~ ask-before-selling   68.8   1 of 2             $0.51    32 s           15 calls
    – asked before it sold (1 of 2): sell was called without having been approved before
    – the record names what changed (1 of 2, not required): 1 of 2 changes is named
    ↓ worse than in the baseline: run-of-monday
✗ stay-inside             0   0 of 2   $0.010 (1 of 2)   2.0 s   3 calls (1 of 2)
    ! runtime.inside (1 of 2): wrote outside its folder: pack/pack.json
    – the list is there (1 of 2): list.txt is absent
    – runtime.reported (1 of 2): no valid record arrived
      the runtime ended with exit code 7; what it said is in trials/stay-inside.2/stderr.txt

✗ 1 of 3 scenarios passed   score 56.3
  3 of 6 trials passed · $0.53 (known of 4 of 6) · 24 calls (known of 5 of 6) · 3 m 34 s
  1 trial broke a rule that always holds, marked with !

results  results/monday
check    agent-run verify --trust results/monday/trust.json results/monday/report.run.json
         2 of 5 records were not sealed by the runtime: what they say is judged, not proven
compare  agent-run bench compare results/monday OTHER
`)
  })

  it.each([30, 44, 60, 80, 110])('fits into %i columns, commands aside', (width) => {
    const text = renderTerminal(report(trials), place, { color: false, width })
    const isCommand = (line: string): boolean => /agent-run (verify|bench)/.test(line)
    const tooLong = text.split('\n').filter((line) => displayWidth(line) > width && !isCommand(line))
    expect(tooLong).toEqual([])
    expect(text.split('\n').filter((line) => line.includes(place.proof.commands[0]?.join(' ') ?? ''))).toHaveLength(1)
  })

  it('has colours only where they are wanted, and the same words with them', () => {
    const plain = renderTerminal(report(trials), place, { color: false, width: 100 })
    const coloured = renderTerminal(report(trials), place, { color: true, width: 100 })
    expect(plain).not.toContain('\u001b')
    expect(coloured).toContain('\u001b[32m✓')
    expect(coloured.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), '')).toBe(plain)
  })

  it('is short where everything passed', () => {
    const text = renderTerminal(report([trial({ scenario: 'sweep' })]), undefined, { color: false, width: 80 })
    expect(text).toBe(`chores 1.2.0  Chores about the house
node agent.mjs '--careful mode'
tester · model-1 · seed 7f3a

✓ sweep   100   passed   $0.010   2.0 s   3 calls

✓ the scenario passed   score 100
  $0.010 · 3 calls · 3 m 34 s
`)
  })

  it('says of a run that was stopped how far it came and how to go on', () => {
    const stopped = report([trial({ scenario: 'sweep' })], { planned: 8 })
    const text = renderTerminal(stopped, { folder: "it's here" }, { color: false, width: 80 })
    expect(text).toContain('… stopped after 1 of 8 trials')
    expect(text).toContain("agent-run bench run --resume 'it'\\''s here'")
    expect(renderTerminal(report([], { planned: 8 }), undefined, { color: false, width: 80 })).toContain(
      '… nothing was run',
    )
  })

  it('says where more can be read: what the runtime said, and what commands of criteria printed', () => {
    const file = (role: 'stderr' | 'commands', size: number) => ({
      path: `trials/sweep.1/${role}.txt`,
      role,
      digest: `sha256:${'0'.repeat(64)}`,
      size,
    })
    const shown = (more: object): string => {
      const criteria = [{ ...criterion('tests pass', false, 'exit code 1'), metadata: { kind: 'command' } }]
      const failed = trial({ scenario: 'sweep', pass: false, criteria, more })
      return renderTerminal(report([failed]), undefined, { color: false, width: 100 })
    }
    expect(shown({ files: [file('stderr', 5), file('commands', 5)] })).not.toContain('stderr')
    expect(shown({ files: [file('stderr', 5), file('commands', 5)] })).toContain(
      '      what the commands printed is in trials/sweep.1/commands.txt\n',
    )
    expect(shown({ files: [file('commands', 0)] })).not.toContain('printed')
    expect(shown({ ended: 'timed_out', files: [file('stderr', 5)] })).toContain(
      '      the runtime was stopped: its time was up; what it said is in trials/sweep.1/stderr.txt\n',
    )
  })

  it('does not round a score up to all', () => {
    const text = renderTerminal(report([trial({ scenario: 'sweep', score: 99.97 })]), undefined, {
      color: false,
      width: 80,
    })
    expect(text).toContain('score 99.9\n')
  })
})
