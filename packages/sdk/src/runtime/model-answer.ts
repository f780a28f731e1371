import type { ModelAnswer, OpenStep, StepMembers } from '../recorder/index.ts'

/** What an answer of a model becomes in its step. */
export const answerMembers = ({ cost, model, response_id, stop_reason, output }: ModelAnswer): StepMembers => ({
  ...(cost === undefined ? {} : { cost }),
  ...(model === undefined ? {} : { model }),
  ...(response_id === undefined ? {} : { response_id }),
  ...(stop_reason === undefined ? {} : { stop_reason }),
  ...(output === undefined ? {} : { output }),
})

/** What is known of an answer that broke off: its counts are a lower bound. */
export const partMembers = (answer: ModelAnswer): StepMembers =>
  answerMembers({ ...answer, ...(answer.cost === undefined ? {} : { cost: { ...answer.cost, basis: 'lower_bound' } }) })

/** Ends a step whose work is somebody else's: what fails in recording it must not reach them. */
export const endQuietly = (step: OpenStep, members: StepMembers): Promise<void> =>
  step.end(members).catch(() => undefined)
