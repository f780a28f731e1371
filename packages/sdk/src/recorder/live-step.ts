import { validate } from '@agent-run/core'
import type { Artifact, ContentRef, Evidence, SideEffect, Step } from '@agent-run/types'
import type { Context } from './context.ts'
import { newSalt, protect, protectStep } from './protect.ts'
import { keepPlace } from './references.ts'
import type { StepMembers } from './run-start.ts'
import { keepSound } from './sound.ts'
import { claimCall, countOnce, finalStatus } from './step-claims.ts'
import { composeStep, contentRef, type Said, take } from './step-content.ts'
import { keepValid } from './valid.ts'

/** An artifact as its maker describes it. */
export interface ArtifactMade extends Partial<Pick<Artifact, 'name' | 'kind' | 'action' | 'metadata'>> {
  /** Its content, of which only digest and size are kept, or a reference to it. */
  readonly content?: Uint8Array | string | ContentRef
}

/** A step while it goes on. None of its functions throws, unless the recorder is strict. */
export interface LiveStep {
  /** Identifier of the step in the record. */
  readonly id: string
  /** Says more about the step; a member that is given again takes the place of the earlier one. */
  add(members: StepMembers): void
  /** Adds a side effect that was seen to happen. */
  effect(effect: Omit<SideEffect, 'salt' | 'private_hash'>): void
  /** Adds an artifact of this step; returns its id, `undefined` if it cannot be recorded. */
  artifact(artifact: ArtifactMade): string | undefined
  /** Adds evidence that this step produced: a test, a check. */
  evidence(evidence: Omit<Evidence, 'step_id'>): void
  /** Notes that the first token of a model's answer has come. */
  firstToken(): void
}

/** A step that its caller ends. */
export interface OpenStep extends LiveStep {
  /** Ends the step: `succeeded` unless said otherwise or an `error` is given. Resolves when that is acknowledged. */
  end(members?: StepMembers): Promise<void>
}

/** A step as the recorder drives it. */
export interface DrivenStep extends LiveStep {
  /** Shows it in the journal before it starts: what approvals and decisions name must be there. */
  announce(): void
  /** Replaces the hash of its arguments: somebody changed them before it started. */
  rehash(hash: string): void
  /** Says what came of asking whether it may run. */
  decide(approval: Step['approval']): void
  /** Notes the beginning of its execution. */
  start(): void
  /** Makes it final; the step as recorded, `undefined` if it cannot be. */
  finish(members: StepMembers): Step | undefined
}

/** What a tool call has before everything else. */
export interface HashedArguments {
  /** `undefined` for what no hash could tell from everything else. */
  readonly hash: string | undefined
  /** The salt they were hashed with: the step's. */
  readonly salt: string
}

/** Begins a step; it has not started yet. */
export function beginStep(
  context: Context,
  asked: Step['type'],
  members: StepMembers,
  { id = context.ids.next('step'), hashed }: { id?: string; hashed?: HashedArguments } = {},
): DrivenStep {
  const { clock, faults, log, random, state } = context
  const type = stepType(asked, faults)
  const salt = hashed?.salt ?? newSalt(random)
  let argumentsHash = hashed?.hash
  let approval: Step['approval']
  const listen = (more: StepMembers): Said => claimCall(context, { id, type }, { ...said, ...take(context, more) })
  let said: Said = {}
  said = listen(members)
  const effects: SideEffect[] = []
  let artifactIds: string[] = []
  let started: { readonly at: string; readonly ms: number; readonly seq: number } | undefined
  let isFinal = false
  state.begun.set(id, { type, order: state.begun.size })

  const compose = (status: NonNullable<Step['status']>, end?: { at: string; ms: number }): Step | undefined => {
    const own = {
      id,
      type,
      status,
      started_at: started?.at ?? null,
      ...(end === undefined ? {} : { ended_at: end.at }),
    }
    const measured = { seq: started?.seq, duration_ms: started && end ? end.ms - started.ms : undefined }
    const step = composeStep(context, { own, measured, argumentsHash, approval, said, effects, artifactIds })
    return step && protectStep(step, random, salt, argumentsHash !== undefined)
  }

  const show = (status: 'pending' | 'running'): void => {
    if (state.ended) return
    faults.guard('recorder.step_failed', 'the step cannot be recorded', () => {
      const step = compose(status)
      if (step) log.add('step.started', step)
    })
    state.open.set(id, { close: () => void finish({ status: 'interrupted' }) })
  }

  const finish = (more: StepMembers): Step | undefined => {
    if (isFinal) {
      faults.report('recorder.too_late', 'how a step ended that was over already is not recorded')
      return undefined
    }
    isFinal = true
    state.open.delete(id)
    if (state.ended) {
      faults.report('recorder.too_late', 'a step that ended after its run is not recorded')
      return undefined
    }
    return faults.guard('recorder.step_failed', 'the step cannot be recorded', () => {
      said = countOnce(context, type, listen(more))
      const step = compose(finalStatus(said, faults), { at: clock.time(), ms: clock.milliseconds() })
      if (step === undefined) return undefined
      state.steps.push(step)
      log.add('step.ended', step)
      const given = context.options.headEvery
      const every = typeof given === 'number' && Number.isFinite(given) ? given : 16
      if (every > 0 && state.steps.length % every === 0) log.addHead()
      return step
    })
  }

  const isOver = (what: string): boolean => {
    if (!isFinal && !state.ended) return false
    faults.report('recorder.too_late', `${what} of a step that has ended is not recorded`)
    return true
  }

  return {
    id,
    announce: () => show('pending'),
    rehash(hash) {
      argumentsHash = hash
    },
    decide(found) {
      approval = found
    },
    start() {
      started = { at: clock.time(), ms: clock.milliseconds(), seq: state.nextSeq++ }
      show('running')
    },
    finish,
    add(more) {
      if (!isOver('a member'))
        faults.guard('recorder.step_failed', 'what was said of a step cannot be recorded', () => {
          said = listen(more)
        })
    },
    effect(effect) {
      if (!isOver('an effect'))
        faults.guard('recorder.step_failed', 'a side effect cannot be recorded', () => {
          effects.push(context.cleaner.value({ basis: 'observed', ...effect }) as SideEffect)
        })
    },
    artifact(made) {
      if (isOver('an artifact')) return undefined
      return faults.guard('recorder.artifact_failed', 'the artifact cannot be recorded', () => {
        const artifactId = recordArtifact(context, made, id)
        if (artifactId !== undefined) artifactIds = [...artifactIds, artifactId]
        return artifactId
      })
    },
    evidence(evidence) {
      if (!isOver('evidence'))
        faults.guard('recorder.evidence_failed', 'the evidence cannot be recorded', () =>
          recordEvidence(context, { ...evidence, step_id: id }),
        )
    },
    firstToken() {
      if (started !== undefined) said = { ...said, first_token_ms: clock.milliseconds() - started.ms }
    },
  }
}

/** The type asked for; `other` for one that there is not, which only callers without type checks can ask for. */
const stepType = (asked: Step['type'], faults: Context['faults']): Step['type'] => {
  if (validate({ id: '-', type: asked, started_at: null }, { schema: 'step' }).ok) return asked
  faults.report('recorder.member_refused', 'there is no such type of step; it is recorded as other')
  return 'other'
}

/** A step that is over as soon as it has begun: words, a change of configuration, an error. */
export function recordMoment(context: Context, type: Step['type'], members: StepMembers): Step | undefined {
  if (context.state.ended) {
    context.faults.report('recorder.too_late', 'a step that comes after the end of its run is not recorded')
    return undefined
  }
  const step = beginStep(context, type, members)
  step.start()
  return step.finish({})
}

/** Records an artifact; its id, or `undefined` if it cannot be recorded. */
export function recordArtifact(context: Context, made: ArtifactMade, stepId?: string): string | undefined {
  const { cleaner, faults, ids, log, random, state } = context
  const { content, ...rest } = made
  const artifact = cleaner.value({ ...rest, id: ids.next('artifact'), step_id: stepId, content: contentRef(content) })
  const valid = keepValid('artifact', artifact as Artifact, faults)
  const around = (object: Artifact) => ({ artifacts: [object] })
  const sound = valid && keepSound('artifact', valid, { around, path: '/artifacts/0', essential: ['id'] }, faults)
  if (sound === undefined) return undefined
  const whole = protect('artifact', sound, random)
  state.artifacts.push(whole)
  state.artifactIds.add(whole.id)
  log.add('artifact', whole)
  return whole.id
}

/** Records evidence. */
export function recordEvidence(context: Context, evidence: Evidence): void {
  const { cleaner, faults, log, state } = context
  faults.guard('recorder.evidence_failed', 'the evidence cannot be recorded', () => {
    const valid = keepValid('evidence', cleaner.value(evidence) as Evidence, faults)
    const around = (object: Evidence) => ({ evidence: [object] })
    const sound = valid && keepSound('evidence', valid, { around, path: '/evidence/0', essential: ['kind'] }, faults)
    if (sound === undefined) return
    const placed = keepPlace(sound, context)
    state.evidence.push(placed)
    log.add('evidence', placed)
  })
}
