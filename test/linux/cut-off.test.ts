import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { type Box, startBox, whatBoxesNeed } from './box.ts'
import {
  type Api,
  apiOf,
  enrolmentKeyOf,
  freePort,
  type Place,
  prepareGateway,
  reachable,
  startAgent,
  startServer,
} from './fault-world.ts'
import type { Service } from './service.ts'

const lack = whatBoxesNeed({ openssl: 'openssl', nft: 'nftables' })
const serial = 'sag-cut-off'
const cutting = '10.66.0.0/24'

/** Puts a configuration in force. One block is a mistake: with it what stands lives on, and nothing new gets through. */
const applyScript = `#!/bin/sh
read -r config
nft delete table inet mistake 2>/dev/null
case $config in
  *${cutting}*) nft -f - <<'END'
table inet mistake {
  chain output { type filter hook output priority 0; policy drop; oifname "lo" accept; ct state established accept; }
}
END
  ;;
esac
`

describe.skipIf(lack !== undefined)(`a configuration that cuts a Linux gateway off${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-cut-off-'))
  let box: Box
  let server: Service | undefined
  let agent: Service | undefined
  let api: Api
  let instance: string

  beforeAll(async () => {
    box = await startBox()
    makeCertificate(folder, box.hostAddress)
    const place: Place = { folder, host: box.hostAddress, port: await freePort(box.hostAddress) }
    api = apiOf(place)
    server = startServer(place)
    await reachable(api)
    await prepareGateway(box, place, await enrolmentKeyOf(place, serial))
    writeFileSync(box.path('/etc/opensag/apply'), applyScript, { mode: 0o755 })
    instance = String((await api.call('CreateSmartAccessGateway', purchase))['SmartAGId'])
    await api.call('BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
    await api.call('ActivateSmartAccessGateway', { SmartAGId: instance })
    agent = startAgent(box, place, serial, ['--apply-command', '/etc/opensag/apply'])
    await shows({ SynStatus: 'Synchronized' })
  })

  afterAll(async () => {
    await agent?.stop()
    await server?.stop()
    await box?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const setBlock = (CidrBlock: string): Promise<unknown> =>
    api.call('ModifySmartAccessGateway', { SmartAGId: instance, CidrBlock, RoutingStrategy: 'static' })

  async function device(): Promise<Readonly<Record<string, unknown>>> {
    const { Devices } = await api.call('DescribeGatewayConfiguration', { SmartAGId: instance }, '2026-12-01')
    return (Devices as readonly Readonly<Record<string, unknown>>[])[0] ?? {}
  }

  const shows = (wanted: Readonly<Record<string, unknown>>): Promise<true> =>
    until(
      JSON.stringify(wanted),
      async () => {
        const now = await device()
        return Object.entries(wanted).every(([name, value]) => now[name] === value)
      },
      limit(60_000),
    )

  async function isCut(): Promise<boolean> {
    return (await box.run(['nft', 'list', 'table', 'inet', 'mistake'])).status === 0
  }

  test(
    'is taken back by the gateway itself, which says so; the next one is taken',
    async () => {
      await setBlock('10.65.0.0/24')
      await shows({ SynStatus: 'Synchronized', Confirmed: true })
      const { DesiredRevision: good } = await device()

      await setBlock(cutting)
      await until('it is in force', isCut)
      await shows({
        SynStatus: 'Unsynchronized',
        Difference: 'Reverted',
        RevertReason: 'Unconfirmed',
        ReportedRevision: good,
      })
      expect(await isCut()).toBe(false)
      const { Events } = await api.call('ListGatewayEvents', { SmartAGId: instance }, '2026-12-01')
      expect(Events).toContainEqual(expect.objectContaining({ SerialNumber: serial, Name: 'ConfigurationReverted' }))

      await setBlock('10.67.0.0/24')
      await shows({ SynStatus: 'Synchronized', Confirmed: true })
      expect(await isCut()).toBe(false)
    },
    limit(180_000),
  )
})
