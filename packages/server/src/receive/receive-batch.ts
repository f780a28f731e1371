import type { BatchResult } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problemOf } from '../app/faults.ts'
import { describeFault } from '../app/observe.ts'
import { type Problem, problem } from '../app/problem.ts'
import { answerStored, type RunAnswer, refused } from './answer-run.ts'
import { type Received, receiveRun } from './receive-run.ts'
import type { Line } from './split-lines.ts'

/** Most lines that are stored in one commit. */
const GROUP_LINES = 100
/** Octets of lines that are held for one commit; the last line may go beyond. */
export const GROUP_OCTETS: number = 4 * 1024 * 1024

/**
 * Takes the lines of a batch in and yields their results as NDJSON, in their order, a group at a time (AR-HTTP-070,
 * AR-HTTP-071). What ends the body early ends the results with a line that says so; before the first result it is
 * thrown, and nothing was stored.
 * @throws Problem 400, 408, 413
 */
export async function* receiveBatch(
  lines: AsyncIterable<Line>,
  context: AppContext,
  tenant: string,
): AsyncGenerator<string, void, void> {
  const { batch_lines, line_octets } = context.limits
  let number = 0
  let answered = 0
  let group: (Received | Problem)[] = []
  let octets = 0
  const flush = async (): Promise<string> => {
    const answers = await answerGroup(group, context, tenant)
    const text = answers.map((answer, index) => resultLine(answered + index + 1, answer)).join('')
    answered += group.length
    group = []
    octets = 0
    return text
  }
  try {
    for await (const line of lines) {
      number += 1
      if (number > batch_lines)
        throw problem(413, 'batch.too_many_lines', {
          detail: `expected at most ${batch_lines} lines`,
          limit: batch_lines,
        })
      if ('tooLong' in line)
        group.push(
          problem(413, 'body.too_large', {
            detail: `expected a line of at most ${line_octets} octets`,
            limit: line_octets,
          }),
        )
      else {
        group.push(await receiveRun(line.octets, context))
        octets += line.octets.length
      }
      if (group.length >= GROUP_LINES || octets >= GROUP_OCTETS) yield await flush()
    }
  } catch (error) {
    if (answered === 0) throw error
    // The lines that arrived whole count, and the client learns where it stands.
    if (group.length > 0) yield await flush()
    yield resultLine(answered + 1, refused('invalid', problemOf(error)))
    return
  }
  if (group.length > 0) yield await flush()
}

/** Stores what can be stored in one call. */
const answerGroup = async (
  group: readonly (Received | Problem)[],
  context: AppContext,
  tenant: string,
): Promise<readonly RunAnswer[]> => {
  const { store, metrics, log } = context
  const received = group.filter((item): item is Received & { ok: true } => 'ok' in item && item.ok)
  let answers: readonly RunAnswer[]
  try {
    const results =
      received.length === 0
        ? []
        : await store.insertRuns(
            tenant,
            received.map(({ run }) => run),
          )
    answers = await Promise.all(received.map((item, index) => answerStored(store, tenant, item, results[index]!)))
  } catch (error) {
    const found = problemOf(error)
    log.error({ code: found.code, fault: describeFault(found.details.cause) }, 'failed')
    answers = received.map(() => refused('failed', found))
  }
  let next = 0
  return group.map((item) => {
    const answer =
      'ok' in item
        ? item.ok
          ? (answers[next++] as RunAnswer)
          : refused('invalid', item.problem)
        : refused('invalid', item)
    metrics.received(answer.outcome)
    return answer
  })
}

const resultLine = (line: number, answer: RunAnswer): string => {
  const result: BatchResult = {
    line,
    status: answer.status,
    ...('problem' in answer ? { problem: answer.problem.toJSON() } : { receipt: answer.receipt }),
  }
  return `${JSON.stringify(result)}\n`
}
