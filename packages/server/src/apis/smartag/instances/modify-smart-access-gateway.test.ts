import { describe, expect, test } from 'vitest'
import { snatEntryLimit } from '../../../model/snat.ts'
import { day, type Harness, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, change, grant, ip, putInto } from '../../testing/networks.suite.ts'
import { addUser } from '../../testing/remote-users.suite.ts'
import { addSnatEntry } from '../nat/add-snat-entry.ts'
import { modifySmartAccessGateway as operation } from './modify-smart-access-gateway.ts'

type Params = Readonly<Record<string, string>>

testOperation(operation, (world) => {
  function request(SmartAGId: string, more: Params): Params {
    return { RegionId: regionId, SmartAGId, ...more }
  }

  function refused(id: string, more: Params): Promise<string> {
    return world().refused(operation, request(id, more))
  }

  async function modify(id: string, more: Params): Promise<void> {
    expect(await world().call(operation, request(id, more))).toEqual({})
  }

  async function facts(id: string) {
    return change(world(), async ({ fleet, addresses }) => ({
      instance: await fleet.instanceById(id),
      cidrs: (await addresses.cidrs(id)).map(({ cidr }) => cidr),
      snat: await addresses.snatEntries(id),
    }))
  }

  async function config(id: string): Promise<unknown> {
    const row = await world().store.read((db) =>
      db.selectFrom('gateway_config').selectAll().where('instance_id', '=', id).executeTakeFirst(),
    )
    return row === undefined ? undefined : { revision: row.revision, ...JSON.parse(row.config) }
  }

  function snat(...entries: readonly (readonly [cidr: string, ip?: string])[]): Params {
    return Object.fromEntries(
      entries.flatMap(([cidr, address], index) => [
        [`SnatEntries.${index + 1}.CidrBlock`, cidr],
        ...(address === undefined ? [] : [[`SnatEntries.${index + 1}.SnatIp`, address]]),
      ]),
    )
  }

  function app(world: Harness, userCount = 5): Promise<string> {
    return world.addInstance({ kind: 'app', userCount, dataPlan: 5 })
  }

  describe('what a call changes', () => {
    test('everything that is sent, and its gateways are told once', async () => {
      const id = await world().addInstance({ name: 'before' })
      const serial = await world().addDevice(id)
      const before = (await facts(id)).instance?.configRevision ?? 0
      await modify(id, {
        Name: '杭州-branch_1',
        Description: 'Branch, 2nd floor',
        CidrBlock: '192.168.20.0/24, 10.0.0.0/16',
        SecurityLockThreshold: '3600',
        RoutingStrategy: 'static',
        Position: '[ { "adcode":"", "label":"1 Road" } ]',
        EnableSoftwareConnectionAudit: 'False',
      })
      const { instance, cidrs } = await facts(id)
      expect(instance).toMatchObject({
        name: '杭州-branch_1',
        description: 'Branch, 2nd floor',
        securityLockThreshold: 3600,
        routingStrategy: 'static',
        position: '[ { "adcode":"", "label":"1 Road" } ]',
        configRevision: before + 1,
      })
      expect(cidrs).toEqual(['192.168.20.0/24', '10.0.0.0/16'])
      expect(await config(id)).toMatchObject({
        revision: before + 1,
        cidrs: ['192.168.20.0/24', '10.0.0.0/16'],
        routingStrategy: 'static',
        securityLockThreshold: 3600,
        snat: [],
      })
      expect(world().told.filter((told) => told === serial)).toHaveLength(1)
    })

    test('nothing that is not sent, and a call that changes nothing tells no gateway', async () => {
      const id = await world().addInstance()
      await world().addDevice(id)
      await modify(id, { Name: 'branch', CidrBlock: '10.1.0.0/24', SecurityLockThreshold: '60' })
      const before = [await facts(id), await config(id), world().told.length]
      await modify(id, {})
      await modify(id, { Name: 'branch', CidrBlock: '10.1.0.0/24', SecurityLockThreshold: '60', Description: '' })
      expect([await facts(id), await config(id), world().told.length]).toEqual(before)
    })

    test.each([{ RoutingStrategy: 'dynamic' }, { SecurityLockThreshold: '60' }, { CidrBlock: '10.0.0.0/24' }])(
      '%j alone reaches the gateways',
      async (params) => {
        const id = await world().addInstance()
        const serial = await world().addDevice(id)
        await modify(id, params)
        expect(world().told).toContain(serial)
        expect(await config(id)).toMatchObject({ revision: expect.any(Number) })
      },
    )

    test('the name alone is no matter for the gateways', async () => {
      const id = await world().addInstance()
      await world().addDevice(id)
      const before = await config(id)
      await modify(id, { Name: 'branch', Position: 'Hangzhou' })
      expect(await config(id)).toEqual(before)
      expect(world().told).toEqual([])
    })

    test('all or nothing: a refused call leaves every setting as it was', async () => {
      const [id, other] = [await world().addInstance(), await world().addInstance()]
      await addCcn(world(), {}, id, other)
      await modify(other, { CidrBlock: '10.1.0.0/16' })
      const before = [await facts(id), await config(id)]
      expect(await refused(id, { Name: 'new', SecurityLockThreshold: '9', CidrBlock: '10.1.1.0/24' })).toBe(
        'SAG.CidrOverlap',
      )
      expect([await facts(id), await config(id)]).toEqual(before)
    })

    test('two calls for one block in a CCN: one gets it', async () => {
      const ids = [await world().addInstance(), await world().addInstance()]
      await addCcn(world(), {}, ...ids)
      const outcomes = await Promise.allSettled(ids.map((id) => modify(id, { CidrBlock: '10.0.0.0/24' })))
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    })

    test('works while its gateways are away or unsynchronised', async () => {
      const id = await world().addInstance()
      await world().addDevice(id, { connected: false, synStatus: 'Unsynchronized' })
      await modify(id, { CidrBlock: '10.0.0.0/24' })
    })

    test('the static list is kept under the dynamic strategy, and both together are the way back', async () => {
      const id = await world().addInstance()
      await modify(id, { CidrBlock: '10.0.0.0/24' })
      await modify(id, { RoutingStrategy: 'dynamic' })
      expect((await facts(id)).cidrs).toEqual(['10.0.0.0/24'])
      await modify(id, { RoutingStrategy: 'static', CidrBlock: '10.0.1.0/24' })
      expect(await facts(id)).toMatchObject({ cidrs: ['10.0.1.0/24'], instance: { routingStrategy: 'static' } })
    })

    test('SNAT entries replace those there are; one that stays keeps id, age and address', async () => {
      const id = await world().addInstance()
      await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' }, id)
      await modify(id, snat(['192.168.1.0/24', '10.255.0.9'], ['192.168.2.0/24']))
      const [first, second] = (await facts(id)).snat.toSorted((a, b) => a.cidr.first - b.cidr.first)
      expect([first?.snatIp, second?.snatIp]).toEqual([ip('10.255.0.9'), ip('10.255.0.1')])
      world().now += day
      await modify(id, snat(['192.168.3.0/24'], ['192.168.2.0/24']))
      const entries = (await facts(id)).snat
      expect(entries).toContainEqual(second)
      expect(entries.map(({ cidr, snatIp }) => [cidr.cidr, snatIp])).toEqual([
        ['192.168.2.0/24', ip('10.255.0.1')],
        ['192.168.3.0/24', ip('10.255.0.2')],
      ])
      expect(await config(id)).toMatchObject({
        snat: [
          { cidr: '192.168.2.0/24', ip: '10.255.0.1' },
          { cidr: '192.168.3.0/24', ip: '10.255.0.2' },
        ],
      })
    })

    test('an App takes a pool and the audit of connections; sessions outside the new pool end', async () => {
      const id = await app(world())
      await addCcn(world(), { range: '10.0.0.0/8' }, id)
      await modify(id, { CidrBlock: '10.9.0.0/24', EnableSoftwareConnectionAudit: 'true' })
      expect((await facts(id)).instance?.connectionAudit).toBe(true)
      for (const [name, address] of [
        ['stays', '10.9.0.5'],
        ['goes', '10.9.0.200'],
      ] as const) {
        await world().store.write((tx) =>
          tx
            .insertInto('client_session')
            .values({
              id: name,
              instance_id: id,
              user_name: name,
              address: ip(address),
              online_at: 0,
              last_seen_at: 0,
              token_hash: name,
              terminal: '',
              source: '',
            })
            .execute(),
        )
      }
      await modify(id, { CidrBlock: '10.9.0.0/25' })
      const left = await world().store.read((db) => db.selectFrom('client_session').select('id').execute())
      expect(left.map((session) => session.id)).toEqual(['stays'])
      expect(await config(id)).toBeUndefined()
    })

    test('values every instance of the kind has anyway are no change', async () => {
      const id = await app(world())
      await modify(id, { RoutingStrategy: 'static', SecurityLockThreshold: '0' })
    })
  })

  describe('values', () => {
    test('MissingParameter: no region, or no instance', async () => {
      expect(await world().refused(operation, { SmartAGId: 'sag-1' })).toBe('MissingParameter')
      expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingParameter')
    })

    test('SAG.InstanceIdEmpty: sent, with nothing in it', async () => {
      expect(await refused(' ', {})).toBe('SAG.InstanceIdEmpty')
    })

    test.each(['abc', 'sag', 'sag-', 'sag-ABC', 'ccn-1', 'sag-1 '])('InvalidId.SMARTAG: %j', async (id) => {
      expect(await refused(id, {})).toBe('InvalidId.SMARTAG')
    })

    test.each<readonly [code: string, param: string, value: string]>([
      ['InvalidName', 'Name', '1'],
      ['InvalidName', 'Name', 'http://a'],
      ['InvalidDescription', 'Description', 'https://a'],
      ['SAG.InvalidRoutingStrategy', 'RoutingStrategy', 'ospf'],
      ['SAG.InvalidRoutingStrategy', 'RoutingStrategy', 'Static'],
      ['InvalidParameter', 'SecurityLockThreshold', '-1'],
      ['InvalidParameter', 'SecurityLockThreshold', 'soon'],
      ['InvalidParameter', 'EnableSoftwareConnectionAudit', 'yes'],
      ['SAG.CidrEmpty', 'CidrBlock', ''],
      ['SAG.CidrEmpty', 'CidrBlock', ' , ,'],
      ['SAG.InvalidCidrFormat', 'CidrBlock', '10.0.0.0'],
      ['SAG.InvalidCidrFormat', 'CidrBlock', '10.0.0/24'],
      ['SAG.InvalidCidrFormat', 'CidrBlock', 'fd00::/64'],
      ['InvalidCidr', 'CidrBlock', '10.0.0.1/24'],
      ['InvalidCidr', 'CidrBlock', '10.0.0.0/33'],
      ['InvalidCidr', 'CidrBlock', '0.0.0.0/0'],
      ['SAG.InvalidCidr', 'CidrBlock', '127.0.0.0/8'],
      ['SAG.InvalidCidr', 'CidrBlock', '224.0.1.0/24'],
      ['CidrConflict', 'CidrBlock', '10.0.0.0/16,10.0.1.0/24'],
      ['CidrConflict', 'CidrBlock', '10.0.0.0/16,10.0.0.0/16'],
      ['SAG.InvalidSnatCidr', 'SnatEntries.1.CidrBlock', 'x'],
      ['SAG.InvalidSnatCidr', 'SnatEntries.1.CidrBlock', '127.0.0.0/8'],
      ['SAG.InvalidSnatCidr', 'SnatEntries.1.SnatIp', '10.0.0.1'],
    ])('%s: %s=%j, whether or not there is such an instance', async (code, param, value) => {
      expect(await refused('sag-none', { [param]: value })).toBe(code)
    })

    test('SAG.InvalidSnatCidr: two sources overlap', async () => {
      expect(await refused('sag-none', snat(['192.168.0.0/16'], ['192.168.1.0/24']))).toBe('SAG.InvalidSnatCidr')
    })

    test('SAG.InvalidSnatCidr: one entry more than an instance may have', async () => {
      const many = Array.from({ length: snatEntryLimit + 1 }, (_, index): [string] => [`192.168.${index}.0/24`])
      expect(await refused('sag-none', snat(...many))).toBe('SAG.InvalidSnatCidr')
      expect(await refused('sag-none', snat(...many.slice(1)))).toBe('SAG.InstanceNoFound')
    })

    test('SAG.InvalidSnatIp: no address', async () => {
      expect(await refused('sag-none', snat(['192.168.0.0/16', '300.1.1.1']))).toBe('SAG.InvalidSnatIp')
    })
  })

  describe('the instance', () => {
    test('SAG.InstanceNoFound: unknown, or in another region, whoever owns it', async () => {
      expect(await refused('sag-none', {})).toBe('SAG.InstanceNoFound')
      for (const id of [await world().addInstance(), await world().addInstance({ accountId: otherAccountId })]) {
        expect(await world().refused(operation, { RegionId: 'cn-hangzhou', SmartAGId: id })).toBe('SAG.InstanceNoFound')
      }
    })

    test("Forbidden: another account's", async () => {
      expect(await refused(await world().addInstance({ accountId: otherAccountId }), {})).toBe('Forbidden')
    })

    test("Forbidden: another account's that was granted to a CCN of the caller, also while it is in it", async () => {
      const id = await world().addInstance({ accountId: otherAccountId, name: 'theirs' })
      const ccn = await addCcn(world())
      await grant(world(), id, ccn)
      for (const change of [{ Name: 'mine' }, { CidrBlock: '10.0.0.0/24' }, { SecurityLockThreshold: '60' }, {}]) {
        expect(await refused(id, change)).toBe('Forbidden')
      }
      await putInto(world(), id, ccn)
      expect(await refused(id, { Name: 'mine' })).toBe('Forbidden')
      expect((await world().fleet.instanceById(id))?.name).toBe('theirs')
    })

    test.each(['ordered', 'delivered', 'received'] as const)(
      'SmartAccessGatewayNotActivated: %s hardware',
      async (state) => {
        expect(await refused(await world().addInstance({ state }), {})).toBe('SmartAccessGatewayNotActivated')
      },
    )

    test.each(['app', 'vcpe'] as const)('SAG.NoActive: an unpaid %s', async (kind) => {
      expect(await refused(await world().addInstance({ kind, state: 'unpaid' }), {})).toBe('SAG.NoActive')
    })

    test('SmartAccessGatewayInArrears: hardware whose month has passed', async () => {
      const id = await world().addInstance({ periodMonths: 1 })
      world().now += 31 * day
      expect(await refused(id, {})).toBe('SmartAccessGatewayInArrears')
    })

    test.each(['app', 'vcpe'] as const)('SAG.Arrearage: %s, expired or with an unpaid bill', async (kind) => {
      const expired = await world().addInstance({ kind, periodMonths: 1 })
      const overdue = await world().addInstance({ kind })
      await world().fleet.setOverdue(overdue, world().now)
      expect(await refused(overdue, {})).toBe('SAG.Arrearage')
      world().now += 31 * day
      expect(await refused(expired, {})).toBe('SAG.Arrearage')
    })

    test.each(['hardware', 'vcpe'] as const)('ActionNotSupport: the audit on %s', async (kind) => {
      const id = await world().addInstance({ kind })
      expect(await refused(id, { EnableSoftwareConnectionAudit: 'true' })).toBe('ActionNotSupport')
    })

    test.each<Params>([
      { RoutingStrategy: 'dynamic' },
      { SecurityLockThreshold: '60' },
      { 'SnatEntries.1.CidrBlock': '192.168.0.0/24' },
    ])('ActionNotSupport: %j on an App', async (params) => {
      expect(await refused(await app(world()), params)).toBe('ActionNotSupport')
    })

    test('FeatureNotSupport: dynamic routing with a SAG-100WM below 2.0.0 among its devices', async () => {
      const id = await world().addInstance({ spec: 'sag-100wm' })
      await world().addDevice(id, { model: 'sag-100wm', version: '2.0.0.0' })
      const old = await world().addDevice(id, { model: 'sag-100wm', version: '1.9.9.9' })
      expect(await refused(id, { RoutingStrategy: 'dynamic' })).toBe('FeatureNotSupport')
      await world().setDevice(old, { version: '2.0.0' })
      await modify(id, { RoutingStrategy: 'dynamic' })
    })

    test('SAG.NotAllowConfigCidr: the strategy after the call is dynamic', async () => {
      const id = await world().addInstance()
      expect(await refused(id, { RoutingStrategy: 'dynamic', CidrBlock: '10.0.0.0/24' })).toBe('SAG.NotAllowConfigCidr')
      await modify(id, { RoutingStrategy: 'dynamic' })
      expect(await refused(id, { CidrBlock: '10.0.0.0/24' })).toBe('SAG.NotAllowConfigCidr')
    })
  })

  describe('new blocks', () => {
    const blocks = (count: number): string => Array.from({ length: count }, (_, n) => `10.0.${n}.0/24`).join(',')

    test('SAG.CidrAmountLimit: more than ten', async () => {
      const id = await world().addInstance()
      await modify(id, { CidrBlock: blocks(10) })
      expect(await refused(id, { CidrBlock: blocks(11) })).toBe('SAG.CidrAmountLimit')
    })

    test.each(['hardware', 'vcpe'] as const)(
      'SAG.InvalidCidr: the first block of %s has no room for a terminal of its DHCP server',
      async (kind) => {
        const id = await world().addInstance({ kind })
        for (const CidrBlock of ['10.0.0.0/31', '10.0.0.1/32', '10.0.0.1/32,10.1.0.0/24']) {
          expect(await refused(id, { CidrBlock })).toBe('SAG.InvalidCidr')
        }
        for (const CidrBlock of ['10.0.0.0/30', '10.1.0.0/24,10.0.0.1/32,10.2.0.0/31']) await modify(id, { CidrBlock })
      },
    )

    test('a block too small for DHCP is too small for the accounts of an App', async () => {
      expect(await refused(await app(world()), { CidrBlock: '10.0.0.1/32' })).toBe('SAG.IpCountTooLittle')
    })

    test('SAG.CidrUsedByRoutableAddress: a block that holds a service address goes or shrinks', async () => {
      const id = await world().addInstance()
      const serial = await world().addDevice(id)
      await modify(id, { CidrBlock: '10.0.0.0/24,10.1.0.0/24' })
      const service = { serial, type: 'RemoteWeb', address: ip('10.1.0.200') } as const
      await change(world(), ({ addresses }) => addresses.addServiceAddress(id, service, world().now))
      for (const CidrBlock of ['10.0.0.0/24', '10.0.0.0/24,10.1.0.0/25']) {
        expect(await refused(id, { CidrBlock })).toBe('SAG.CidrUsedByRoutableAddress')
      }
      await modify(id, { CidrBlock: '10.1.0.0/16' })
      await change(world(), ({ addresses }) => addresses.removeServiceAddresses(id))
      await modify(id, { CidrBlock: '10.0.0.0/24' })
    })

    test('SAG.SslConnectionSpecInvalid: fewer connections were bought than accounts exist, or none', async () => {
      const id = await app(world(), 1)
      await addUser(world(), id, 'first')
      await modify(id, { CidrBlock: '10.9.0.0/24' })
      await addUser(world(), id, 'second')
      expect(await refused(id, { CidrBlock: '10.9.0.0/24' })).toBe('SAG.SslConnectionSpecInvalid')
      expect(await refused(await app(world(), 0), { CidrBlock: '10.9.0.0/24' })).toBe('SAG.SslConnectionSpecInvalid')
    })

    test('SAG.IpCountTooLittle: a pool with fewer addresses than connections', async () => {
      const id = await app(world(), 5)
      expect(await refused(id, { CidrBlock: '10.9.9.0/30' })).toBe('SAG.IpCountTooLittle')
      await modify(id, { CidrBlock: '10.9.9.0/29' })
    })

    test.each(['10.1.0.0/16', '10.0.0.0/8', '10.1.2.0/24', '10.1.2.3/32'])(
      'SAG.CidrOverlap: %s beside 10.1.0.0/16 of another instance in the CCN',
      async (CidrBlock) => {
        const [id, other] = [await world().addInstance(), await world().addInstance()]
        await addCcn(world(), {}, id, other)
        await modify(other, { CidrBlock: '10.3.0.0/16,10.1.0.0/16' })
        expect(await refused(id, { CidrBlock })).toBe('SAG.CidrOverlap')
        await modify(id, { CidrBlock: '10.0.0.0/16,10.2.0.0/16' })
      },
    )

    test("its own blocks, those of another CCN and those of an instance in none are in nobody's way", async () => {
      const [id, elsewhere, unbound] = [
        await world().addInstance(),
        await world().addInstance(),
        await world().addInstance(),
      ]
      await addCcn(world(), {}, id)
      await addCcn(world(), {}, elsewhere)
      for (const each of [id, elsewhere, unbound]) await modify(each, { CidrBlock: '10.1.0.0/16' })
      await modify(id, { CidrBlock: '10.1.0.0/17' })
    })

    test('SAG.CidrOverlap: the pool of an App an account roams to or from', async () => {
      const [home, abroad] = [await app(world()), await app(world())]
      await modify(home, { CidrBlock: '10.9.0.0/24' })
      await addUser(world(), abroad, 'roamer', { roamed_from: home })
      expect(await refused(abroad, { CidrBlock: '10.9.0.128/25' })).toBe('SAG.CidrOverlap')
      await modify(abroad, { CidrBlock: '10.9.1.0/24' })
      expect(await refused(home, { CidrBlock: '10.9.0.0/23' })).toBe('SAG.CidrOverlap')
    })

    test('SAG.CcnCidrNoConfig: an App in a CCN without a range; hardware may be in one', async () => {
      const [id, hardware] = [await app(world()), await world().addInstance()]
      await addCcn(world(), {}, id, hardware)
      expect(await refused(id, { CidrBlock: '10.9.0.0/24' })).toBe('SAG.CcnCidrNoConfig')
      await modify(hardware, { CidrBlock: '10.9.0.0/24' })
    })

    test('SAG.InvalidCidr.NoBelongCcnCidr: a block outside the range of the CCN', async () => {
      const id = await world().addInstance()
      await addCcn(world(), { range: '10.0.0.0/8' }, id)
      expect(await refused(id, { CidrBlock: '10.0.0.0/24,172.16.0.0/24' })).toBe('SAG.InvalidCidr.NoBelongCcnCidr')
    })

    test('SAG.ConflictCidr.CcnSnatCidr: a block that overlaps its SNAT range', async () => {
      const id = await world().addInstance()
      await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' }, id)
      expect(await refused(id, { CidrBlock: '10.255.0.0/25' })).toBe('SAG.ConflictCidr.CcnSnatCidr')
    })

    test('SAG.ConflictSnatIp: a block that holds an SNAT address, its own or of another instance in the CCN', async () => {
      const [id, other] = [await world().addInstance(), await world().addInstance()]
      await addCcn(world(), {}, id, other)
      const entry = { RegionId: regionId, SmartAGId: id, CidrBlock: '192.168.1.0/24', SnatIp: '10.4.0.1' }
      await world().call(addSnatEntry, entry)
      for (const each of [id, other]) {
        expect(await refused(each, { CidrBlock: '10.4.0.0/24' })).toBe('SAG.ConflictSnatIp')
        await modify(each, { CidrBlock: each === id ? '10.5.0.0/24' : '10.6.0.0/24' })
      }
      const unbound = await world().addInstance()
      await world().call(addSnatEntry, { ...entry, SmartAGId: unbound })
      expect(await refused(unbound, { CidrBlock: '10.4.0.0/24' })).toBe('SAG.ConflictSnatIp')
    })

    test.each([
      ['the line is backed up by another instance', 'sag-1000', 'other'],
      ['it backs up another line', 'sag-1000', 'own'],
      ['the model takes no leased line', 'sag-100wm', 'none'],
    ] as const)('VbrConflict.ChangeSubnet: %s', async (_why, spec, backup) => {
      const id = await world().addInstance({ spec })
      await addCcn(world(), { cenId: 'cen-1' }, id)
      const other = await world().addInstance()
      await addVbr(world(), {
        cenId: 'cen-1',
        routes: '10.7.0.0/16',
        ...(backup === 'other' ? { instanceId: other } : {}),
      })
      if (backup === 'own') await addVbr(world(), { cenId: 'cen-1', routes: '10.8.0.0/16', instanceId: id })
      expect(await refused(id, { CidrBlock: '10.7.1.0/24' })).toBe('VbrConflict.ChangeSubnet')
      await modify(id, { CidrBlock: '10.6.0.0/16' })
    })

    test('VbrConflict.CreateBackup: a free line it could back up; once it does, the same call succeeds', async () => {
      const id = await world().addInstance()
      await addCcn(world(), { cenId: 'cen-1' }, id)
      const vbr = await addVbr(world(), { cenId: 'cen-1', routes: '10.7.0.0/16' })
      await addVbr(world(), { cenId: 'cen-2', routes: '10.6.0.0/16' })
      expect(await refused(id, { CidrBlock: '10.7.1.0/24' })).toBe('VbrConflict.CreateBackup')
      await change(world(), ({ networks }) => networks.bindVbr(vbr, id, world().now))
      await modify(id, { CidrBlock: '10.7.1.0/24,10.6.0.0/16' })
    })
  })

  describe('what means something in a CCN only', () => {
    test('SmartAccessGatewayNotBind: the audit, or SNAT, outside of one', async () => {
      expect(await refused(await app(world()), { EnableSoftwareConnectionAudit: 'true' })).toBe(
        'SmartAccessGatewayNotBind',
      )
      expect(await refused(await world().addInstance(), snat(['192.168.1.0/24']))).toBe('SmartAccessGatewayNotBind')
    })

    test('CCN.CidrEmpty: SNAT in a CCN without a range', async () => {
      const id = await world().addInstance()
      await addCcn(world(), {}, id)
      expect(await refused(id, snat(['192.168.1.0/24']))).toBe('CCN.CidrEmpty')
    })

    test('CCN.SnatCidrNoConfig: SNAT in a CCN without an SNAT range', async () => {
      const id = await world().addInstance()
      await addCcn(world(), { range: '10.0.0.0/8' }, id)
      expect(await refused(id, snat(['192.168.1.0/24']))).toBe('CCN.SnatCidrNoConfig')
    })

    const ranges = { range: '10.0.0.0/8', snatRange: '10.255.0.0/30' }

    test('SAG.InvalidSnatIp: an address outside that range', async () => {
      const id = await world().addInstance()
      await addCcn(world(), ranges, id)
      expect(await refused(id, snat(['192.168.1.0/24', '10.255.0.4']))).toBe('SAG.InvalidSnatIp')
    })

    test('CCN.SnatCidrConflict: a source that overlaps that range', async () => {
      const id = await world().addInstance()
      await addCcn(world(), ranges, id)
      expect(await refused(id, snat(['10.255.0.0/31', '10.255.0.1']))).toBe('CCN.SnatCidrConflict')
    })

    test('SAG.ConflictSnatIp: an address of another entry or instance, or no address left', async () => {
      const [id, other] = [await world().addInstance(), await world().addInstance()]
      await addCcn(world(), ranges, id, other)
      await modify(other, snat(['192.168.1.0/24', '10.255.0.1']))
      const taken = snat(['192.168.1.0/24', '10.255.0.1'])
      const twice = snat(['192.168.1.0/24', '10.255.0.2'], ['192.168.2.0/24', '10.255.0.2'])
      const tooMany = snat(['192.168.1.0/24'], ['192.168.2.0/24'])
      for (const params of [taken, twice, tooMany]) expect(await refused(id, params)).toBe('SAG.ConflictSnatIp')
      await modify(id, snat(['192.168.1.0/24']))
      expect((await facts(id)).snat.map(({ snatIp }) => snatIp)).toEqual([ip('10.255.0.2')])
    })
  })
})
