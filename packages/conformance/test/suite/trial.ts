import type { CaseOutcome, Profile, Report, Trial } from '../../src/suite/index.ts'
import { assembleReport } from '../../src/suite/index.ts'

/** A profile of four sentences: two of core (one a SHOULD), one each of two capabilities. */
export const profile: Profile = {
  profile: '9.9',
  roles: {
    server: {
      levels: [
        { name: 'core', capabilities: ['core'] },
        { name: 'full', capabilities: ['core', 'batch', 'erasure'] },
      ],
      requirements: {
        'AR-HTTP-001': { digest: 'sha256:1', capability: 'core' },
        'AR-HTTP-013': { digest: 'sha256:2', capability: 'core' },
        'AR-HTTP-030': { digest: 'sha256:3', capability: 'batch' },
        'AR-HTTP-130': { digest: 'sha256:4', capability: 'erasure' },
      },
    },
    emitter: { levels: [], requirements: {} },
    verifier: { levels: [], requirements: {} },
  },
}

/** How a case came out; the id is that of its requirement and a number. */
export const outcome = (requirement: string, status: CaseOutcome['status'], number = 1): CaseOutcome => ({
  id: `http/${requirement}/${number}`,
  requirement,
  status,
  messages: status === 'pass' ? [] : ['found one, expected another'],
  seconds: 0.01,
})

/** The report of a trial of a server that has core and batch. */
export const reportOf = (outcomes: readonly CaseOutcome[], more: Partial<Trial> = {}): Report =>
  assembleReport({
    role: 'server',
    profile,
    level: null,
    only: [],
    subject: { name: 'a server', version: '1', address: 'http://127.0.0.1:3000', capabilities: ['core', 'batch'] },
    seed: 'abc',
    started: new Date('2026-11-20T15:00:00Z'),
    ended: new Date('2026-11-20T15:00:04Z'),
    outcomes,
    baseline: null,
    suite: { name: 'suite', version: '1.0.0', data: 'sha256:0' },
    ...more,
  })
