import { describe, expect, test } from 'vitest'
import { flatten, formBody } from './form.ts'
import { signV3 } from './sign-v3.ts'

describe('signature V3 in the page', () => {
  test('covers everything that decides what is executed', async () => {
    const headers = await signV3(
      {
        action: 'DescribeRegions',
        version: '2018-03-13',
        host: 'sag.example.com:7240',
        body: formBody({ RegionId: 'cn-shanghai' }),
        date: new Date('2026-11-25T10:00:00.123Z'),
        nonce: 'nonce-1',
      },
      { accessKeyId: 'LTAIexample', accessKeySecret: 'secret', securityToken: 'token' },
    )
    expect(headers['x-acs-date']).toBe('2026-11-25T10:00:00Z')
    expect(headers['authorization']).toMatch(
      /^ACS3-HMAC-SHA256 Credential=LTAIexample,SignedHeaders=content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature=[0-9a-f]{64}$/,
    )
    expect(Object.values(headers).join()).not.toContain('secret=')
    expect(headers['host']).toBeUndefined()
  })
})

describe('parameters on the wire', () => {
  test('lists and lists of objects are numbered from 1, and what is undefined is not sent', () => {
    const flat = flatten({
      Ids: ['a', 'b'],
      Entries: [{ CidrBlock: '10.0.0.0/24', SnatIp: undefined }],
      On: false,
      No: undefined,
    })
    expect([...flat]).toEqual([
      ['Ids.1', 'a'],
      ['Ids.2', 'b'],
      ['Entries.1.CidrBlock', '10.0.0.0/24'],
      ['On', 'false'],
    ])
  })
})
