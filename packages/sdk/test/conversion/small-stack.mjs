// Converts where a call takes fewer arguments than there are things in the input, as in a program that is nested deeply.
import { parentPort, workerData } from 'node:worker_threads'
import { adapters } from '@agent-run/sdk/adapters'

const { format, content, many } = workerData
let takesAll = true
try {
  Math.max(...Array.from({ length: many }, Number))
} catch {
  takesAll = false
}
const conversion = await adapters.find((adapter) => adapter.format === format)?.convert([{ name: 'x', content }])
parentPort?.postMessage({ takesAll, isOk: conversion?.report.ok, runs: conversion?.runs.length })
