import { parentPort, workerData } from 'node:worker_threads'
import { Failure } from '../failure.ts'
import type { Part } from './part.ts'
import type { VerifySettings } from './settings.ts'
import { createThread } from './thread.ts'

// Messages: in parts, out their news; one part at a time.
const port = parentPort
if (port === null) throw new Error('this file is the program of a worker thread')
const thread = createThread(workerData as VerifySettings)
port.on('message', async (part: Part) => {
  try {
    const workOn = await thread
    for await (const news of workOn(part)) port.postMessage(news)
  } catch (error) {
    // Errors lose their class on the way.
    if (error instanceof Failure) port.postMessage({ failure: error.message })
    else throw error
  }
})
