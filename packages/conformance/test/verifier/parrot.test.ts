import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Json } from '../../src/bytes/json.ts'
import { loadProfile } from '../../src/suite/index.ts'
import { compareResult } from '../../src/verifier/compare.ts'
import { harnessEnvironment } from '../../src/verifier/index.ts'
import { loadVectors } from '../../src/verifier/load.ts'
import { playVectors } from '../../src/verifier/play.ts'
import type { Vector } from '../../src/verifier/vector.ts'

const harness = join(import.meta.dirname, '../../../../examples/verifier/node/harness.mjs')

/** A verifier that answers a request as another of the same operation was answered: each case has to find it. */
it('every case refuses what is right for another case', async () => {
  const vectors = loadVectors(loadProfile('1.0').roles.verifier)
  const answers = new Map<Vector, Json>()
  const command = { command: [process.execPath, harness], environment: harnessEnvironment(process.env, []) }
  await playVectors({ ...command, startSeconds: 60, answerSeconds: 30 }, 300, {
    choose: () => vectors,
    onReply: (vector, reply) => reply.kind === 'result' && answers.set(vector, reply.result),
    onBroken: () => {},
    onUnreached: () => {},
  })
  expect(answers.size).toBe(vectors.length)
  const fooled = vectors.filter((vector) => {
    const others = vectors.filter(({ op }) => op === vector.op)
    return others.every((other) => compareResult(vector, answers.get(other) as Json, 'accountable').length === 0)
  })
  expect(fooled.map(({ id }) => id)).toEqual([])
})
