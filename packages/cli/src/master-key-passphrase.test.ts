import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialName, passphraseFrom } from './master-key-passphrase.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-passphrase-'))
  await writeFile(join(folder, credentialName), 'from a credential\n')
  await writeFile(join(folder, 'file'), 'from a file\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const none = {}

test('comes from the file, without its last line break, and is read anew each time', async () => {
  const masterKeyPassphraseFile = join(folder, 'changing')
  const source = passphraseFrom({ masterKeyPassphraseFile }, none)
  for (const text of ['one', 'two']) {
    await writeFile(masterKeyPassphraseFile, `${text}\n`)
    expect((await source?.())?.reveal()).toBe(text)
  }
})

test('comes from what the command prints', async () => {
  const masterKeyPassphraseCommand = `cat '${join(folder, 'file')}'`
  expect((await passphraseFrom({ masterKeyPassphraseCommand }, none)?.())?.reveal()).toBe('from a file')
})

test('comes from the credential of the systemd unit when no flag names it', async () => {
  const environment = { CREDENTIALS_DIRECTORY: folder }
  expect((await passphraseFrom(none, environment)?.())?.reveal()).toBe('from a credential')
  const masterKeyPassphraseFile = join(folder, 'file')
  expect((await passphraseFrom({ masterKeyPassphraseFile }, environment)?.())?.reveal()).toBe('from a file')
})

test('is not there when nothing names it, and when the unit has other credentials only', () => {
  expect(passphraseFrom(none, none)).toBeUndefined()
  expect(passphraseFrom(none, { CREDENTIALS_DIRECTORY: join(folder, 'elsewhere') })).toBeUndefined()
})

test('a command that fails is named by its exit code, and nothing it printed is', async () => {
  const source = passphraseFrom({ masterKeyPassphraseCommand: 'echo half-a-secret; echo hidden >&2; exit 3' }, none)
  const error = await source?.().catch((refused: Error) => refused)
  expect(String((error as Error).message)).toBe('The passphrase command ended with 3.')
  expect(JSON.stringify(error)).not.toMatch(/secret|hidden/)
})

test.each([['both a file and a command', { masterKeyPassphraseFile: 'f', masterKeyPassphraseCommand: 'c' }]])(
  '%s: refused',
  (_, flags) => {
    expect(() => passphraseFrom(flags, none)).toThrow('not both')
  },
)

test('an empty passphrase is none', async () => {
  await writeFile(join(folder, 'empty'), '\n')
  await expect(passphraseFrom({ masterKeyPassphraseFile: join(folder, 'empty') }, none)?.()).rejects.toThrow('empty')
  await expect(passphraseFrom({ masterKeyPassphraseCommand: 'true' }, none)?.()).rejects.toThrow('printed nothing')
})
