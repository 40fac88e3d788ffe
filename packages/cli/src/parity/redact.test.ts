import { expect, test } from 'vitest'
import { createRedaction, tooPrivate } from './redact.ts'

function redacted(body: object, roles: readonly (readonly [string, string])[] = []): Readonly<Record<string, unknown>> {
  const sent = new Set(['10.1.0.0/24', 'parity-name'])
  const redaction = createRedaction({ secrets: ['TheSecretItself'], sent, roleOf: () => new Map(roles) })
  return redaction.body(body as Readonly<Record<string, unknown>>)
}

test.each([
  ['Message', 'Host 192.0.2.7 of sag-tq3sazs17smldn0000 and sag32a30000', 'Host <ip 1> of <sag 1> and <serial 1>'],
  ['Message', 'mail to a.b@corp.example', 'mail to <mail 1>'],
  ['Message', 'x TheSecretItself y LTAI5tabcdefghijkl', 'x <removed> y <removed>'],
  [
    'Message',
    'It is wrong. server string to sign is:POST&%2F&AccessKeyId%3DLTAI',
    'It is wrong. server string to sign is:<removed>',
  ],
  [
    'Message',
    'User not authorized on acs:smartag:cn-shanghai:1234567890123456:smartag/x',
    'User not authorized on acs:smartag:cn-shanghai:<account 1>:smartag/x',
  ],
  [
    'Recommend',
    'https://api.example/?requestId=0A1B2C3D-0A1B-0A1B-0A1B-0A1B2C3D4E5F',
    'https://api.example/?requestId=<uuid>',
  ],
  ['CidrBlock', '10.1.0.0/24,172.16.5.0/24', '10.1.0.0/24,<ip 1>/24'],
  ['Ipv6', '2001:db8::1', '<ip 1>'],
  ['Mac', '00:16:3e:0a:0b:0c', '<mac 1>'],
  ['Time', '12:30:45', '12:30:45'],
  ['SoftwareVersion', '2.3.1.1', '2.3.1.1'],
  ['HardwareVersion', 'sag-1000', 'sag-1000'],
  ['RegionId', 'cn-shanghai-finance-1', 'cn-shanghai-finance-1'],
  ['SerialNumber', 'sagaaaa,other', '<serial 1>,<serial 2>'],
  ['Name', 'parity-name', 'parity-name'],
  ['Name', 'Branch of Pudong', '<text 1>'],
  ['LocalName', '华东 2（上海）', '华东 2（上海）'],
  ['SmartAGUid', 1234567890123456, 1],
  ['OwnerId', '', ''],
  ['CreateTime', 1795991280097, 1795991280097],
  ['Password', 'x', '<removed>'],
  ['NextToken', 'x', '<removed>'],
  ['PasswordReset', true, true],
])('%s %j is recorded as %j', (name, value, expected) => {
  expect(redacted({ [name]: value })).toEqual({ [name]: expected })
})

test('the same value has the same stand-in, and members and elements keep their order', () => {
  const body = { B: { List: ['192.0.2.2', '192.0.2.1', '192.0.2.2'] }, A: '192.0.2.1' }
  expect(JSON.stringify(redacted(body))).toBe('{"B":{"List":["<ip 1>","<ip 2>","<ip 1>"]},"A":"<ip 2>"}')
})

test('a value that a call kept has its name, inside of texts too when it is long enough', () => {
  const roles = [
    ['sag-tq3sazs17smldn0000', '{instance}'],
    ['four', '{short}'],
  ] as const
  expect(
    redacted({ Id: 'sag-tq3sazs17smldn0000', Message: 'No sag-tq3sazs17smldn0000, fourteen', State: 'four' }, roles),
  ).toEqual({
    Id: '{instance}',
    Message: 'No {instance}, fourteen',
    State: '{short}',
  })
})

test.each([
  ['Name', 'LTAI5tabcdefghijkl', 'an access key'],
  ['OwnerId', '1234567890123456', 'an account'],
  ['UserMail', 'a@corp.net', 'a mail address'],
  ['UserMail', 'a@mail.example.com', undefined],
  ['CidrBlock', '10.0.0.0/8', undefined],
])('in a list, %s=%s is %s', (name, value, what) => {
  expect(tooPrivate(name, value)).toBe(what)
})
