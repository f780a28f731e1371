let isServer = false

/** From now on the program goes on where nobody reads its output any more: it has other work. */
export const outliveReaders = (): void => {
  isServer = true
}

/**
 * Ends the program quietly once nobody reads its output any more, as after `| head`. The exit code stays what it is by
 * then, 2 where the job was not done.
 */
export const watchReaders = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      if (!isServer) process.exit(process.exitCode ?? 2)
    })
}
