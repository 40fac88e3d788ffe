import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callsIn } from '../../packages/cli/src/parity/call-list.ts'
import { type ParityCall, type ParityLine, products } from '../../packages/smartag-client/src/index.ts'
import { opensag, root, runToEnd } from '../support/process.ts'
import { programsOfFile } from '../support/programs.ts'
import { limit } from '../support/time.ts'
import { type Answer, type Body, type Change, compare, record, type Service, startService } from './world.ts'

const { newFolder } = programsOfFile()
const fleet = { fleet: [{ name: 'Pudong-branch', cidr: '10.77.1.0/24' }, { name: 'Nanjing-branch' }] }
const password = 'Never_written_1'
const more = {
  args: ['--allow-writes', '--yes'],
  environment: { NEW_PASSWORD: password, MAIL: 'someone@somewhere.net' },
}

/** Reads and writes, answered well and refused, one with what another answered. */
const calls = [
  '# what there is',
  'DescribeRegions',
  'DescribeSmartAccessGateways PageSize=10',
  '  keep instance = SmartAccessGateways.SmartAccessGateway[0].SmartAGId',
  '  keep serial = SmartAccessGateways.SmartAccessGateway[0].SerialNumber',
  'DescribeSmartAccessGatewayAttribute SmartAGId={instance}',
  '',
  'ModifySAGAdminPassword SmartAGId={instance} SmartAGSn={serial} Password={env:NEW_PASSWORD}',
  'ModifySmartAccessGateway SmartAGId={instance} CidrBlock=10.0.0.1/24',
  `CreateCloudConnectNetwork Name='parity-a' Description=made-by-parity`,
  '  keep first = CcnId',
  'CreateCloudConnectNetwork Name=parity-b',
  '  keep second = CcnId',
  'DescribeCloudConnectNetworks',
  'DeleteCloudConnectNetwork CcnId={first}',
  'DeleteCloudConnectNetwork CcnId={second}',
  'CreateSmartAccessGatewayClientUser SmartAGId={instance} UserName=parity UserMail={env:MAIL} Bandwidth=500',
  'GetCallerIdentity',
]

let real: Service
let ours: Service
let folder: string
let recording: string
let recorded: Awaited<ReturnType<typeof record>>

/** An account whose number does not fit into a JSON number has no SmartAGUid; which has one is chance. */
const withoutUid: Change = (_action, { status, body }) => ({
  status,
  body: JSON.parse(JSON.stringify(body, (name, value: unknown) => (name === 'SmartAGUid' ? undefined : value))) as Body,
})

beforeAll(async () => {
  ;[real, ours] = await Promise.all([startService(fleet), startService(fleet)])
  real.change = withoutUid
  folder = await newFolder('parity')
  recording = join(folder, 'recording.jsonl')
  recorded = await record(real, folder, calls, more)
  real.change = undefined
}, limit(60_000))
beforeEach(() => {
  ours.change = withoutUid
})
afterEach(() => {
  real.change = undefined
  real.called.length = 0
})
afterAll(async () => {
  await Promise.all([real?.stop(), ours?.stop()])
})

async function linesOf(path: string): Promise<readonly ParityLine[]> {
  return (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ParityLine)
}

describe('a recording', () => {
  test('has every call with its answer, and what later calls take from it', async () => {
    expect(recorded).toMatchObject({ code: 0, output: '' })
    const [header, ...lines] = await linesOf(recording)
    expect(header).toMatchObject({ parity: 1, service: 'other', regionId: 'cn-shanghai', calls: 12 })
    expect(lines.at(-1)).toEqual({ end: true })
    const made = lines.slice(0, -1) as readonly ParityCall[]
    expect(made.map(({ action, answer }) => `${action} ${answer?.status}`)).toEqual([
      'DescribeRegions 200',
      'DescribeSmartAccessGateways 200',
      'DescribeSmartAccessGatewayAttribute 200',
      'ModifySAGAdminPassword 200',
      'ModifySmartAccessGateway 403',
      'CreateCloudConnectNetwork 200',
      'CreateCloudConnectNetwork 200',
      'DescribeCloudConnectNetworks 200',
      'DeleteCloudConnectNetwork 200',
      'DeleteCloudConnectNetwork 200',
      'CreateSmartAccessGatewayClientUser 400',
      'GetCallerIdentity 200',
    ])
    expect(made[2]?.answer?.body).toMatchObject({ SmartAGId: '{instance}', SerialNumber: '{serial}', Status: 'Active' })
    expect(made[4]?.answer?.body).toMatchObject({ Code: 'InvalidCidr', RequestId: '<request>' })
    expect(made[5]).toMatchObject({ params: { Description: 'made-by-parity' }, writes: true })
    expect(made[11]?.answer?.body).toMatchObject({ AccountId: '<account 1>', Arn: 'acs:ram::<account 1>:root' })
  })

  test('has no password, key, account, id, name, mail or address', async () => {
    const text = await readFile(recording, 'utf8')
    const { sag } = real
    const gateways = sag.gateways.flatMap(({ instanceId, serial, name }) => [instanceId, serial, name])
    for (const secret of [
      ...[password, sag.key.accessKeyId, sag.key.accessKeySecret, sag.accountId, 'somewhere.net', '127.0.0.1'],
      ...['10.77.1', ...gateways],
    ]) {
      expect(text).not.toContain(secret)
    }
    expect(text).not.toMatch(/[0-9A-F]{8}-[0-9A-F]{4}-/i)
  })

  test('of a service that answers in the same way shows no difference', async () => {
    const { code, output } = await compare(ours, recording, more)
    expect(output).toMatch(/^12 calls recorded on \d{4}-\d\d-\d\d: 12 the same, 0 different\.\n$/)
    expect(code).toBe(0)
  })
})

/** Changes the answers to one operation. */
const changed =
  (of: string, change: (answer: Answer) => void): Change =>
  async (action, answer) => {
    const same = await withoutUid(action, answer)
    if (action === of) change(same)
    return same
  }
const withMember = (of: string, name: string, value: string): Change =>
  changed(of, ({ body }) => {
    body[name] = value
  })
const gateways = (body: Body): Body[] =>
  (body['SmartAccessGateways'] as { SmartAccessGateway: Body[] })['SmartAccessGateway']

describe.each<readonly [string, Change, object]>([
  [
    'another code',
    withMember('ModifySmartAccessGateway', 'Code', 'SAG.InvalidCidr'),
    { kind: 'code', path: '', recorded: 'InvalidCidr', here: 'SAG.InvalidCidr' },
  ],
  [
    'another message',
    withMember('ModifySmartAccessGateway', 'Message', 'Cidr is illegal.'),
    { kind: 'message', path: '', recorded: 'Cidr is illegal, please check your input.', here: 'Cidr is illegal.' },
  ],
  [
    'another status',
    changed('ModifySmartAccessGateway', (answer) => {
      answer.status = 400
    }),
    { kind: 'status', path: '', recorded: '403', here: '400' },
  ],
  [
    'a missing field',
    changed('DescribeSmartAccessGateways', ({ body }) => {
      for (const one of gateways(body)) delete one['Status']
    }),
    { kind: 'missing-field', path: 'SmartAccessGateways.SmartAccessGateway[].Status' },
  ],
  ['an extra field', withMember('GetCallerIdentity', 'RoleId', '1'), { kind: 'extra-field', path: 'RoleId' }],
  [
    'another type',
    withMember('DescribeSmartAccessGateways', 'TotalCount', '2'),
    { kind: 'type', path: 'TotalCount', recorded: 'number', here: 'string' },
  ],
  [
    'another order of fields',
    changed('CreateCloudConnectNetwork', (answer) => {
      if (answer.body['Name'] !== 'parity-b') return
      const { CcnId, ...others } = answer.body
      answer.body = { ...others, CcnId }
    }),
    { kind: 'field-order', path: '', recorded: 'CcnId, Name, Status, RequestId' },
  ],
  [
    'another order of elements',
    changed('DescribeCloudConnectNetworks', ({ body }) => {
      const { CloudConnectNetwork: list } = body['CloudConnectNetworks'] as { CloudConnectNetwork: Body[] }
      list.sort((one, other) => String(one['CreateTime']).localeCompare(String(other['CreateTime'])))
    }),
    {
      kind: 'element-order',
      path: 'CloudConnectNetworks.CloudConnectNetwork',
      recorded: '{second}, {first}',
      here: '{first}, {second}',
    },
  ],
])('a service with %s', (_title, change, difference) => {
  test('differs in that and nothing else, and the command fails', async () => {
    ours.change = change
    const { code, output } = await compare(ours, recording, { ...more, args: [...more.args, '--json'] })
    const { different } = JSON.parse(output) as { different: readonly { differences: readonly object[] }[] }
    expect(different.flatMap(({ differences }) => differences)).toEqual([expect.objectContaining(difference)])
    expect(code).toBe(1)
  })
})

test('a refusal in place of an answer is a difference of status and code, as text', async () => {
  ours.change = async (action, answer) =>
    action === 'DescribeRegions'
      ? { status: 403, body: { Code: 'NoPermission', Message: 'No.' } }
      : withoutUid(action, answer)
  const { code, output } = await compare(ours, recording, more)
  expect(output).toContain(
    '1 DescribeRegions\n  HTTP status\n    recorded: 200\n    here:     403\n  code\n    recorded: success\n    here:     NoPermission\n',
  )
  expect(code).toBe(1)
})

describe('a call that writes', () => {
  const one = ['CreateCloudConnectNetwork Name=parity-c']
  test('is not made unless it is allowed, and the message names it', async () => {
    const { code, errors } = await record(real, await newFolder('parity'), one, { args: ['--yes'] })
    expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringContaining('CreateCloudConnectNetwork') })
    expect(real.called).toEqual([])
  })

  test('is not made unconfirmed: without a terminal, and when the answer on one is no', async () => {
    const target = await newFolder('parity')
    const { code, errors } = await record(real, target, one, { args: ['--allow-writes'] })
    expect({ code, errors }).toMatchObject({ code: 2, errors: expect.stringMatching(/cost money[\s\S]*--yes/) })
    const command = `${process.execPath} packages/cli/bin/opensag.js parity record ${target}/calls.txt --out ${target}/out.jsonl --endpoint ${real.endpoint} --allow-writes`
    const onTerminal = await runToEnd('script', ['-qec', command, '/dev/null'], {
      input: 'no\n',
      environment: real.environment,
    })
    expect(onTerminal).toMatchObject({ code: 2, output: expect.stringContaining('No call was made.') })
    expect(real.called).toEqual([])
  })
})

describe('while it records', () => {
  test('a throttled call is made again, and only its last answer is in the file', async () => {
    real.change = async (_action, answer) =>
      real.called.length < 3
        ? { status: 400, body: { Code: 'Throttling.User', Message: 'Slow.' }, headers: { 'x-acs-retry-after': '5' } }
        : answer
    const target = await newFolder('parity')
    expect(await record(real, target, ['DescribeRegions'])).toMatchObject({ code: 0 })
    expect(real.called).toHaveLength(3)
    expect((await linesOf(join(target, 'recording.jsonl')))[1]).toMatchObject({ answer: { status: 200 } })
  })

  test('a call without an answer is recorded as such, and a recording that was cut off can be compared', async () => {
    const target = await newFolder('parity')
    real.change = (action, answer) => {
      if (action !== 'GetCallerIdentity') return withoutUid(action, answer)
      return new Promise(() => {})
    }
    const running = record(real, target, ['DescribeRegions', 'GetCallerIdentity'], {
      args: ['--timeout', `${limit(300)}ms`, '--attempts', '1'],
    })
    expect(await running).toMatchObject({ code: 0 })
    const path = join(target, 'recording.jsonl')
    expect((await linesOf(path))[2]).toMatchObject({ why: expect.stringContaining('no answer within') })
    const { code, output } = await compare(ours, path)
    expect(output).toMatch(/^2 GetCallerIdentity: not compared: in the recording: no answer within/)
    expect(code).toBe(0)

    const whole = await readFile(path, 'utf8')
    await writeFile(path, whole.slice(0, whole.lastIndexOf('\n', whole.length - 40)))
    expect((await compare(ours, path)).output).toContain('The recording was interrupted')
  })

  test('of calls whose answer is lost, a read is made again and a write is not', async () => {
    const target = await newFolder('parity')
    const counts = new Map<string, number>()
    real.change = (action, answer) => {
      counts.set(action, (counts.get(action) ?? 0) + 1)
      return counts.get(action) === 1 ? new Promise(() => {}) : answer
    }
    const args = ['--timeout', `${limit(300)}ms`, '--attempts', '3', '--allow-writes', '--yes']
    await record(real, target, ['DescribeRegions', 'UnbindSmartAccessGateway CcnId=ccn-none'], { args })
    expect(Object.fromEntries(counts)).toEqual({ DescribeRegions: 2, UnbindSmartAccessGateway: 1 })
    expect(await linesOf(join(target, 'recording.jsonl'))).toMatchObject([
      {},
      { action: 'DescribeRegions', answer: { status: 200 } },
      { action: 'UnbindSmartAccessGateway', why: expect.stringContaining('no answer within') },
      { end: true },
    ])
  })

  test('a run whose time is up begins no further call, and says that the recording is not complete', async () => {
    const target = await newFolder('parity')
    const { code, errors } = await record(real, target, ['DescribeRegions'], { args: ['--time-limit', '0ms'] })
    expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining('is not complete') })
    expect(real.called).toEqual([])
    expect(await linesOf(join(target, 'recording.jsonl'))).toHaveLength(1)
  })

  test('a wrong key ends it, and nothing of the signature is shown', async () => {
    const target = await newFolder('parity')
    const environment = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'not the secret' }
    const { code, errors } = await record(real, target, ['DescribeRegions'], { environment })
    expect(errors).toBe(
      `The service does not accept the key pair: SignatureDoesNotMatch. 0 calls are in ${join(target, 'recording.jsonl')}.\n`,
    )
    expect(code).toBe(1)
    expect(await linesOf(join(target, 'recording.jsonl'))).toHaveLength(1)
  })
})

test.each([
  ['ModifySAGAdminPassword Password=In_the_open_1', 'Password looks like a secret'],
  ['CreateSmartAccessGatewayClientUser UserMail=me@corp.net', 'UserMail looks like a mail address'],
  ['DescribeRegions OwnerId=1234567890123456', 'OwnerId looks like an account'],
  ['DescribeX SmartAGId={instance}', 'line 1: {instance} is kept by no earlier call'],
  ['DescribeX Name={env:NOT_SET}', 'needs these variables of the environment: NOT_SET'],
])('a list with %j is refused before anything is sent', async (line, message) => {
  const { code, errors } = await record(real, await newFolder('parity'), [line])
  expect(errors).toContain(message)
  expect(errors).not.toMatch(/In_the_open|corp\.net|1234567890123456/)
  expect(code).toBe(2)
  expect(real.called).toEqual([])
})

test('a file that is no recording is refused with the line, and one that is not there', async () => {
  const path = join(await newFolder('parity'), 'changed.jsonl')
  await writeFile(path, `${(await readFile(recording, 'utf8')).split('\n')[0]}\n{"call":\n`)
  expect(await compare(ours, path, more)).toMatchObject({
    code: 2,
    errors: expect.stringContaining('line 2 is not valid JSON'),
  })
  expect(await compare(ours, `${path}.none`)).toMatchObject({
    code: 2,
    errors: expect.stringContaining('does not exist'),
  })
})

test('the lists of docs/parity.md have operations and parameters that are published', async () => {
  const page = await readFile(join(root, 'docs/parity.md'), 'utf8')
  const lists = [...page.matchAll(/^```text\n(.*?)^```/gms)].map(([, text = '']) => callsIn(text, 'docs/parity.md'))
  expect(lists.length).toBeGreaterThan(5)
  const names = lists.flat().map(({ action }) => action)
  expect(names.filter((name) => !(name in products))).toEqual([])
})

test('help says how a list is written and what the exit codes mean', async () => {
  for (const args of [['parity'], ['parity', 'record'], ['parity', 'compare']]) {
    const { code, output } = await opensag([...args, '--help'])
    expect(code).toBe(0)
    expect(output).toMatch(/Usage: opensag parity/)
  }
  expect((await opensag(['parity', '--help'])).output).toMatch(/keep instance = [\s\S]*Exit codes of compare/)
})
