import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { createSigner, seedToJwk } from '@agent-run/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyFile, loadSigner } from '../../src/keys/index.ts'

const seed = new Uint8Array(32).fill(5)
const { did } = createSigner(seed)
const passphrase = 'correct horse – battery staple'
const message = new TextEncoder().encode('message')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-keys-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const path = (name: string) => join(folder, name)

describe.each(['encrypted_pem', 'pem', 'jwk'] as const)('a key file in the format %s', (format) => {
  it('is private, and gives the signer back', async () => {
    const file = path(`${format}.key`)
    expect(await createKeyFile(file, { format, seed, passphrase })).toEqual({ did })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const signer = await loadSigner(file, { passphrase })
    expect(signer.did).toBe(did)
    expect(await signer.sign(message)).toEqual(createSigner(seed).sign(message))
  })

  it('is never overwritten', async () => {
    await expect(createKeyFile(path(`${format}.key`), { format, passphrase })).rejects.toMatchObject({
      code: 'key.exists',
    })
  })

  it('is refused if others may read or change it', async () => {
    const file = path(`${format}-open.key`)
    await createKeyFile(file, { format, seed, passphrase })
    for (const mode of [0o640, 0o604, 0o620, 0o666, 0o610]) {
      chmodSync(file, mode)
      const error = await loadSigner(file, { passphrase }).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'key.permissions' })
      expect(String(error)).toContain('chmod 600')
    }
    symlinkSync(file, path(`${format}-link.key`))
    await expect(loadSigner(path(`${format}-link.key`), { passphrase })).rejects.toMatchObject({
      code: 'key.permissions',
    })
    chmodSync(file, 0o400)
    expect((await loadSigner(file, { passphrase })).did).toBe(did)
  })
})

describe('an encrypted key file', () => {
  it('is what OpenSSL understands, with many rounds', async () => {
    const pem = readFileSync(path('encrypted_pem.key'), 'utf8')
    const key = createPrivateKey({ key: pem, format: 'pem', passphrase })
    expect(new Uint8Array(sign(null, message, key))).toEqual(createSigner(seed).sign(message))
    const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64')
    expect(der.includes(Buffer.from([0x02, 0x03, 0x09, 0x27, 0xc0]))).toBe(true)
  })

  it('takes its passphrase from a text, a callback or the environment', async () => {
    const file = path('encrypted_pem.key')
    for (const source of [
      { passphrase },
      { passphrase: () => passphrase },
      { passphrase: async () => passphrase },
      { env: { AGENT_RUN_PASSPHRASE: passphrase } },
      { passphrase: () => undefined, env: { AGENT_RUN_PASSPHRASE: passphrase } },
    ])
      expect((await loadSigner(file, source)).did).toBe(did)
  })

  it('needs the right one', async () => {
    const file = path('encrypted_pem.key')
    await expect(loadSigner(file)).rejects.toMatchObject({ code: 'key.passphrase_missing' })
    await expect(loadSigner(file, { passphrase: 'wrong' })).rejects.toMatchObject({ code: 'key.passphrase_wrong' })
    await expect(createKeyFile(path('none.key'))).rejects.toMatchObject({ code: 'key.passphrase_missing' })
  })

  it('is asked for a passphrase only if it needs one', async () => {
    const ask = () => {
      throw new Error('asked')
    }
    expect((await loadSigner(path('pem.key'), { passphrase: ask })).did).toBe(did)
  })
})

describe('what is no key file', () => {
  const contents: [string, string][] = [
    ['nothing', ''],
    ['text', 'hello'],
    ['a public JWK', JSON.stringify({ ...seedToJwk(seed), d: undefined })],
    ['halves of two keys', JSON.stringify({ ...seedToJwk(seed), d: seedToJwk(new Uint8Array(32).fill(6)).d })],
    [
      'another kind of key',
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIAUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUF\n-----END PRIVATE KEY-----\n',
    ],
  ]
  it.each(contents)('is refused without being quoted: %s', async (name, content) => {
    const file = path(`bad-${name}`)
    writeFileSync(file, content, { mode: 0o600 })
    const error = (await loadSigner(file).catch((reason: unknown) => reason)) as Error
    expect(error).toMatchObject({ code: 'key.invalid' })
    if (content) expect(inspect(error, { depth: 9 })).not.toContain(content.trim().split('\n').at(-2) ?? content)
  })

  it('is refused if it is not there or is a folder', async () => {
    await expect(loadSigner(path('missing'))).rejects.toMatchObject({ code: 'key.unreadable' })
    await expect(loadSigner(folder)).rejects.toMatchObject({ code: 'key.unreadable' })
  })
})

it('never waits for a pipe in the place of a key', async () => {
  execFileSync('mkfifo', ['-m', '600', path('pipe.key')])
  await expect(loadSigner(path('pipe.key'), { passphrase })).rejects.toMatchObject({ code: 'key.unreadable' })
  await expect(loadSigner('/dev/null', { passphrase })).rejects.toMatchObject({ code: 'key.unreadable' })
})

it('leaves nothing behind where it cannot be written whole', async () => {
  // A limit on the size of files stands in for a full disk.
  const keys = new URL('../../dist/keys/index.js', import.meta.url)
  const program = `
    import { createKeyFile } from '${keys}'
    process.on('SIGXFSZ', () => undefined)
    await createKeyFile(process.argv[1], { passphrase: 'p' }).catch((error) => console.log(error.code))`
  const file = path('no-room.key')
  const shell = 'ulimit -f 0; exec "$0" --input-type=module -e "$1" "$2"'
  const { stdout } = spawnSync('sh', ['-c', shell, process.execPath, program, file], { encoding: 'utf8' })
  expect(stdout.trim()).toBe('key.unwritable')
  expect(existsSync(file)).toBe(false)
})

describe('a passphrase', () => {
  it('is the same however its letters are composed', async () => {
    const file = path('composed.key')
    await createKeyFile(file, { seed, passphrase: 'caf\u00e9' })
    expect((await loadSigner(file, { passphrase: 'cafe\u0301' })).did).toBe(did)
    const { privateKey } = generateKeyPairSync('ed25519')
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'cafe\u0301' } as const
    writeFileSync(path('other.key'), privateKey.export(cipher), { mode: 0o600 })
    expect((await loadSigner(path('other.key'), { passphrase: 'cafe\u0301' })).did).toMatch(/^did:key:/)
  })

  it.each([4711, { hush: 4711 }, ['4711'], 4711n])('that is no text is refused without being quoted', async (given) => {
    const source = { passphrase: given as never }
    const errors = await Promise.all(
      [loadSigner(path('encrypted_pem.key'), source), createKeyFile(path('never.key'), source)].map((work) =>
        work.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    )
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'key.passphrase_missing' })
      expect(inspect(error, { depth: 9 })).not.toContain('"4711"')
      expect((error as Error).message).not.toContain('4711')
    }
    expect(existsSync(path('never.key'))).toBe(false)
  })
})

it('shows its key to nobody', async () => {
  const signer = await loadSigner(path('pem.key'))
  const shown = inspect(signer, { depth: 9, showHidden: true }) + JSON.stringify(signer)
  expect(shown).not.toContain(seedToJwk(seed).d)
  expect(shown).not.toContain('5, 5, 5')
})
