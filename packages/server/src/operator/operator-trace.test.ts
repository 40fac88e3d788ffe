import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askOperator, askOperatorForLines } from '../../../cli/src/operator-client.ts'
import { createSmartAccessGateway } from '../apis/smartag/instances/create-smart-access-gateway.ts'
import { examplesOf, testInWorld } from '../apis/testing/harness.suite.ts'
import type { RunningServer } from '../server-options.ts'
import { startServer } from '../start.ts'
import { readDetails } from '../store/audit/details.ts'
import { createSizeOrders } from '../store/fleet/size-orders.ts'
import { storeOf } from '../store/testing/database.suite.ts'
import type { OperatorContext } from './command.ts'
import { createOperatorTrace } from './operator-trace.ts'
import { orderPay } from './orders.ts'

let data: string
let server: RunningServer
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-operator-trace-'))
  server = await startServer({
    ...{ data, host: '127.0.0.1', port: 0, regionId: 'cn-hangzhou', heartbeatMs: 15_000 },
    ...storeOf(data),
    logger: pino({ level: 'silent' }),
  })
})
afterEach(async () => {
  await server.close()
  await rm(data, { recursive: true, force: true })
})

// biome-ignore lint/suspicious/noExplicitAny: what answers hold is what the tests are about.
type Answer = any

const operator = (name: string, input: object): Promise<Answer> => askOperator(data, name, input)

/** The entries of the operator, oldest first. */
async function entries(): Promise<readonly Answer[]> {
  let text = ''
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString('utf8')
      done()
    },
  })
  await askOperatorForLines(data, 'audit export', {}, out)
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return lines.filter(({ principal }) => principal === 'operator')
}

const branch = {
  name: 'branch-hangzhou',
  model: 'sag-1000',
  cidr: ['10.1.0.0/24', '10.2.0.0/24'],
  serial: 'sag0000001',
}

test('the entry of a command that makes something names it, by id and name, with its fields', async () => {
  const { instanceId } = await operator('gateway add', branch)
  const [entry] = await entries()
  expect(entry).toMatchObject({
    action: 'gateway add',
    resources: [instanceId, 'sag0000001'],
    things: [{ id: instanceId, name: 'branch-hangzhou' }, { id: 'sag0000001' }],
    parameters: { name: 'branch-hangzhou', cidr: '10.1.0.0/24,10.2.0.0/24', serial: 'sag0000001' },
  })
  expect(entry.changes).toContainEqual({ resource: instanceId, field: 'CidrBlock', after: '10.1.0.0/24,10.2.0.0/24' })
  expect(entry.changes).toContainEqual({ resource: 'sag0000001', field: 'SmartAGId', after: instanceId })
})

test('the entry of a command that changes something says each field before and after', async () => {
  await operator('gateway add', branch)
  await operator('device edit', { serial: 'sag0000001', version: '2.4.0.0' })
  expect((await entries()).at(-1)).toMatchObject({
    action: 'device edit',
    resources: ['sag0000001'],
    parameters: { serial: 'sag0000001', version: '2.4.0.0' },
    changes: [{ resource: 'sag0000001', field: 'SoftwareVersion', before: '2.3.1.1', after: '2.4.0.0' }],
  })
})

test('the entry of a bill says what it changed of the subscription', async () => {
  const { instanceId } = await operator('gateway add', branch)
  await operator('billing overdue', { id: instanceId })
  await operator('billing overdue', { id: instanceId, settled: true })
  const [overdue, settled] = (await entries()).slice(-2)
  const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(overdue.changes).toEqual([{ resource: instanceId, field: 'OverdueSince', after: since }])
  expect(settled.changes).toEqual([{ resource: instanceId, field: 'OverdueSince', before: since }])
})

test('an access key that was disabled and deleted is named with its state', async () => {
  const { accountId, accessKeyId } = await operator('account create', { name: 'second' })
  await operator('account key', { accountId })
  await operator('key disable', { accessKeyId })
  await operator('key delete', { accessKeyId })
  const [made, , disabled, deleted] = await entries()
  expect(made).toMatchObject({ resources: ['second', accountId, accessKeyId] })
  expect(disabled.changes).toEqual([{ resource: accessKeyId, field: 'Status', before: 'Active', after: 'Inactive' }])
  expect(deleted.changes).toContainEqual({ resource: accessKeyId, field: 'Status', before: 'Inactive' })
})

test('what a command leaves as it is shows no change, and no secret is in an entry', async () => {
  const secrets = [
    (await operator('gateway add', branch)).enrolmentKey,
    (await operator('device add', { serial: 'sag0000002', model: 'sag-1000' })).enrolmentKey,
    (await operator('device reenrol', { serial: 'sag0000002' })).enrolmentKey,
    (await operator('account create', { name: 'second' })).accessKeySecret,
  ]
  const all = await entries()
  expect(all.find(({ action }) => action === 'device reenrol')).toMatchObject({
    resources: ['sag0000002'],
    changes: [],
  })
  for (const secret of secrets) expect(JSON.stringify(all)).not.toContain(secret)
})

testInWorld('the entry of an order', (world) => {
  const at = Date.parse('2026-01-01T00:00:00Z')

  async function paid(id: string): Promise<{ readonly resources: readonly string[]; readonly changes: unknown }> {
    const trace = createOperatorTrace(orderPay, { id }, world().store)
    const result = await orderPay.run({ store: trace.store, clock: { now: () => at } } as OperatorContext, { id })
    const { resources, details } = await trace.summary(result)
    return { resources, changes: readDetails(details).changes }
  }

  test('that is named by its number says which instance it is of, and what it changed there', async () => {
    const { OrderId, SmartAGId } = await world().call(createSmartAccessGateway, {
      ...examplesOf(createSmartAccessGateway),
      AutoPay: 'false',
    })
    expect(await paid(String(OrderId))).toEqual({
      resources: [OrderId, SmartAGId],
      changes: [{ resource: SmartAGId, field: 'PaidAt', after: '2026-01-01T00:00:00.000Z' }],
    })
  })

  test('of another size says so, though the order is gone when it is paid', async () => {
    const id = await world().addInstance({ kind: 'app', userCount: 5, dataPlan: 5 })
    await world().store.write((tx) => createSizeOrders(tx).place('order-1', id, { userCount: 10, dataPlan: 5 }, at))
    expect(await paid('order-1')).toEqual({
      resources: ['order-1', id],
      changes: [{ resource: id, field: 'UserCount', before: '5', after: '10' }],
    })
  })
})
