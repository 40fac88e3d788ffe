import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../../../../test/support/certificate.ts'
import { type TargetFlags, targetOf } from './target.ts'

let folder: string
const file = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-target-'))
  await writeFile(file('key'), 'x'.repeat(64), { mode: 0o600 })
  await writeFile(file('open'), 'x'.repeat(64), { mode: 0o644 })
  await writeFile(file('short'), 'x'.repeat(31), { mode: 0o600 })
  await writeFile(file('spaced'), 'two words', { mode: 0o600 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  ['no url at all', 'a URL is needed'],
  ['ftp://x/', 'syslog, syslogs or https'],
  ['https://user:word@x/', 'no user or password'],
  ['http://log.example/', 'Use syslogs:// or https://'],
  ['syslog://log.example:601', 'Use syslogs:// or https://'],
  ['http://127.0.0.1.example/', 'Use syslogs:// or https://'],
  ['syslogs://log.example/path', 'nothing else'],
  ['https://log.example/', '--key-file is needed'],
])('--to %s is refused, and not repeated', async (to, why) => {
  const refused = targetOf({ to })
  await expect(refused).rejects.toThrow(why)
  await expect(refused).rejects.not.toThrow('user:word')
})

test.each<[string, Partial<TargetFlags> & { readonly to: string }, string]>([
  ['a key that others may read', { to: 'https://x/', keyFile: 'open' }, 'chmod 600'],
  ['a short key', { to: 'https://x/', keyFile: 'short' }, 'fewer than 32'],
  ['a token that others may read', { to: 'https://x/', keyFile: 'key', tokenFile: 'open' }, 'chmod 600'],
  ['a token with a space', { to: 'https://x/', keyFile: 'key', tokenFile: 'spaced' }, 'holds no token'],
  ['a key for syslog', { to: 'syslogs://x', keyFile: 'key' }, 'for a webhook'],
  ['a certificate without TLS', { to: 'syslog://127.0.0.1', ca: 'key' }, 'are for syslogs'],
  ['a certificate without its key', { to: 'syslogs://x', tlsCert: 'key' }, 'belong together'],
  ['a certificate that is none', { to: 'syslogs://x', ca: 'key', tlsCert: 'key', tlsKey: 'key' }, 'PEM files'],
  ['a TLS key that others may read', { to: 'syslogs://x', tlsCert: 'key', tlsKey: 'open' }, 'chmod 600'],
])('%s is refused', async (_what, { to, ...files }, why) => {
  const named = Object.fromEntries(Object.entries(files).map(([name, one]) => [name, file(one as string)]))
  await expect(targetOf({ to, ...named })).rejects.toThrow(why)
})

test('what each target needs is taken', async () => {
  const { cert, key } = makeCertificate(folder, 'log.example')
  await writeFile(file('client.key'), await readFile(key), { mode: 0o600 })
  const tls = { ca: cert, tlsCert: cert, tlsKey: file('client.key') }
  await expect(targetOf({ to: 'syslogs://log.example', ...tls })).resolves.toBeDefined()
  await expect(targetOf({ to: 'https://log.example/', ...tls, keyFile: file('key') })).resolves.toBeDefined()
  await expect(targetOf({ to: 'syslog://[::1]:601' })).resolves.toBeDefined()
  await expect(
    targetOf({ to: 'http://localhost/', keyFile: file('key'), tokenFile: file('key') }),
  ).resolves.toBeDefined()
})
