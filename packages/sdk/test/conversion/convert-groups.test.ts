import type { AgentRun } from '@agent-run/types'
import { expect, it } from 'vitest'
import { Accountant } from '../../src/conversion/account.ts'
import type { Adapter, AdapterAbout, Attacher } from '../../src/conversion/adapter.ts'
import { arrangeFiles, type ConvertibleFile } from '../../src/conversion/arrange-files.ts'
import { assembleConversion } from '../../src/conversion/assemble-conversion.ts'
import { type ConvertedGroup, convertGroups } from '../../src/conversion/convert-groups.ts'
import { addMessage } from '../../src/conversion/draft-steps.ts'
import { finishRun } from '../../src/conversion/finish-run.ts'
import { readHead } from '../../src/conversion/head.ts'
import { asString } from '../../src/conversion/json.ts'
import { boundsOf, readObjects } from '../../src/conversion/read-input.ts'
import type { ConversionReport } from '../../src/conversion/report.ts'
import { RunDraft } from '../../src/conversion/run-draft.ts'
import { createPreviewer } from '../../src/preview/index.ts'

const about: AdapterAbout = { format: 'toy', title: 'a toy', adapter: 'test/toy', notRecorded: ['Anything.'] }

/** One run for each line that has an id. */
const toy: Adapter = {
  ...about,
  recognises: ({ objects }) => objects.some(({ toy }) => toy === true),
  async convert(files, options = {}) {
    const runs: AgentRun[] = []
    const reads = []
    for await (const file of files)
      reads.push(
        await readObjects(file, boundsOf(options), (json, line) => {
          const id = asString(json.id)
          if (id === undefined) return { skipped: 'line without an id' }
          const draft = new RunDraft(id, createPreviewer(true))
          draft.book(line)
          addMessage(draft, 'user', { id: 'm', text: id }, { line })
          runs.push(finishRun(draft, { status: 'completed', about }))
          return 'mapped'
        }),
      )
    return assembleConversion({ about, reads, roles: reads.map(() => 'session'), runs, expected: 'lines with an id' })
  },
}

const tagger: Attacher = {
  ...about,
  format: 'tags',
  recognises: ({ objects }) => objects.some(({ tag }) => typeof tag === 'string'),
  async read() {
    let attached = 0
    return {
      attach: (run) => (run.id === 'b' ? { ...run, tags: [`tag ${++attached}`] } : run),
      report: () =>
        assembleConversion({ about: { ...about, format: 'tags' }, reads: [], roles: [], runs: [], expected: '' })
          .report,
    }
  },
}

const file = (name: string, text: string): ConvertibleFile => ({
  head: readHead(name, new TextEncoder().encode(text)),
  open: () => text,
})

const convertAll = async (files: ConvertibleFile[]) => {
  const arrangement = arrangeFiles(files, { adapters: [toy], attachers: [tagger] })
  const accountant = new Accountant()
  const attached: ConversionReport[] = []
  const groups: ConvertedGroup[] = []
  for await (const group of convertGroups(arrangement, {}, { onAttached: (report) => attached.push(report) })) {
    groups.push(group)
    accountant.add(group)
  }
  return { groups, attached, account: accountant.finish(arrangement.unrecognised.map(({ head }) => head.name)) }
}

it('converts group by group, leaves out runs that occurred before, and attaches what is said about them', async () => {
  const { groups, attached, account } = await convertAll([
    file('1', '{"toy":true}\n{"id":"a"}\n{"id":"b"}\n'),
    file('tags', '{"tag":"x"}\n'),
    file('2', '{"toy":true}\n{"id":"b"}\n{"id":"c"}\nnot json\n'),
    file('3', 'else'),
  ])
  expect(groups.map(({ runs, repeated }) => [runs.map(({ id }) => id), repeated])).toEqual([
    [['a', 'b'], 0],
    [['c'], 1],
  ])
  expect(groups[0]!.runs.map(({ tags }) => tags)).toEqual([undefined, ['tag 1']])
  expect(attached).toHaveLength(1)
  expect(account).toMatchObject({ ok: true, repeated_runs: 1, unrecognised: ['3'], totals: { runs: 3, steps: 3 } })
  const [report] = account.reports
  expect(report!.files.map(({ name }) => name)).toEqual(['1', '2'])
  expect(report!.findings.map(({ code, path }) => [code, path])).toEqual([
    ['convert.malformed_lines', '/files/1/malformed'],
  ])
})

it('a session without a turn is an error only where nothing else was found', async () => {
  const empty = '{"toy":true}\n'
  const alone = (await convertAll([file('1', empty)])).account
  expect(alone).toMatchObject({ ok: false })
  expect(alone.reports[0]!.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  const both = (await convertAll([file('1', empty), file('2', `${empty}{"id":"a"}\n`)])).account
  expect(both).toMatchObject({ ok: true })
  expect(both.reports[0]!.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'warning' }])
})

it('a file that cannot be read to its end is an error, whatever else was found', async () => {
  const broken: ConvertibleFile = {
    ...file('1', '{"toy":true}\n'),
    open: function* () {
      yield '{"id":"a"}\n'
      throw new Error('disk')
    },
  }
  const { account, groups } = await convertAll([broken])
  expect(groups[0]!.runs).toHaveLength(1)
  expect(account.ok).toBe(false)
  expect(account.reports[0]!.findings).toMatchObject([{ code: 'convert.unreadable', path: '/files/0' }])
})
