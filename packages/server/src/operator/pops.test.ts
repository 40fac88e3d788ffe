import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { bindSerialNumber } from '../apis/smartag/instances/bind-serial-number.ts'
import { regionId, testInWorld } from '../apis/testing/harness.suite.ts'
import { addCcn, putInto } from '../apis/testing/networks.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { findDesiredConfig } from '../store/gateways/configurations.ts'
import { saveNetworkReport } from '../store/pops/reports.ts'
import type { OperatorContext } from './command.ts'
import { deviceEdit, deviceList } from './devices.ts'
import { popAdd, popList, popRemove, popShow } from './pops.ts'

testInWorld('points of presence, for the operator', (world) => {
  const sealer = createSealer(Buffer.alloc(32, 7))
  const disconnected: string[] = []

  function context(): OperatorContext {
    return {
      store: world().store,
      sealer,
      random: randomBytes,
      wallClock: () => world().wallNow,
      clock: { now: () => world().now },
      channelUrl: undefined,
      disconnect: async (serial: string) => void disconnected.push(serial),
      tellGateways: (serials: ReadonlySet<string>) => void world().told.push(...serials),
    } as unknown as OperatorContext
  }

  function add(input: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    const given = { serial: 'pop1', endpoint: '203.0.113.1', server: 'wss://sag.example.com', ...input }
    return popAdd.run(context(), popAdd.input.parse(given)) as Promise<Readonly<Record<string, unknown>>>
  }

  async function member(): Promise<string> {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { sealKey: 'seal', connected: true })
    await putInto(world(), id, await addCcn(world()))
    return serial
  }

  test('one that is added is told to the gateways at once, and the command that enrols it has its key on standard input', async () => {
    const serial = await member()
    const added = await add()
    expect(added).toMatchObject({ serial: 'pop1', number: 1, endpoint: '203.0.113.1' })
    expect(String(added['enrolmentCommand']).split('\n')).toEqual([
      "opensag pop --server wss://sag.example.com --serial pop1 --data /var/lib/opensag-pop --enrolment-key-file - <<'KEY'",
      added['enrolmentKey'],
      'KEY',
    ])
    expect([...world().told].sort()).toContain(serial)
    const desired = await world().store.read((db) => findDesiredConfig(db, serial))
    expect(desired?.config.own[serial]?.network?.pops).toHaveLength(1)
  })

  test('a third one, one with the address of another, and one whose serial number is taken are refused', async () => {
    await add()
    await expect(add({ serial: 'pop2' })).rejects.toThrow('has the address 203.0.113.1')
    await expect(add({ endpoint: '203.0.113.2' })).rejects.toThrow('exists already')
    await add({ serial: 'pop2', endpoint: '203.0.113.2' })
    await expect(add({ serial: 'pop3', endpoint: '203.0.113.3' })).rejects.toThrow('There are 2 points of presence')
  })

  test('without an address of the server it has to be given', async () => {
    await expect(add({ server: undefined })).rejects.toThrow('Give --server')
  })

  test.each([{ endpoint: 'pop.example.com' }, { serial: 'p' }, { server: 'ws://sag.example.com' }])(
    'input of another form is refused: %j',
    (input) => {
      expect(popAdd.input.safeParse({ endpoint: '203.0.113.1', ...input }).success).toBe(false)
    },
  )

  test('they are listed, and shown with their members and the tunnels these speak of', async () => {
    const serial = await member()
    await add()
    expect(await popList.run(context(), {})).toMatchObject([
      { serial: 'pop1', endpoint: '203.0.113.1', tunnelAddress: '198.18.128.1', enrolled: false, online: false },
    ])
    const show = () => popShow.run(context(), { serial: 'pop1' })
    const shown = { serial, tunnelAddress: '198.18.0.2', backup: false, routing: 'static' }
    expect(await show()).toMatchObject({
      desiredRevision: 1,
      networks: [{ members: [{ ...shown, tunnel: 'unknown' }] }],
    })
    for (const isUp of [true, false]) {
      const report = {
        tunnels: [{ pop: 'pop1', isUp, since: 0 }],
        learnt: [],
        leases: 0,
        traffic: { received: 0, sent: 0 },
      }
      await world().store.write((tx) => saveNetworkReport(tx, serial, report, 1))
      expect(await show()).toMatchObject({ networks: [{ members: [{ ...shown, tunnel: isUp ? 'up' : 'down' }] }] })
    }
    await expect(popShow.run(context(), { serial })).rejects.toThrow(`There is no point of presence ${serial}.`)
  })

  test('one that is removed is in no list, its gateways have no tunnel, and its connection ends', async () => {
    const serial = await member()
    await add()
    expect(await popRemove.run(context(), { serial: 'pop1' })).toEqual({ serial: 'pop1', removed: true })
    expect(await popList.run(context(), {})).toEqual([])
    expect(disconnected).toEqual(['pop1'])
    const desired = await world().store.read((db) => findDesiredConfig(db, serial))
    expect(desired?.config.own[serial]?.network).toBeUndefined()
    await expect(popRemove.run(context(), { serial: 'pop1' })).rejects.toThrow('There is no point of presence pop1.')
  })

  test('it is no gateway: it is in no list of devices, no instance can have it, and it stays what it is', async () => {
    await add()
    expect(await deviceList.run(context(), deviceList.input.parse({}))).toEqual([])
    const SmartAGId = await world().addInstance()
    const bind = { RegionId: regionId, SmartAGId, SerialNumber: 'pop1' }
    expect(await world().refused(bindSerialNumber, bind)).toBe('SAG.InvalidSerialNumber')
    const edit = deviceEdit.run(context(), deviceEdit.input.parse({ serial: 'pop1', model: 'sag-1000' }))
    await expect(edit).rejects.toThrow('is a point of presence')
  })
})
