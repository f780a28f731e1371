import { detach } from '../../preview/index.ts'

/** A short key of a text by which two copies of it are recognised. */
export function textKey(text: string): string {
  const trimmed = text.trim()
  let hash = 0
  for (let at = 0; at < trimmed.length; at++) hash = (Math.imul(hash, 31) + trimmed.charCodeAt(at)) | 0
  return `${trimmed.length}:${hash}:${detach(trimmed.slice(0, 64).toWellFormed())}`
}
