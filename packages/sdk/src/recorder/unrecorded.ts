import type { LiveStep } from './live-step.ts'

/** What an agent's function gets where its step cannot be recorded: nothing it says is kept. */
export const unrecordedStep: LiveStep = {
  id: '',
  add: () => undefined,
  effect: () => undefined,
  artifact: () => undefined,
  evidence: () => undefined,
  firstToken: () => undefined,
}
