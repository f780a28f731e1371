import { Failure } from '../failure.ts'
import { stampOf } from '../indexing/stamp.ts'
import { expandArguments } from '../input/expand.ts'
import { timeOfDay } from '../receipt/moment.ts'
import { type Output, standardOutput } from '../terminal/output.ts'
import { watchInputs } from './watch-inputs.ts'

/** Draws once; what it writes is gathered. Returns remarks. */
type Draw = (screen: Output) => Promise<readonly string[]>

/** Takes away what the screen shows; what was scrolled out of it stays. */
const CLEAR = '\u001b[H\u001b[2J'

/**
 * Draws again whenever inputs change, until SIGINT or SIGTERM. On a terminal each drawing replaces the last one, with a
 * line below it that says that somebody is watching; elsewhere it is written if it differs. What is not there, or is no
 * run yet, is said and waited for.
 */
export async function redraw(
  names: readonly string[],
  { quiet = false }: { readonly quiet?: boolean | undefined },
  draw: Draw,
): Promise<void> {
  const ending = new AbortController()
  const end = (): void => ending.abort()
  for (const signal of SIGNALS) process.once(signal, end)
  let last = ''
  let said = ''
  const onChange = async (): Promise<void> => {
    let text = ''
    const screen: Output = {
      async write(part) {
        text += part
      },
      async close() {},
    }
    const remarks = await draw(screen).catch((error: unknown) => {
      if (error instanceof Failure) return [error.message]
      throw error
    })
    const isTerminal = process.stdout.isTTY === true && process.env['TERM'] !== 'dumb'
    const output = standardOutput()
    if (isTerminal) await output.write(`${CLEAR}${text}`)
    else if (text !== last) await output.write(text)
    last = text
    await output.close()
    const words = quiet ? '' : remarks.map((remark) => `agent-run: ${remark}\n`).join('')
    if (isTerminal || words !== said) process.stderr.write(words)
    said = words
    if (isTerminal && !quiet) process.stderr.write(`\nwatching, ${timeOfDay(new Date().toISOString())} – Ctrl-C ends\n`)
  }
  try {
    await watchInputs(names, { fingerprint: () => fingerprintOf(names), onChange, signal: ending.signal })
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, end)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const fingerprintOf = (names: readonly string[]): string => {
  const { sources, unusable } = expandArguments(names)
  const files = sources.map(({ name, path }) => [name, path === undefined ? '' : stampOf(path)?.text])
  return JSON.stringify([files, unusable.map(({ name, problem }) => [name, problem.message])])
}
