import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askOperator, askOperatorForLines } from '../../../cli/src/operator-client.ts'
import type { RunningServer } from '../server-options.ts'
import { startServer } from '../start.ts'

let data: string
let server: RunningServer
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-operator-trace-'))
  server = await startServer({
    ...{ data, host: '127.0.0.1', port: 0, regionId: 'cn-hangzhou', heartbeatMs: 15_000 },
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
