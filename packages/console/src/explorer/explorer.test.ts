import type { ApiReference, OperationEntry } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import { mistakesIn } from './check-form.ts'
import { codeEntries, searchCodes } from './errors.ts'
import { type FormValues, wireParams } from './form.ts'
import { formFromQuery, formQuery } from './form-link.ts'
import { highlight } from './highlight.ts'
import { passwordOperation } from './password-operation.suite.ts'
import { pretty } from './pretty.ts'
import { allOperations } from './reference.ts'
import { runCall } from './run.ts'
import { searchOperations } from './search.ts'

const operation: OperationEntry = {
  ...passwordOperation,
  about: { en: 'Set the administrator password.', zh: '设置管理员密码。' },
  resources: ['smartag/{SmartAGId}'],
  params: [
    { name: 'SmartAGId', type: 'string', required: true },
    { name: 'Password', type: 'string', required: true, secret: true, pattern: ['^\\w{8,30}$', ''] },
    { name: 'Ids', type: 'array<string>' },
    {
      name: 'Tag',
      type: 'array<object>',
      members: [
        { name: 'Key', type: 'string', required: true },
        { name: 'Value', type: 'string', secret: true },
      ],
    },
  ],
  errors: [{ code: 'SmartAccessGatewayOffline', status: 400, en: 'Offline.', zh: '离线。', cause: 0 }],
}

const filled: FormValues = {
  SmartAGId: 'sag-1',
  Password: 'Never_in_a_link1',
  Ids: ['a', '', 'b c'],
  Tag: [{ Key: 'env', Value: 'Never_in_a_link2' }, {}],
}

const reference: ApiReference = {
  apis: [
    {
      product: 'Smartag',
      version: '2018-03-13',
      title: { en: 'Smart Access Gateway', zh: '智能接入网关' },
      families: [
        {
          id: 'device-access',
          title: { en: 'Access to devices', zh: '设备访问' },
          operations: [
            operation,
            {
              ...operation,
              name: 'DescribeRegions',
              action: 'smartag:DescribeRegions',
              about: { en: 'Where the password rules apply.', zh: '地域。' },
              errors: [{ code: 'SmartAccessGatewayOffline', status: 500, en: 'Offline.', zh: '离线。' }],
            },
          ],
        },
      ],
    },
  ],
  releases: [],
  causes: [{ en: ['It is off.', 'Turn it on.'], zh: ['已关机。', '请开机。'] }],
  errors: [{ code: 'SignatureNonceUsed', status: 400, en: 'Used already.', zh: '已使用。' }],
}

describe('a link with the form', () => {
  test('carries everything but secrets, and fills the form again', () => {
    const query = formQuery(operation, filled)
    expect(query).toEqual({ SmartAGId: 'sag-1', 'Ids.1': 'a', 'Ids.2': 'b c', 'Tag.1.Key': 'env' })
    expect(formFromQuery(operation, new URLSearchParams(query))).toEqual({
      SmartAGId: 'sag-1',
      Ids: ['a', 'b c'],
      Tag: [{ Key: 'env' }],
    })
  })

  test('that names a secret or what the operation has not fills in neither', () => {
    const query = new URLSearchParams({ Password: 'from_a_link', 'Tag.1.Value': 'x', Nonsense: 'y' })
    expect(formFromQuery(operation, query)).toEqual({ Tag: [{}] })
  })
})

test('what is sent is what was filled in, by its names on the wire', () => {
  expect([...wireParams(operation, filled)]).toEqual([
    ['SmartAGId', 'sag-1'],
    ['Password', 'Never_in_a_link1'],
    ['Ids.1', 'a'],
    ['Ids.2', 'b c'],
    ['Tag.1.Key', 'env'],
    ['Tag.1.Value', 'Never_in_a_link2'],
  ])
})

test('mistakes are told by field; what is not sent is none', () => {
  expect([...mistakesIn(operation, filled)]).toEqual([])
  expect([...mistakesIn(operation, { Password: 'short', Tag: [{ Value: 'x' }, {}] })]).toEqual([
    ['SmartAGId', 'missing'],
    ['Password', 'pattern'],
    ['Tag.1.Key', 'missing'],
  ])
})

describe('a run', () => {
  const sent: { readonly url: string; readonly init: RequestInit }[] = []
  const world = {
    origin: 'http://127.0.0.1:7240',
    now: () => Date.UTC(2026, 10, 25),
    nonce: () => 'nonce-1',
    fetch: async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
      sent.push({ url: String(url), init })
      const headers = { 'content-type': 'text/xml;charset=utf-8', 'x-acs-request-id': 'ID-1' }
      return new Response('<Error><Code>SmartAccessGatewayOffline</Code></Error>', { status: 400, headers })
    },
  }
  const key = { accessKeyId: 'STS.id', accessKeySecret: 'The_secret', securityToken: 'The_token' }

  test('keeps what was sent and answered, and of secrets only that there were some', async () => {
    const params = wireParams(operation, filled)
    const secrets = new Set(['Password', 'Tag.1.Value'])
    const request = { version: '2018-03-13', action: operation.name, params, secrets, format: 'XML' } as const
    const record = await runCall(world, key, request)
    expect(sent[0]?.url).toBe('http://127.0.0.1:7240/')
    expect(String(sent[0]?.init.body)).toContain('Password=Never_in_a_link1')
    expect(record).toMatchObject({ status: 400, code: 'SmartAccessGatewayOffline', requestId: 'ID-1', format: 'XML' })
    expect(record.signed.canonicalRequest).toMatch(/^POST\n\/\n\ncontent-type:/)
    expect(record.signed.stringToSign).toMatch(/^ACS3-HMAC-SHA256\n[0-9a-f]{64}$/)
    for (const secret of ['Never_in_a_link1', 'Never_in_a_link2', 'The_secret', 'The_token']) {
      expect(JSON.stringify(record)).not.toContain(secret)
    }
    expect(record.body).toContain('SmartAGId=sag-1&Password=••••••••&Ids.1=a&Ids.2=b+c&Tag.1.Key=env')
  })
})

describe('an answer is shown with its structure', () => {
  test('in XML', () => {
    const answer =
      '<?xml version="1.0" encoding="UTF-8"?>\n<R><A></A><L><I>1 &lt; 2</I><I>b</I></L><C><![CDATA[<x>]]></C></R>'
    expect(pretty(answer, 'XML')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<R>\n  <A></A>\n  <L>\n    <I>1 &lt; 2</I>\n    <I>b</I>\n  </L>\n  <C><![CDATA[<x>]]></C>\n</R>',
    )
  })

  test('in JSON, and one that is none as it came', () => {
    const answer = { A: [1, { B: '{"[,:\\' }], C: [], D: {}, E: null }
    expect(pretty(JSON.stringify(answer), 'JSON')).toBe(JSON.stringify(answer, undefined, 2))
    expect(pretty('{"Id":12345678901234567890}', 'JSON')).toBe('{\n  "Id": 12345678901234567890\n}')
    expect(pretty('<html>', 'JSON')).toBe('<html>')
  })
})

describe('search', () => {
  test('finds operations by words of their names and texts, names first', () => {
    const names = (search: string): readonly string[] =>
      searchOperations(allOperations(reference), search).map((found) => found.operation.name)
    expect(names('password')).toEqual(['ModifySAGAdminPassword', 'DescribeRegions'])
    expect(names('管理员')).toEqual(['ModifySAGAdminPassword'])
    expect(names('admin smartagid')).toEqual(['ModifySAGAdminPassword'])
    expect(names('nothing')).toEqual([])
  })

  test('finds codes by code, status, text, cause and operation; one code keeps its meanings apart', () => {
    const entries = codeEntries(reference)
    expect(entries.map(({ code }) => code)).toEqual(['SignatureNonceUsed', 'SmartAccessGatewayOffline'])
    expect(entries[1]?.meanings.map(({ entry, operations }) => [entry.status, operations.length])).toEqual([
      [400, 1],
      [500, 1],
    ])
    const codes = (search: string): readonly string[] => searchCodes(entries, search).map(({ code }) => code)
    expect(codes('turn it on')).toEqual(['SmartAccessGatewayOffline'])
    expect(codes('describeregions 500')).toEqual(['SmartAccessGatewayOffline'])
    expect(codes('used')).toEqual(['SignatureNonceUsed'])
  })
})

test.each(['c', 'python', 'shell', 'hcl', 'json', 'xml', 'text'] as const)('colours of %s lose no text', (grammar) => {
  const text = 'a = "b\\"c" // d\n# e\n{"f": -1.5, "g": true}\n<h>i</h> \'j\' const x = `k`'
  expect(
    highlight(text, grammar)
      .map((token) => token.text)
      .join(''),
  ).toBe(text)
})
