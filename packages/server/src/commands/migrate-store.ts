import { Command } from 'commander'
import { Failure } from '../config/failure.ts'
import { hint } from '../config/hint.ts'
import { moveStore } from '../move/move-store.ts'
import { checkPlace, openSide } from '../move/open-side.ts'
import { createProgress } from '../move/progress.ts'
import type { Side } from '../move/side.ts'
import { eventPositions, refuseInUse } from '../move/source-in-use.ts'
import { equalTotals, type Totals, totalLines, totalsOf } from '../move/totals.ts'
import { openStore } from '../store/open-store.ts'

/** `migrate-store FROM TO`: moves everything of a store into another, of whichever engine, and proves it. */
export const migrateStoreCommand = (): Command =>
  new Command('migrate-store')
    .description('copy everything of a store into another one, and compare the digests of both')
    .argument('<from>', 'sqlite:PATH or postgres://USER@HOST/DATABASE; stop its servers first')
    .argument('<to>', 'an empty one; its tables are made')
    .addHelpText(
      'after',
      `
Clients notice nothing: keys, cursors and the positions of events move too. May be stopped and begun again at any moment.
Example
  $ agent-run-server migrate-store sqlite:agent-run.db postgres://agent_run@db.example/agent_run`,
    )
    .action(async (from: string, to: string) => {
      if (from === to) throw new Failure('both are the same store')
      checkPlace(from, true)
      checkPlace(to, false)
      await refuseInUse(from)
      await prepare(from, 'the first store', false)
      await prepare(to, 'the second store', true)
      const positions = await copy(from, to, createProgress('runs copied'))
      const [before, after] = [await readTotals(from, 'runs read'), await readTotals(to, 'runs read back')]
      print('from', before)
      print('to', after)
      if (before.damaged.length + after.damaged.length > 0) {
        throw new Failure('some bodies or documents are not what their digests say')
      }
      if (positions !== (await withSide(from, eventPositions))) {
        throw new Failure('the source changed while it was copied; stop its servers and run it again')
      }
      if (!equalTotals(before, after)) {
        throw new Failure('the two stores differ; was one of them in use? Stop its servers and begin again')
      }
      process.stdout.write('equal\n')
    })

/** Makes the tables of an empty store; refuses one that is not of this version. */
const prepare = async (url: string, name: string, create: boolean): Promise<void> => {
  const store = await openStore(url, { create })
  try {
    const { pending, unknown } = await store.migrations()
    if (unknown.length > 0) throw new Failure(`a newer agent-run-server has migrated ${name}; use that one`)
    if (pending.length > 0) throw new Failure(`${name} is behind; first: ${hint(url, 'migrate', 'up')}`)
  } finally {
    await store.close()
  }
}

/** @returns how far the events of the source had come before */
const copy = (from: string, to: string, onRuns: (count: number) => void): Promise<string> =>
  withSide(from, async (source) => {
    const positions = await eventPositions(source)
    await withSide(to, (target) => moveStore(source, target, onRuns))
    return positions
  })

const withSide = async <Result>(url: string, work: (side: Side) => Promise<Result>): Promise<Result> => {
  const side = await openSide(url)
  try {
    return await work(side)
  } finally {
    await side.close()
  }
}

const readTotals = async (url: string, words: string): Promise<Totals> => {
  const progress = createProgress(words)
  const store = await openStore(url)
  try {
    let count = 0
    return await totalsOf(store, undefined, () => progress(++count))
  } finally {
    await store.close()
  }
}

const print = (name: string, totals: Totals): void => {
  process.stdout.write(
    `${name}\n${totalLines(totals)
      .map((line) => `  ${line}\n`)
      .join('')}`,
  )
}
