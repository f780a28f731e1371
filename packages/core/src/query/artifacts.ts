import type { AgentRun, ArtifactEntry } from '@agent-run/types'

/** Which artifacts are asked for; all that is given must hold. */
export interface ArtifactQuery {
  /**
   * The human's turn: that of the step the artifact came from, or of the run where the step names none. Artifacts of child
   * runs that name no turn themselves are asked for without it.
   */
  readonly turnId?: string
  /** Digest of the content. */
  readonly digest?: string
}

/** The artifacts of a run as `GET /artifacts` and `agent-run query artifacts` list them, in the order of the record. */
export const artifactsOf = (run: AgentRun, { turnId, digest }: ArtifactQuery = {}): readonly ArtifactEntry[] => {
  const { artifacts } = run
  if (artifacts === undefined || artifacts.length === 0) return []
  const named = new Set(artifacts.map(({ step_id }) => step_id))
  const steps = new Map(run.steps.filter(({ id }) => named.has(id)).map((step) => [step.id, step]))
  const entries: ArtifactEntry[] = []
  for (const artifact of artifacts) {
    const step = artifact.step_id === undefined ? undefined : steps.get(artifact.step_id)
    const turn = step?.turn_id ?? run.turn_id
    if (turnId !== undefined && turn !== turnId) continue
    if (digest !== undefined && artifact.content?.digest !== digest) continue
    const at = step?.ended_at ?? step?.started_at ?? run.started_at
    entries.push({
      run_id: run.id,
      ...(turn === undefined ? {} : { turn_id: turn }),
      agent_id: step?.agent_id ?? run.agent_id,
      ...(typeof at === 'string' ? { at } : {}),
      artifact,
    })
  }
  return entries
}
