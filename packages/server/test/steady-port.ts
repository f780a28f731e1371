import { createServer } from 'node:net'

/** Ports that Linux, macOS and Windows give to nobody who asks for any. */
const [LOWEST, HIGHEST] = [10_240, 32_767]

/**
 * A free port for a server that is killed and comes back on it. Of those that port 0 gives, another process might have got
 * it meanwhile.
 */
export const steadyPort = async (): Promise<string> => {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1))
    if (await isFree(port)) return String(port)
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
