import type { Step } from '@agent-run/types'
import {
  addCall,
  addThought,
  addWords,
  modelStep,
  type NativeStep,
  plainStep,
  resultStep,
  thoughtStep,
  wordsStep,
} from './native-step.ts'

/**
 * Arranges steps of a record as steps of a trajectory: a request to a model, its words and its calls are one step, in the
 * order in which things started. Each step of the record stands at one place.
 */
export function arrangeSteps(steps: readonly Step[]): NativeStep[] {
  const natives: NativeStep[] = []
  const byModelCall = new Map<string, NativeStep>()
  const push = (native: NativeStep): NativeStep => {
    natives.push(native)
    return native
  }
  const returns = returnsOf(steps)
  const placed = new Set(returns.values())
  for (const step of inOrderOfStart(steps)) {
    const native = step.model_call_id === undefined ? undefined : byModelCall.get(step.model_call_id)
    switch (step.type) {
      case 'model_call':
        byModelCall.set(step.id, push(modelStep(step)))
        break
      case 'reasoning':
        if (native && !native.slots.has('reasoning') && step.output_preview) addThought(native, step)
        else push(thoughtStep(step))
        break
      case 'tool_call':
      case 'input_request':
      case 'handoff':
        addCall(native ?? push(plainStep(step)), step, returns.get(step))
        break
      case 'tool_result':
        push(resultStep(step))
        break
      case 'message':
        if (step.role === 'tool') push(resultStep(step))
        else if (step.role !== 'assistant')
          push(
            wordsStep(step, step.role === 'user' ? 'user' : 'system', step.input_preview ?? step.output_preview ?? ''),
          )
        else if (native && !native.slots.has('message') && step.output_preview) addWords(native, step)
        else addWords(push(plainStep(step)), step)
        break
      default:
        if (!placed.has(step)) push(wordsStep(step, 'system', sayWhatHappened(step)))
    }
  }
  return natives
}

/** What came back from each hand-over; the first that names the same delegation, or the same run. */
function returnsOf(steps: readonly Step[]): Map<Step, Step> {
  const returns = new Map<Step, Step>()
  const backs = new Set(steps.filter(({ type }) => type === 'handoff_result'))
  for (const step of steps) {
    if (step.type !== 'handoff') continue
    const names = (back: Step): boolean =>
      step.delegation_id === undefined
        ? step.child_run_id !== undefined && back.child_run_id === step.child_run_id
        : back.delegation_id === step.delegation_id
    const back = [...backs].find(names)
    if (!back) continue
    returns.set(step, back)
    backs.delete(back)
  }
  return returns
}

/** By `seq` where every step has one; else as they stand. What an answer asked for comes after the answer. */
function inOrderOfStart(steps: readonly Step[]): readonly Step[] {
  const isNumbered = steps.every(({ seq }) => seq !== undefined)
  const start = new Map(steps.map((step, index) => [step.id, isNumbered ? (step.seq ?? 0) : index]))
  const asked = ({ model_call_id: id }: Step): number => (id === undefined ? -1 : (start.get(id) ?? -1))
  return steps
    .map((step) => ({ step, own: start.get(step.id) ?? 0, after: asked(step) }))
    .sort((a, b) => Math.max(a.own, a.after) - Math.max(b.own, b.after) || a.after - b.after || a.own - b.own)
    .map(({ step }) => step)
}

/** A step that ATIF has no kind of, in words. */
function sayWhatHappened({ type, error, error_type, input_preview, output_preview, model }: Step): string {
  const words = error ?? output_preview ?? input_preview ?? error_type ?? model
  return typeof words === 'string' && words.trim() !== '' ? `[${type}] ${words}` : `[${type}]`
}
