import { generateKeyPairSync } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { versions } from '@opensag/smartag-client'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { createMemoryDisk } from '../../packages/agent/src/disk.ts'
import { createCertification, createFileVault, startGateway } from '../../packages/agent/src/index.ts'
import { callApi } from '../../packages/cli/src/api-client.ts'
import { logOn } from '../support/local-console.ts'
import type { Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { operatorOf, readCredentials } from '../support/sandbox.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { layOutPrograms, storedPrograms } from './stored-programs.ts'

// Servers and gateways are never upgraded in the same moment: the programs of a release, as they were built then, beside
// those of this checkout.

const serial = 'sagnear00001'
/** Their gateways lead no port to a host. */
const withoutDnat = ['0.1.0', '0.2.0-alpha.1']
/** Their gateways filter no connections. */
const withoutAcl = [...withoutDnat, '0.2.0-rc.1']
const passwords = ['First_pass1', 'Second_pass2', 'Third_pass3'] as const

const { run, newFolder } = programsOfEachTest()

/** One server, one gateway with a disk of its own; `undefined` is the program of this checkout. */
async function openSite(name: string) {
  const folder = await newFolder(name)
  const data = join(folder, 'server')
  await mkdir(data, { mode: 0o700 })
  const keyFile = join(folder, 'enrolment-key')
  let url = ''
  let shown = ''
  let agent: Running | undefined

  async function startServer(file?: string): Promise<Running> {
    const port = url === '' ? '0' : new URL(url).port
    const credentials = url === '' ? ['--write-credentials', join(data, 'credentials.json')] : []
    const server = run(['server', '--data', data, '--port', port, ...credentials], file)
    url = (await server.printed(/listens on (http:\S+)/))[1] ?? ''
    return server
  }

  async function startAgent(file?: string): Promise<void> {
    const place = ['--serial', serial, '--data', join(folder, 'agent'), '--console', '127.0.0.1:0']
    const server = ['--server', `${url.replace('http', 'ws')}/channel`, '--enrolment-key-file', keyFile]
    agent = run(['agent', ...server, ...place, '--log-level', 'warn'], file)
    shown = (await agent.printed(/Local console: (http:\S+)/))[1] ?? ''
  }

  async function call(action: string, params: object, version?: string): Promise<Readonly<Record<string, unknown>>> {
    const found = await readCredentials(data)
    const key = { ...found, endpoint: url, accessKeySecret: Secret.of(found.accessKeySecret) }
    const { status, body } = await callApi(key, action, { RegionId: key.regionId, ...params }, { version })
    expect({ action, status, body }).toMatchObject({ status: 200 })
    return body
  }

  const { operator, device } = operatorOf(data)

  /** Brings the gateway into the inventory and to an instance. The commands of the operator have not changed since. */
  async function addGateway(): Promise<string> {
    const { enrolmentKey } = await operator<{ enrolmentKey: string }>(
      ...['device', 'add', '--serial', serial, '--model', 'sag-1000'],
    )
    await writeFile(keyFile, `${enrolmentKey}\n`, { mode: 0o600 })
    const SmartAGId = String((await call('CreateSmartAccessGateway', purchase))['SmartAGId'])
    await call('BindSerialNumber', { SmartAGId, SerialNumber: serial })
    await call('ActivateSmartAccessGateway', { SmartAGId })
    return SmartAGId
  }

  /** Sets a password by the API; the gateway's own console says which one opens it. */
  async function changePassword(SmartAGId: string, to: string, from?: string): Promise<void> {
    await call('ModifySAGAdminPassword', { SmartAGId, SmartAGSn: serial, Password: to })
    expect(await logOn(shown, to)).toBe(303)
    if (from !== undefined) expect(await logOn(shown, from)).toBe(401)
  }

  /** Names a block of addresses: the gateway puts it in force and says so. */
  async function changeNetwork(SmartAGId: string, CidrBlock: string): Promise<void> {
    await takeNetwork(SmartAGId, CidrBlock)
    await until('the gateway holds the configuration', async () => {
      const record = await readFile(join(folder, 'agent', 'desired-config.json'), 'utf8').catch(() => '{}')
      return JSON.stringify(JSON.parse(record).inForce ?? '').includes(CidrBlock) || undefined
    })
  }

  async function takeNetwork(SmartAGId: string, CidrBlock: string): Promise<void> {
    await call('ModifySmartAccessGateway', { SmartAGId, CidrBlock, RoutingStrategy: 'static' })
    await until('the server knows it', async () => {
      const { SynStatus } = await call('DescribeSAGDeviceInfo', { SmartAGId, SmartAGSn: serial })
      return SynStatus === 'Synchronized' || undefined
    })
  }

  /** Has the gateway lead a port to a host, which programs before this version do not know. */
  async function lead(SmartAGId: string): Promise<void> {
    const entry = { ExternalIp: '10.99.0.1', ExternalPort: '80', InternalIp: '10.20.0.9', InternalPort: '80' }
    await call('AddDnatEntry', { SagId: SmartAGId, IpProtocol: 'tcp', ...entry })
  }

  /** Has the gateway filter connections, which programs before this version do not know. */
  async function filter(SmartAGId: string): Promise<void> {
    const { AclId } = await call('CreateACL', { Name: 'branches' })
    const packets = { SourceCidr: '10.99.0.3/32', DestCidr: '0.0.0.0/0', IpProtocol: 'ALL' }
    const ports = { SourcePortRange: '-1/-1', DestPortRange: '-1/-1' }
    await call('AddACLRule', { AclId, Direction: 'in', Policy: 'drop', ...packets, ...ports })
    await call('AssociateACL', { AclId, SmartAGId })
  }

  /** Until the server says this of the configuration that the gateway holds. */
  async function untilDifference(
    SmartAGId: string,
    difference: string | undefined,
    held: { readonly led: boolean; readonly filtered: boolean },
  ): Promise<void> {
    await until(`it is ${difference ?? 'synchronized'}`, async () => {
      const { Devices } = await call('DescribeGatewayConfiguration', { SmartAGId }, versions.OpenSAG)
      const [{ Difference, DesiredRevision, ReportedRevision } = {}] = Devices as readonly Readonly<
        Record<string, unknown>
      >[]
      return (Difference === difference && DesiredRevision === ReportedRevision) || undefined
    })
    const record = JSON.parse(await readFile(join(folder, 'agent', 'desired-config.json'), 'utf8'))
    const inForce = JSON.stringify(record.inForce)
    expect({ led: inForce.includes('10.99.0.1'), filtered: inForce.includes('10.99.0.3') }).toEqual(held)
  }

  /** A gateway of this version that carries packets, without a machine to carry them on. */
  async function startCarrying() {
    const seen = { states: [] as string[], certified: false, reports: 0 }
    const disk = createMemoryDisk()
    const certification = createCertification()
    void certification
      .certify(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }))
      .then(() => {
        seen.certified = true
      })
    const gateway = await startGateway({
      ...{ serial, model: 'sag-1000', version: '2.3.1.1', disk, vault: createFileVault({ disk }), certification },
      serverUrl: `${url.replace('http', 'ws')}/channel`,
      enrolmentKey: Secret.of((await readFile(keyFile, 'utf8')).trim()),
      networkState: {
        async read() {
          seen.reports++
          return { tunnels: [], learnt: [], leases: 0, traffic: { received: 0, sent: 0 } }
        },
        onChange: () => undefined,
      },
      logger: pino({ enabled: false }),
      onState: ({ is }) => void seen.states.push(is),
    })
    return { gateway, seen }
  }

  const stopAgent = async (): Promise<void> => void (await agent?.stop())

  return {
    startServer,
    startAgent,
    startCarrying,
    stopAgent,
    addGateway,
    changePassword,
    changeNetwork,
    takeNetwork,
    lead,
    filter,
    untilDifference,
    device,
  }
}

test('the programs of a release are kept', () => {
  expect(storedPrograms).toContain('0.1.0')
})

test(
  'a gateway that carries packets asks a server that knows of none for nothing, and tells it nothing, until that is upgraded',
  async () => {
    const site = await openSite('carrying-gateway')
    const older = await site.startServer(layOutPrograms('0.1.0', await newFolder('release')))
    const id = await site.addGateway()
    const { gateway, seen } = await site.startCarrying()
    try {
      await site.device(serial)
      // What it was told it has taken over the one connection it had: nothing it said has ended that.
      await site.takeNetwork(id, '10.20.0.0/16')
      expect(seen).toEqual({ states: ['connecting', 'online'], certified: false, reports: 0 })
      expect(await older.stop()).toBe(0)
      const newer = await site.startServer()
      await until('it has a certificate', () => seen.certified)
      await until('it has told of its network', () => seen.reports > 0)
      await newer.stop()
    } finally {
      await gateway.stop()
    }
  },
  limit(300_000),
)

describe.each(storedPrograms)('beside %s', (version) => {
  test(
    'a gateway of this version takes passwords and a network from a server of the release',
    async () => {
      const site = await openSite('newer-gateway')
      const release = layOutPrograms(version, await newFolder('release'))
      await site.startServer(release)
      const id = await site.addGateway()
      await site.startAgent()
      await site.device(serial)
      await site.changePassword(id, passwords[0])
      await site.changeNetwork(id, '10.20.0.0/16')
      await site.changePassword(id, passwords[1], passwords[0])
    },
    limit(300_000),
  )

  test(
    'a gateway of the release takes passwords and a network from this version, is shown to lack what it does not know, and has that once it is upgraded',
    async () => {
      const site = await openSite('older-gateway')
      const release = layOutPrograms(version, await newFolder('release'))
      // The server is upgraded first: its gateways stay as they are, and are not started again.
      const older = await site.startServer(release)
      const id = await site.addGateway()
      await site.startAgent(release)
      await site.device(serial)
      await site.changePassword(id, passwords[0])
      expect(await older.stop()).toBe(0)

      const newer = await site.startServer()
      await site.device(serial)
      await site.changePassword(id, passwords[1], passwords[0])
      await site.changeNetwork(id, '10.20.0.0/16')

      await site.lead(id)
      const isLed = !withoutDnat.includes(version)
      await site.untilDifference(id, isLed ? undefined : 'Unsupported', { led: isLed, filtered: false })
      await site.filter(id)
      const filtered = !withoutAcl.includes(version)
      await site.untilDifference(id, filtered ? undefined : 'Unsupported', { led: isLed, filtered })

      // Then the gateway, on the disk that the release has left.
      await site.stopAgent()
      await site.startAgent()
      await site.device(serial)
      await site.untilDifference(id, undefined, { led: true, filtered: true })
      await site.changePassword(id, passwords[2], passwords[1])
      await site.changeNetwork(id, '10.30.0.0/16')
      await newer.stop()
    },
    limit(300_000),
  )
})
