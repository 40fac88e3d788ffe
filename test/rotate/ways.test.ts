import { readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { armor, Decrypter } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storeSettings } from '../../packages/server/src/store/testing/database.suite.ts'
import { makeCertificate } from '../support/certificate.ts'
import { until } from '../support/time.ts'
import { type FleetContext, type FleetGateway, startFleet } from './fleet.ts'
import { rotate, startRotate } from './program.ts'
import { newRecipient, passwordsIn } from './recipient.ts'

let world: FleetContext
let recipient: string
let identity: string
const file = (name: string): string => join(world.folder, name)

beforeAll(async () => {
  world = await startFleet({ gateways: 10, broken: 0, environmentOf: storeSettings })
  ;({ recipient, identity } = await newRecipient(world))
})

afterAll(() => world.close())

function gateway(index: number): FleetGateway {
  const found = world.gateways[index]
  if (found === undefined) throw new Error(`There is no gateway ${index}.`)
  return found
}

async function expectOpened(passwords: ReadonlyMap<string, string>): Promise<void> {
  for (const one of world.gateways) {
    const password = passwords.get(one.serial)
    if (password !== undefined)
      expect({ [one.serial]: await world.opens(one, password) }).toEqual({ [one.serial]: true })
  }
}

describe('an endpoint like the cloud’s', () => {
  let front: Server
  let requests = 0
  let throttled = 0

  /** HTTPS, the SmartAG version and nothing else, and every third call throttled; behind it the real thing. */
  beforeAll(async () => {
    const { cert, key } = makeCertificate(world.folder, '127.0.0.1')
    const { port } = new URL(world.key.endpoint)
    front = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (incoming, outgoing) => {
      const refuse = (status: number, code: string): void => {
        incoming.resume()
        outgoing.writeHead(status, { 'content-type': 'application/json' })
        outgoing.end(JSON.stringify({ Code: code, Message: code, RequestId: 'q', HostId: 'h' }))
      }
      if (incoming.headers['x-acs-version'] !== '2018-03-13') return refuse(404, 'InvalidVersion')
      if (++requests % 3 === 0) {
        throttled += 1
        return refuse(400, 'Throttling.User')
      }
      const { method, url, headers } = incoming
      const onward = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onward)
    })
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  })

  afterAll(() => void front.close())

  test('is rotated as well: over TLS, page by page, through throttling', async () => {
    const place = file('cloud')
    const endpoint = `https://127.0.0.1:${(front.address() as AddressInfo).port}`
    const { code, output } = await rotate(
      world,
      [
        '--region',
        'cn-shanghai',
        '--recipient',
        recipient,
        '--folder',
        place,
        '--endpoint',
        endpoint,
        '--attempts',
        '8',
      ],
      { environment: { NODE_EXTRA_CA_CERTS: file('server.pem') } },
    )
    expect(output).toContain('10 changed')
    expect(code).toBe(0)
    expect(throttled).toBeGreaterThan(5)
    await expectOpened(await passwordsIn(world, place))
  })

  test('whose certificate nobody vouches for gets no call at all', async () => {
    const endpoint = `https://127.0.0.1:${(front.address() as AddressInfo).port}`
    const before = requests
    const { code } = await rotate(world, ['--all', '--recipient', recipient, '--endpoint', endpoint, '--attempts', '1'])
    expect({ code, calls: requests - before }).toEqual({ code: 1, calls: 0 })
  })
})

describe('a command', () => {
  test('is given every password before it is sent, and then what became of it', async () => {
    const kept = file('kept.jsonl')
    const args = ['--all', '--to-command', `cat >> ${kept}`, '--folder', file('command')]
    expect(await rotate(world, args)).toMatchObject({ code: 0 })
    const lines = (await readFile(kept, 'utf8')).trimEnd().split('\n')
    const events = lines.map((line) => JSON.parse(line) as { event: string; serial: string; password: string })
    const passwords = new Map(
      events.filter(({ event }) => event === 'new').map(({ serial, password }) => [serial, password]),
    )
    expect(passwords.size).toBe(10)
    expect(events.filter(({ event }) => event === 'changed')).toHaveLength(10)
    await expectOpened(passwords)
  })

  test('that does not take them keeps anything from being changed', async () => {
    const args = ['--all', '--to-command', 'cat > /dev/null; exit 3', '--folder', file('refusing')]
    const { code, output } = await rotate(world, args)
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('exited with 3') })
    expect(output).toContain('10 pending')
  })
})

describe('passwords somebody else made', () => {
  test('are the ones that are set', async () => {
    const passwords = new Map(world.gateways.map(({ serial }, index) => [serial, `Given_password_${index}`]))
    await writeFile(file('given.txt'), [...passwords].map(([serial, password]) => `${serial} ${password}\n`).join(''))
    const { code, output } = await rotate(world, ['--all', '--passwords', file('given.txt'), '--folder', file('given')])
    expect({ code, output }).toMatchObject({ code: 0, output: expect.not.stringContaining('Given_password') })
    await expectOpened(passwords)
  })

  test('that lack one change nothing', async () => {
    await writeFile(file('lacking.txt'), `${gateway(0).serial} Given_password\n`)
    const { code, output } = await rotate(world, [
      '--all',
      '--passwords',
      file('lacking.txt'),
      '--folder',
      file('lacking'),
    ])
    expect({ code, output }).toMatchObject({ code: 2, output: expect.stringContaining('no password for 9') })
  })
})

test('a gateway that is offline is waited for', async () => {
  const { serial, instanceId } = gateway(3)
  await world.power(serial, 'off')
  const place = file('waiting')
  const args = ['--instance', instanceId, '--recipient', recipient, '--folder', place, '--wait-offline', '60s']
  const running = startRotate(world, args)
  await until('it was called', async () =>
    (await readFile(join(place, 'journal.jsonl'), 'utf8').catch(() => '')).includes('SmartAccessGatewayOffline')
      ? true
      : undefined,
  )
  await world.power(serial, 'on')
  expect(await running.code).toBe(0)
  await expectOpened(await passwordsIn(world, place))
})

test('gateways that were away before are no reason to stop, and the table says so', async () => {
  for (const index of [0, 1]) await world.power(gateway(index).serial, 'off')
  await writeFile(
    file('four.txt'),
    world.gateways
      .slice(0, 4)
      .map(({ instanceId }) => `${instanceId}\n`)
      .join(''),
  )
  await until('they are away', async () =>
    (await rotate(world, ['--from', file('four.txt'), '--dry-run'])).output.match(/ no {2,}\S+Password/g)?.length === 2
      ? true
      : undefined,
  )
  const { code, output } = await rotate(world, [
    '--from',
    file('four.txt'),
    '--recipient',
    recipient,
    '--folder',
    file('away'),
    '--max-failures',
    '0',
  ])
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('2 changed, 2 offline') })
  for (const index of [0, 1]) await world.power(gateway(index).serial, 'on')
})

test('a --resume with nothing to do leaves a file that plain age opens, and its hint can be pasted', async () => {
  const [place, passwords] = [file('whole'), file('whole/passwords.age')]
  // The fleet is told by --data, so that the command to resume has to carry it.
  const { code } = await rotate(world, ['--all', '--recipient', recipient, '--folder', place, '--data', world.data], {
    environment: { OPENSAG_DATA: '' },
  })
  expect(code).toBe(0)
  const before = await readFile(passwords, 'utf8')
  expect((await rotate(world, ['--resume', place])).code).toBe(0)
  expect((await rotate(world, ['--resume', place])).code).toBe(0)
  expect(await readFile(passwords, 'utf8')).toBe(before)
  const decrypter = new Decrypter()
  decrypter.addIdentity((await readFile(identity, 'utf8')).trim())
  expect((await decrypter.decrypt(armor.decode(before), 'text')).split('\n')).toHaveLength(world.gateways.length + 1)
  const again = ['--all', '--recipient', recipient, '--folder', place, '--data', world.data]
  const { output } = await rotate(world, again, { environment: { OPENSAG_DATA: '' } })
  expect(output).toContain(`To resume it: opensag rotate --resume ${place} --data ${world.data}`)
  // A file that is lost is written again.
  await rm(passwords)
  expect((await rotate(world, ['--resume', place])).code).toBe(0)
  await expectOpened(await passwordsIn(world, place))
})

test('--show-passwords prints what is then in force', async () => {
  const { instanceId, serial } = gateway(5)
  const args = ['--instance', instanceId, '--recipient', recipient, '--show-passwords', '--folder', file('shown')]
  const { output } = await rotate(world, args)
  const [, password = ''] = new RegExp(`^${serial} ([A-Za-z0-9_]{24})$`, 'm').exec(output) ?? []
  await expectOpened(new Map([[serial, password]]))
})

test('--dry-run changes nothing and writes nothing', async () => {
  const { instanceId, serial } = gateway(5)
  const { code, output } = await rotate(world, ['--instance', instanceId, '--dry-run'])
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(serial) })
})
