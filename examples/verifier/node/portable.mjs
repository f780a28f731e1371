// Module hooks that give @agent-run/core the engines it has in browsers, in place of those of node:crypto.
const PORTABLE = { '#ed25519': 'ed25519-portable.js', '#sha256': 'sha256-portable.js' }

export const resolve = (specifier, context, next) =>
  Object.hasOwn(PORTABLE, specifier)
    ? {
        url: new URL(`../../../packages/core/dist/bundle/${PORTABLE[specifier]}`, import.meta.url).href,
        shortCircuit: true,
      }
    : next(specifier, context)
