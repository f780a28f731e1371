import { runPackage } from '../starting/run-package.ts'

const server = { package: '@agent-run/server', bin: 'agent-run-server', what: 'the server' }

/** Runs `agent-run-server serve` until it ends, and returns its exit code. */
export const runServe = (args: readonly string[]): Promise<number> => runPackage(server, ['serve', ...args])
