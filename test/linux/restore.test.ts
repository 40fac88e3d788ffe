import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { root, runToEnd } from '../support/process.ts'
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
import { type SshServer, startSshServer } from './ssh.ts'

const lack = whatBoxesNeed({ openssl: 'openssl' })
const patience = limit(1_200_000)
const nudgeMs = 15_000
const program = join(root, 'packages/cli/bin/opensag.js')

interface Gateway {
  readonly serial: string
  readonly box: Box
  readonly ssh: SshServer
  readonly agent: Service
  readonly instance: string
}

/** The drill of docs/restore.md, step by step. The first two gateways are rotated after the backup, the third one is not. */
describe.skipIf(lack !== undefined)(`backup, rotate, restore, look at every gateway${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-drill-'))
  const boxes: Box[] = []
  const gateways: Gateway[] = []
  let place: Place
  let api: Api
  let server: Service | undefined

  beforeAll(async () => {
    for (let index = 0; index < 3; index++) boxes.push(await startBox())
    const host = boxes[0]?.hostAddress ?? ''
    const data = join(folder, 'data')
    mkdirSync(data, { mode: 0o700 })
    makeCertificate(data, host)
    place = { folder: data, host, port: await freePort(host) }
    api = apiOf(place)
    server = startServer(place)
    await reachable(api)
    for (const [index, box] of boxes.entries()) gateways.push(await enrol(box, `sag-drill-${index}`))
  }, patience)

  afterAll(async () => {
    await Promise.all(gateways.map(({ agent }) => agent.stop()))
    await server?.stop()
    await Promise.all(boxes.map((box) => box.stop()))
    rmSync(folder, { recursive: true, force: true })
  }, patience)

  async function enrol(box: Box, serial: string): Promise<Gateway> {
    await prepareGateway(box, place, await enrolmentKeyOf(place, serial))
    const instance = String((await api.call('CreateSmartAccessGateway', purchase))['SmartAGId'])
    await api.call('BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
    await api.call('ActivateSmartAccessGateway', { SmartAGId: instance })
    const ssh = await startSshServer(box)
    const gateway = { serial, box, instance, ssh, agent: startAgent(box, place, serial) }
    await connected(gateway)
    return gateway
  }

  async function connected({ serial, instance, agent }: Pick<Gateway, 'serial' | 'instance' | 'agent'>): Promise<void> {
    let nudgeAt = Date.now() + nudgeMs
    await until(
      `${serial} is connected`,
      async () => {
        // It waits up to a minute before the next attempt. Started anew it comes at once.
        if (Date.now() > nudgeAt) {
          nudgeAt += nudgeMs
          agent.signal('SIGKILL')
        }
        return (await api.state(instance, serial)) === 'Normal'
      },
      limit(240_000),
    )
  }

  async function opensag(...args: readonly string[]): Promise<string> {
    const environment = { NODE_EXTRA_CA_CERTS: join(place.folder, 'server.pem') }
    const { code, output, errors } = await runToEnd(process.execPath, [program, ...args], { environment })
    if (code !== 0) throw new Error(`opensag ${args.join(' ')} ended with ${code}: ${output}${errors}`)
    return output
  }

  const setPassword = ({ instance, serial }: Gateway, Password: string): Promise<unknown> =>
    api.tell('ModifySAGAdminPassword', { SmartAGId: instance, SmartAGSn: serial, Password })

  /** What sshd says to each of these passwords. */
  const opens = async ({ ssh }: Gateway, ...passwords: readonly string[]): Promise<readonly boolean[]> => {
    const answers: boolean[] = []
    for (const password of passwords) answers.push(await ssh.accepts('admin', password))
    return answers
  }

  const eventsOf = async ({ serial }: Gateway): Promise<readonly string[]> => {
    const told = await opensag('operator', 'device', 'events', serial, '--json', '--data', place.folder)
    return (JSON.parse(told) as readonly { readonly kind: string }[]).map(({ kind }) => kind)
  }

  test(
    'each gateway still accepts its newest password and only it, the store has learnt it, and the next change works',
    async () => {
      for (const gateway of gateways) expect(await setPassword(gateway, 'Password_P4')).toEqual({ is: 'success' })

      const backup = join(folder, 'backup')
      await opensag('backup', '--to', backup, '--data', place.folder)

      const rotated = gateways.slice(0, 2)
      const list = join(folder, 'passwords')
      writeFileSync(list, rotated.map(({ serial }) => `${serial} Password_P5_${serial.at(-1)}\n`).join(''), {
        mode: 0o600,
      })
      const which = rotated.flatMap(({ instance }) => ['--instance', instance])
      const kept = ['--passwords', list, '--folder', join(folder, 'rotation'), '--data', place.folder]
      await opensag('rotate', ...which, ...kept)
      for (const gateway of rotated) {
        expect(await opens(gateway, p5(gateway), 'Password_P4')).toEqual([true, false])
      }

      await server?.stop()
      const restored = join(folder, 'restored')
      const told = await opensag('restore', '--from', backup, '--data', restored)
      expect(told).toContain('3 devices, of which 3 have enrolled')
      for (const name of ['server.pem', 'server.key', 'credentials.json']) {
        copyFileSync(join(place.folder, name), join(restored, name))
      }
      place = { ...place, folder: restored }
      api = apiOf(place)
      server = startServer(place)
      await reachable(api)

      for (const gateway of gateways) await connected(gateway)
      for (const gateway of rotated) {
        expect(await opens(gateway, p5(gateway), 'Password_P4')).toEqual([true, false])
        expect(await eventsOf(gateway)).toContain('ServerRolledBack')
        expect(await eventsOf(gateway)).not.toContain('DeviceRolledBack')
      }
      const [, , untouched] = gateways
      if (untouched === undefined) throw new Error('There are three gateways.')
      expect(await opens(untouched, 'Password_P4')).toEqual([true])
      expect(await eventsOf(untouched)).not.toContain('ServerRolledBack')

      for (const gateway of gateways) {
        expect(await setPassword(gateway, 'Password_P6')).toEqual({ is: 'success' })
        expect(await opens(gateway, 'Password_P6', p5(gateway), 'Password_P4')).toEqual([true, false, false])
      }
    },
    patience,
  )
})

function p5({ serial }: Gateway): string {
  return `Password_P5_${serial.at(-1)}`
}
