// Preloaded before a harness: makes a mutant of the verifier that it speaks for.
import { register } from 'node:module'

register('./hooks.mjs', import.meta.url, { data: JSON.parse(process.env.AGENT_RUN_MUTANT) })
