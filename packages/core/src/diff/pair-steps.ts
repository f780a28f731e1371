import { align, type Effort } from './align.ts'
import type { StepView } from './step-view.ts'

/** Two steps that correspond, or one that stands alone. */
export type Row = { readonly before?: StepView; readonly after?: StepView }

/** Comparisons that aligning two runs may take: a tenth of a second or two. */
const EFFORT = 30_000_000

const KEYS = [
  (view: StepView): string => view.fingerprint,
  (view: StepView): string => view.subject,
  (view: StepView): string => view.kind,
]

/**
 * Lays steps side by side: those that agree; between them those that did the same kind of thing to the same thing; between
 * those, steps that did the same kind of thing. No pair crosses another.
 */
export const pairSteps = (
  old: readonly StepView[],
  fresh: readonly StepView[],
): { readonly rows: readonly Row[]; readonly isExact: boolean } => {
  const effort: Effort = { left: EFFORT }
  let isExact = true
  const rows: Row[] = []
  const fill = (before: readonly StepView[], after: readonly StepView[], rank: number): void => {
    const keyOf = KEYS[rank]
    if (keyOf === undefined || before.length === 0 || after.length === 0) {
      for (const view of before) rows.push({ before: view })
      for (const view of after) rows.push({ after: view })
      return
    }
    const numberOf = createNumbering()
    const aligned = align(
      before.map((view) => numberOf(keyOf(view))),
      after.map((view) => numberOf(keyOf(view))),
      effort,
    )
    isExact &&= aligned.isExact
    let [fromBefore, fromAfter] = [0, 0]
    for (const [i, j] of aligned.pairs) {
      fill(before.slice(fromBefore, i), after.slice(fromAfter, j), rank + 1)
      rows.push({ before: before[i]!, after: after[j]! })
      fromBefore = i + 1
      fromAfter = j + 1
    }
    fill(before.slice(fromBefore), after.slice(fromAfter), rank + 1)
  }
  fill(old, fresh, 0)
  return { rows, isExact }
}

/** Equal keys get equal numbers. */
const createNumbering = (): ((key: string) => number) => {
  const numbers = new Map<string, number>()
  return (key) => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  }
}
