import { approvalRoutes } from '../routes/approvals.ts'
import { batchRoutes } from '../routes/batch.ts'
import { discoveryRoutes } from '../routes/discovery.ts'
import { erasureRoutes } from '../routes/erasure.ts'
import { evalRoutes } from '../routes/evals.ts'
import { eventRoutes } from '../routes/events.ts'
import { healthRoutes } from '../routes/health.ts'
import { patchRoutes } from '../routes/patch.ts'
import { proofRoutes } from '../routes/proof.ts'
import { provenanceRoutes } from '../routes/provenance.ts'
import { queryRoutes } from '../routes/query.ts'
import { runRoutes } from '../routes/runs.ts'
import { stepRoutes } from '../routes/steps.ts'
import { streamRoutes } from '../routes/stream.ts'
import { verifyRoutes } from '../routes/verify.ts'
import type { RouteModule } from './context.ts'

/** Every file of routes. */
export const routeModules: readonly RouteModule[] = [
  discoveryRoutes,
  healthRoutes,
  runRoutes,
  batchRoutes,
  streamRoutes,
  patchRoutes,
  eventRoutes,
  stepRoutes,
  evalRoutes,
  provenanceRoutes,
  verifyRoutes,
  proofRoutes,
  approvalRoutes,
  queryRoutes,
  erasureRoutes,
]
