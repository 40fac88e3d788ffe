import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from './process.ts'
import { renewDaily, tlsFrom } from './server-tls.ts'
import { resolveSettings } from './settings/resolve.ts'
import type { Settings } from './settings/schema.ts'

let data: string
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'opensag-server-tls-'))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

function settingsWith(flags: Readonly<Record<string, unknown>> = {}): Settings {
  const given = { data, tlsSelfSigned: 'on', ...flags }
  return resolveSettings('server', { flags: given, environment: {} }).settings
}

async function namesWith(flags: Readonly<Record<string, unknown>>): Promise<string> {
  const tls = await tlsFrom(settingsWith(flags))
  return new X509Certificate(tls?.cert ?? '').subjectAltName ?? ''
}

test('a server that certifies itself has the names of this machine, of --host and of --public-url', async () => {
  const usual = await namesWith({ host: '0.0.0.0' })
  expect(usual).toMatch(/^DNS:localhost, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1, DNS:/)
  expect(await namesWith({ host: '127.0.0.9' })).toContain('IP Address:127.0.0.9')
  expect(await namesWith({ publicUrl: 'https://sag.example.com:7240' })).toMatch(/^DNS:sag\.example\.com, /)
  expect(await namesWith({ publicUrl: 'https://[2001:db8::1]' })).toMatch(/^IP Address:2001:DB8:0:0:0:0:0:1, /)
})

test('behind a proxy, and without the setting, it does not', async () => {
  expect(await tlsFrom(settingsWith({ trustedProxy: '10.0.0.1' }))).toBeUndefined()
  expect(await tlsFrom(settingsWith({ tlsSelfSigned: 'off' }))).toBeUndefined()
})

test('a certificate that is given comes first', async () => {
  const missing = join(data, 'none')
  await expect(tlsFrom(settingsWith({ tlsCert: missing, tlsKey: missing }))).rejects.toThrow(/ENOENT/)
})

test('each day it takes another certificate, also after a day on which that was not possible', async () => {
  const waits: { readonly milliseconds: number; readonly run: () => unknown }[] = []
  const timers = {
    now: () => 0,
    after(milliseconds: number, run: () => unknown) {
      waits.push({ milliseconds, run })
      return () => {}
    },
  }
  const taken = new Set<string>()
  let isBroken = false
  const server = {
    renewCertificate({ cert }: { readonly cert: Buffer }) {
      if (isBroken) throw new Error('not now')
      taken.add(new X509Certificate(cert).fingerprint256)
    },
  }
  renewDaily(server, settingsWith(), { logger: createLogger('silent'), timers })
  for (const broken of [false, true, false]) {
    isBroken = broken
    const [next] = waits.splice(0)
    expect(next?.milliseconds).toBe(86_400_000)
    await next?.run()
  }
  expect(taken.size).toBe(2)
  expect(waits.length).toBe(1)

  renewDaily(server, settingsWith({ tlsSelfSigned: 'off' }), { logger: createLogger('silent'), timers })
  expect(waits.length).toBe(1)
})
