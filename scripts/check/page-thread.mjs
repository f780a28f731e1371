// The thread in which one page is checked.
import { parentPort, workerData } from 'node:worker_threads'
import { checkPage } from './markdown.mjs'

parentPort.postMessage(checkPage(workerData.root, workerData.page))
