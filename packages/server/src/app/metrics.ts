import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** What the server counts about itself. No label names a tenant, a key or an id. */
export interface Metrics {
  answered(method: string, route: string, status: number, seconds: number): void
  /** Runs taken in, by what became of them: created, same, conflict, invalid … */
  received(outcome: string, count?: number): void
  /** The exposition format of Prometheus, and its media type. */
  read(): Promise<{ readonly text: string; readonly type: string }>
}

/** Metrics of one server. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const duration = new Histogram({
    name: 'agent_run_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const runs = new Counter({
    name: 'agent_run_runs_received_total',
    help: 'Records that were sent, by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  return {
    answered: (method, route, status, seconds) => duration.observe({ method, route, status }, seconds),
    received: (outcome, count = 1) => runs.inc({ outcome }, count),
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  }
}
