import { cut, duration, styleOf, visible, visibleName, wantsColour } from '@agent-run/core/text'
import type { BenchTrial } from '@agent-run/types'
import { folderName } from '../terminal/folder-name.ts'
import { createProgress } from '../terminal/progress.ts'
import type { BenchListener } from './run-bench.ts'

/** Lines that are shown of what a runtime wrote before it ended without a record. */
const LAST_WORDS = 3

/** What of it is shown. */
export interface ListenerOptions {
  readonly quiet?: boolean
  /** Show what runtimes write. */
  readonly verbose?: boolean
  /** Undefined: where there is a terminal. */
  readonly color?: boolean
}

/** Tells how a bench run goes on: a line for each trial, and one that moves where there is a terminal. */
export const createListener = ({
  quiet = false,
  verbose = false,
  color,
}: ListenerOptions): BenchListener & { end(): void } => {
  const progress = createProgress(quiet)
  const style = styleOf(wantsColour({ option: color, env: process.env, isTerminal: process.stderr.isTTY === true }))
  const running = new Map<string, number>()
  let planned = 0
  let done = 0
  const say = (line: string): void => {
    progress.hide()
    if (!quiet) process.stderr.write(`${line}\n`)
  }
  const draw = (): void => {
    const names = [...running].map(([name, since]) => `${name} ${duration(performance.now() - since)}`)
    progress.update(`${done} of ${planned}  ${names.join('  ')}`)
  }
  const timer = setInterval(() => {
    if (running.size > 0) draw()
  }, 500)
  timer.unref()
  return {
    began: (run) => {
      planned = run.planned
      done = run.done
      const before = run.done > 0 ? `, ${run.done} of them are done` : ''
      say(
        `${run.planned} ${run.planned === 1 ? 'trial' : 'trials'}${before}, seed ${run.seed}, results in ${visibleName(folderName(run.out))}`,
      )
    },
    started: ({ name }) => {
      running.set(name, performance.now())
      draw()
    },
    finished: (trial, words) => {
      done++
      running.delete(`${trial.scenario}.${trial.repeat}`)
      say(lineOfTrial(trial, style))
      for (const line of words.split('\n').slice(-LAST_WORDS)) {
        if (line.trim() !== '' && !verbose) say(style.dim(cut(`       stderr: ${visible(line)}`, 160)))
      }
    },
    kept: (name, folder) => say(`  ${name} is kept in ${visibleName(folder)}`),
    warned: (message) => say(style.yellow(`warning: ${message}`)),
    ...(verbose
      ? {
          output: ({ name }, stream, octets) => {
            for (const line of Buffer.from(octets).toString('utf8').split('\n'))
              if (line.trim() !== '') say(style.dim(cut(`  ${name} ${stream}  ${visible(line)}`, 200)))
          },
        }
      : {}),
    end: () => {
      clearInterval(timer)
      progress.hide()
    },
  }
}

const lineOfTrial = (
  { pass, score, scenario, repeat, wall_ms, violations, criteria }: BenchTrial,
  style: ReturnType<typeof styleOf>,
): string => {
  const first = criteria.find((criterion) => !criterion.pass)?.name
  const why = violations[0]?.rule ?? (pass ? undefined : first)
  const mark = pass ? style.green('✓') : style.red('✗')
  const parts = [
    `${mark} ${String(Math.round(score)).padStart(3)}`,
    `${scenario}${repeat > 1 ? ` (${repeat})` : ''}`,
    style.dim(duration(wall_ms)),
  ]
  return [...parts, ...(why === undefined ? [] : [visible(why)])].join('  ')
}
