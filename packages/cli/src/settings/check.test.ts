import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UsageError } from '../exit.ts'
import { findingsIn, requireUsable } from './check.ts'
import { resolveSettings } from './resolve.ts'
import type { Settings } from './schema.ts'

let folder: string
const at = (name: string): string => join(folder, name)

/** Makes key and certificate of a name, as a person would. */
function certificate(name: string, ...more: readonly string[]): void {
  const made = ['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-subj', '/CN=sag', ...more, ...made],
    { stdio: 'ignore' },
  )
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-check-'))
  certificate('one', '-nodes', '-days', '30')
  certificate('other', '-nodes', '-days', '30')
  certificate('locked', '-passout', 'pass:secret', '-days', '30')
  writeFileSync(at('empty'), '')
  writeFileSync(at('password'), 'of the mail server\n')
  writeFileSync(at('file'), '')
  writeFileSync(at('url'), 'postgres://sag:secret@127.0.0.1/sag\n', { mode: 0o600 })
  writeFileSync(at('open-url'), 'postgres://sag:secret@127.0.0.1/sag\n', { mode: 0o644 })
  writeFileSync(at('seed'), `SU${'A'.repeat(56)}\n`, { mode: 0o600 })
  writeFileSync(at('no-url'), 'sag:secret@127.0.0.1/sag\n', { mode: 0o600 })
  mkdirSync(at('data'))
  for (const name of ['open-key', 'open', 'wrapped']) mkdirSync(at(name), { mode: 0o700 })
  writeFileSync(at('open-key/master.key'), Buffer.alloc(32))
  chmodSync(at('open-key/master.key'), 0o644)
  chmodSync(at('open'), 0o777)
  writeFileSync(at('wrapped/master.key'), `{${' '.repeat(40)}}`, { mode: 0o600 })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function settingsWith(flags: Readonly<Record<string, unknown>>): Settings {
  return resolveSettings('server', { flags: { data: at('data'), ...flags }, environment: {} }).settings
}

const shared = { database: 'postgres://sag@127.0.0.1/sag' }
const bus = {
  ...shared,
  bus: 'tls://a,b:4223',
  get busSeedFile() {
    return at('seed')
  },
}
const mail = { smtpHost: 'mail.example.com', smtpFrom: 'sag@example.com' }
const oidc = {
  oidcIssuer: 'https://login.example.com',
  oidcClientId: 'opensag',
  oidcAccount: 'example',
  publicUrl: 'https://sag.example.com',
  get oidcClientSecretFile() {
    return at('seed')
  },
}
const pair = (cert: string, key: string) => () => ({ tlsCert: at(cert), tlsKey: at(key) })

test.each([
  [
    'an address beyond this machine without TLS',
    () => ({ host: '0.0.0.0' }),
    /needs TLS.*--tls-cert, --tls-key.*--trusted-proxy.*127\.0\.0\.1/,
  ],
  [
    'an address of another machine',
    () => ({ host: '192.0.2.7', trustedProxy: '10.0.0.1' }),
    /192\.0\.2\.7 is not an address of this machine.*ip addr/,
  ],
  ['one port twice', () => ({ port: '7240', gatewayPort: '7240' }), /--gateway-port: give another port/],
  ['a name without address', () => ({ host: 'nowhere.invalid', trustedProxy: '10.0.0.1' }), /nowhere\.invalid/],
  ['a proxy that is no address', () => ({ trustedProxy: '10.0.0.1,proxy' }), /"proxy" is neither.*10\.0\.0\.0\/24/],
  ['a target of alerts that is no address', () => ({ alertTargets: 'hooks' }), /^--alert-targets: "hooks" is neither/],
  ['a proxy that is everybody', () => ({ trustedProxy: '0.0.0.0/0' }), /"0\.0\.0\.0\/0" is neither/],
  [
    'a file of a passphrase that is not there',
    () => ({ masterKeyPassphraseFile: at('none') }),
    /^--master-key-passphrase-file: .*none does not exist/,
  ],
  [
    'a file of a passphrase that is empty',
    () => ({ masterKeyPassphraseFile: at('empty') }),
    /passphrase-file: .*empty is empty/,
  ],
  [
    'a passphrase from two places',
    () => ({ masterKeyPassphraseFile: at('password'), masterKeyPassphraseCommand: 'true' }),
    /passphrase-file or --master-key-passphrase-command, not both/,
  ],
  [
    'a key pair written over a folder',
    () => ({ writeCredentials: at('data') }),
    /^--write-credentials: .*data is a folder/,
  ],
  [
    'a public URL without a scheme',
    () => ({ publicUrl: 'sag.example.com' }),
    /--public-url is not an absolute http or https URL.*https:\/\/sag\.example\.com/,
  ],
  ['a public URL with a query', () => ({ publicUrl: 'https://sag.example.com/?a' }), /--public-url: .*no query/],
  ['a master key that others may read', () => ({ data: at('open-key') }), /Others may read or write .*chmod 600/],
  ['a data folder that others may write', () => ({ data: at('open') }), /Others may write into .*open .*chmod 700/],
  ['a wrapped master key without its passphrase', () => ({ data: at('wrapped') }), /is wrapped\. Name its passphrase/],
  ['a certificate without key', () => ({ tlsCert: at('one.pem') }), /must be given together: --tls-key is missing/],
  ['a certificate that is not there', pair('none.pem', 'one.key'), /--tls-cert: .*none\.pem does not exist/],
  ['a certificate that is a folder', pair('data', 'one.key'), /--tls-cert: .*data is a folder, not a file/],
  ['a certificate that is none', pair('password', 'one.key'), /password contains no certificate in PEM form/],
  ['a key that is none', pair('one.pem', 'password'), /password contains no private key in PEM form/],
  ['a key under a passphrase', pair('one.pem', 'locked.key'), /locked\.key is encrypted.*openssl pkey/],
  [
    'the key of another certificate',
    pair('one.pem', 'other.key'),
    /other\.key is not the private key of the certificate in .*one\.pem/,
  ],
  ['a database that is none', () => ({ database: 'sqlite.db' }), /^--database is not the URL of a PostgreSQL database/],
  [
    'a database of several hosts',
    () => ({ database: 'postgres://sag@one,two/sag' }),
    /^--database names several hosts.*put a proxy/,
  ],
  [
    'a database from two places',
    () => ({ database: 'postgres:///sag', databaseFile: at('password') }),
    /--database or --database-file, not both/,
  ],
  ['a file of a database that is not there', () => ({ databaseFile: at('none') }), /--database-file: .*none does not/],
  ['a file of a database that others may read', () => ({ databaseFile: at('open-url') }), /may be read by others.*600/],
  ['a file of a database without a URL', () => ({ databaseFile: at('no-url') }), /--database-file: .* is not the URL/],
  ['a bus without a database', () => ({ bus: 'nats://127.0.0.1' }), /^--bus needs --database/],
  ['a seed without a bus', () => ({ busSeedFile: at('seed') }), /^--bus is missing: --bus-seed-file needs it/],
  ['an authority without a bus', () => ({ busCa: at('one.pem') }), /^--bus is missing: --bus-ca needs it/],
  ['a bus that is none', () => ({ ...shared, bus: 'a,b' }), /--bus names no servers of NATS/],
  ['a bus with and without TLS', () => ({ ...shared, bus: 'tls://a,nats://b' }), /some servers with tls:.*without/],
  [
    'a password of a bus',
    () => ({ ...shared, bus: 'tls://u:hidden@a' }),
    /^(?!.*hidden).*--bus holds a name or password/,
  ],
  ['a path of a bus', () => ({ ...shared, bus: 'tls://a/b' }), /has a server with a path/],
  ['a server of a bus that is no host', () => ({ ...shared, bus: 'tls://a,b:c' }), /that is no host, or host:port/],
  [
    'a bus of other machines without TLS',
    () => ({ ...shared, bus: 'nats://127.0.0.1,b', busSeedFile: at('seed') }),
    /--bus: b:4222 is another machine, and needs TLS/,
  ],
  ['a bus of other machines without a key', () => ({ ...shared, bus: 'tls://a' }), /--bus-seed-file is missing/],
  ['a seed that others may read', () => ({ ...bus, busSeedFile: at('open-url') }), /--bus-seed-file: .*read by others/],
  ['a seed that is none', () => ({ ...bus, busSeedFile: at('url') }), /url contains no seed/],
  ['a seed that is not there', () => ({ ...bus, busSeedFile: at('none') }), /--bus-seed-file: .*none does not exist/],
  ['an authority of a bus that is none', () => ({ ...bus, busCa: at('password') }), /--bus-ca: .*no certificate/],
  ['an authority without TLS', () => ({ ...bus, bus: 'nats://127.0.0.1', busCa: at('one.pem') }), /--bus-ca is for/],
  ['a client without provider', () => ({ oidcClientId: 'a' }), /^--oidc-issuer is missing: --oidc-client-id needs it/],
  [
    'a provider alone',
    () => ({ oidcIssuer: 'https://login.example.com', publicUrl: 'https://sag.example.com' }),
    /^--oidc-issuer needs --oidc-client-id, --oidc-client-secret-file, --oidc-account\./,
  ],
  ['a provider that sends nobody back', () => ({ ...oidc, publicUrl: undefined }), /^--oidc-issuer needs --public-url/],
  ['a provider that is no URL', () => ({ ...oidc, oidcIssuer: 'login' }), /^--oidc-issuer must be a URL without/],
  [
    'a provider with a password',
    () => ({ ...oidc, oidcIssuer: 'https://a:b@c' }),
    /^--oidc-issuer must be a URL without/,
  ],
  ['a provider without TLS', () => ({ ...oidc, oidcIssuer: 'http://192.0.2.1' }), /^--oidc-issuer: .*needs TLS/],
  [
    'a secret of a client that others may read',
    () => ({ ...oidc, oidcClientSecretFile: at('open-url') }),
    /^--oidc-client-secret-file: .* may be read by others/,
  ],
  [
    'a secret of a client that is not there',
    () => ({ ...oidc, oidcClientSecretFile: at('none') }),
    /^--oidc-client-secret-file: .*none does not exist/,
  ],
  ['a sender without mail server', () => ({ smtpFrom: 'a@b.c' }), /--smtp-host is missing: --smtp-from needs it/],
  ['a mail server without sender', () => ({ smtpHost: 'mail' }), /--smtp-from is missing/],
  ['a sender that is no address', () => ({ ...mail, smtpFrom: 'the gateway' }), /"the gateway" is not a mail address/],
  ['a mail port 0', () => ({ ...mail, smtpPort: '0' }), /--smtp-port must be a port from 1 to 65535/],
  ['a mail user without password', () => ({ ...mail, smtpUser: 'u' }), /--smtp-password-file is missing/],
  [
    'a mail password that is not there',
    () => ({ ...mail, smtpUser: 'u', smtpPasswordFile: at('none') }),
    /--smtp-password-file: .*none does not exist/,
  ],
  [
    'a mail password that is empty',
    () => ({ ...mail, smtpUser: 'u', smtpPasswordFile: at('empty') }),
    /empty is empty/,
  ],
  ['a data folder that is a file', () => ({ data: at('file') }), /--data: .*file is a file, not a folder/],
  ['a data folder inside a file', () => ({ data: at('file/data') }), /--data: .*part of this path is a file/],
  ['a data folder too deep for its socket', () => ({ data: at('d'.repeat(120)) }), /too long for a Unix socket/],
  [
    'a place for backups that is a file',
    () => ({ backupTo: at('file') }),
    /--backup-to: .*file is a file, not a folder/,
  ],
  [
    'a place for the key pair that is not there',
    () => ({ writeCredentials: at('none/key.json') }),
    /the folder .*none does not exist/,
  ],
] as const)('%s is refused, with the cure', async (_, flags, says) => {
  const found = await findingsIn(settingsWith(flags()), Date.now())
  expect(found.map(({ text }) => text).join('\n')).toMatch(says)
  expect(found.filter(({ isRefused }) => isRefused)).toHaveLength(1)
  await expect(requireUsable(settingsWith(flags()), Date.now(), () => {})).rejects.toThrow(UsageError)
})

test.each([
  ['nothing but defaults', () => ({})],
  ['TLS on all addresses', () => ({ host: '0.0.0.0', ...pair('one.pem', 'one.key')() })],
  ['TLS of the server itself', () => ({ host: '0.0.0.0', tlsSelfSigned: 'on' })],
  ['a proxy', () => ({ host: '0.0.0.0', trustedProxy: '10.0.0.1, 2001:db8::/32' })],
  ['a public URL', () => ({ publicUrl: 'https://sag.example.com' })],
  ['a public URL of this machine without TLS', () => ({ publicUrl: 'http://[::1]:7240' })],
  ['a database of this machine', () => ({ database: 'postgres://sag@127.0.0.1/sag' })],
  ['a database behind a socket', () => ({ database: 'postgres:///sag?host=/run/postgresql' })],
  ['a database that proves itself', () => ({ database: 'postgres://sag@db/sag?sslmode=verify-full' })],
  ['a database with its password in a file', () => ({ databaseFile: at('url') })],
  ['a bus', () => ({ ...bus, busCa: at('one.pem') })],
  ['mail with a password', () => ({ ...mail, smtpUser: 'u', smtpPasswordFile: at('password') })],
  ['a provider', () => ({ ...oidc })],
  ['a provider on this machine', () => ({ ...oidc, oidcIssuer: 'http://localhost:8080/realms/one' })],
  ['a sender with a name', () => ({ ...mail, smtpFrom: 'Gateway <sag@example.com>' })],
  ['a data folder that has to be made', () => ({ data: at('new/deeper') })],
  ['the key pair in that folder', () => ({ data: at('new/deeper'), writeCredentials: at('new/deeper/key.json') })],
])('%s passes', async (_, flags) => {
  expect(await findingsIn(settingsWith(flags()), Date.now())).toEqual([])
})

test('everything is found at once', async () => {
  const flags = { host: '0.0.0.0', trustedProxy: '', smtpHost: 'mail', data: at('file') }
  const found = await findingsIn(settingsWith(flags), Date.now())
  expect(found).toHaveLength(3)
  await expect(requireUsable(settingsWith(flags), Date.now(), () => {})).rejects.toThrow(
    /needs TLS.*\n.*smtp-from.*\n.*--data/,
  )
})

test('what only clients refuse is noted: a certificate that has expired, or is not valid yet', async () => {
  const settings = settingsWith(pair('one.pem', 'one.key')())
  const notes: string[] = []
  const year = 365 * 86_400_000
  await requireUsable(settings, Date.now() + year, (text) => notes.push(text))
  await requireUsable(settings, Date.now() - year, (text) => notes.push(text))
  expect(notes).toEqual([expect.stringContaining('expired on'), expect.stringContaining('is valid only from')])
})

test.each([
  [{ smtpPort: '465' }, 'give --smtp-security tls'],
  [{ smtpPort: '587', smtpSecurity: 'tls' }, 'use port 465'],
])('a mail port that does not go with its security is noted', async (flags, says) => {
  const found = await findingsIn(settingsWith({ ...mail, ...flags }), Date.now())
  expect(found).toEqual([{ text: expect.stringContaining(says), isRefused: false }])
})

test('backups inside the data folder are noted', async () => {
  const found = await findingsIn(settingsWith({ backupTo: at('data/backups') }), Date.now())
  expect(found).toEqual([{ text: expect.stringContaining('is inside the data folder'), isRefused: false }])
  expect(await findingsIn(settingsWith({ backupTo: at('backups') }), Date.now())).toEqual([])
})

test('a public URL without TLS is noted, unless it is one of this machine', async () => {
  const found = await findingsIn(settingsWith({ publicUrl: 'http://sag.example.com' }), Date.now())
  expect(found).toEqual([{ text: expect.stringContaining('Give the https URL'), isRefused: false }])
})

test('a connection to a database of another machine without TLS is noted, and its password is not shown', async () => {
  const { settings } = resolveSettings('server', {
    flags: { data: at('data') },
    environment: { OPENSAG_DATABASE: 'postgres://sag:secret@db.example.com/sag' },
  })
  const found = await findingsIn(settings, Date.now())
  expect(found).toEqual([{ text: expect.stringContaining('to db.example.com is not protected'), isRefused: false }])
  expect(JSON.stringify(found)).not.toContain('secret')
})
