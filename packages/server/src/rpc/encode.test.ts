import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../declare/errors.ts'
import { booleanField, direct, integerField, stringField, toWire, wrapped } from '../declare/results.ts'
import { encodeError, encodeSuccess, formatOf } from './encode.ts'

const requestId = '01A0F1A6-E24D-4C6B-B64D-43F9287D25F9'
const called = {
  host: 'sag.example',
  address: 'sag.example:7240',
  base: 'http://sag.example:7240',
}

describe('a success', () => {
  const shape = {
    Regions: wrapped('Region', { RegionId: stringField }),
    None: wrapped('One', stringField),
    Wans: direct({ Name: stringField }),
    Ids: direct(integerField),
    Success: booleanField,
    Empty: stringField,
    Unset: stringField,
  }
  const result = {
    Regions: [{ RegionId: 'cn-shanghai' }, { RegionId: 'a & b < c > "d"' }],
    Wans: [{ Name: 'x' }, { Name: '' }],
    Ids: [1, 2],
    Success: false,
    Empty: '',
  }

  test('in JSON has wrapped and direct lists, and the request id', () => {
    const { status, contentType, payload } = encodeSuccess('JSON', 'DescribeX', toWire(shape, result), requestId)
    expect({ status, contentType }).toEqual({ status: 200, contentType: 'application/json;charset=utf-8' })
    expect(JSON.parse(payload)).toEqual({
      Regions: { Region: result.Regions },
      None: { One: [] },
      Wans: result.Wans,
      Ids: [1, 2],
      Success: false,
      Empty: '',
      RequestId: requestId,
    })
  })

  test('in XML repeats elements and has the root of its action', () => {
    const { contentType, payload } = encodeSuccess('XML', 'DescribeX', toWire(shape, result), requestId)
    expect(contentType).toBe('text/xml;charset=utf-8')
    expect(payload).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<DescribeXResponse><Regions><Region><RegionId>cn-shanghai</RegionId></Region>` +
        `<Region><RegionId>a &amp; b &lt; c &gt; &quot;d&quot;</RegionId></Region></Regions><None></None>` +
        `<Wans><Name>x</Name></Wans><Wans><Name></Name></Wans><Ids>1</Ids><Ids>2</Ids><Success>false</Success><Empty></Empty>` +
        `<RequestId>${requestId}</RequestId></DescribeXResponse>`,
    )
  })

  test('in XML keeps a carriage return, which a parser would read as a line feed', () => {
    const { payload } = encodeSuccess('XML', 'DescribeX', toWire(shape, { Empty: 'a\r\nb' }), requestId)
    expect(payload).toContain('<Empty>a&#13;\nb</Empty>')
  })

  test('is never empty', () => {
    expect(encodeSuccess('JSON', 'X', {}, requestId).payload).toBe(`{"RequestId":"${requestId}"}`)
    expect(encodeSuccess('XML', 'X', {}, requestId).payload).toContain(`<RequestId>${requestId}</RequestId>`)
  })

  test('in XML has no character that XML cannot hold', () => {
    const { payload } = encodeSuccess('XML', 'X', { A: 'a\0b\u001fc\ufffe\ud800d\t\n中👍' }, requestId)
    expect(payload).toContain('<A>a\ufffdb\ufffdc\ufffd\ufffdd\t\n中👍</A>')
  })
})

test('an error has the same members in JSON and XML', () => {
  const refusal = new Refusal(400, 'SAG.X', 'Cidr is <conflict> & so on.')
  const expected = {
    RequestId: requestId,
    HostId: 'sag.example',
    Code: 'SAG.X',
    Message: 'Cidr is <conflict> & so on.',
    Recommend: 'http://sag.example:7240/errors/SAG.X',
  }
  const inJson = encodeError('JSON', refusal, called, requestId)
  expect(inJson).toMatchObject({ status: 400, contentType: 'application/json;charset=utf-8' })
  expect(JSON.parse(inJson.payload)).toEqual(expected)

  const inXml = encodeError('XML', refusal, called, requestId)
  expect(inXml).toMatchObject({ status: 400, contentType: 'text/xml;charset=utf-8' })
  expect(new XMLParser({ parseTagValue: false }).parse(inXml.payload)).toMatchObject({ Error: expected })
})

test.each([
  [undefined, 'JSON'],
  ['', 'JSON'],
  ['json', 'JSON'],
  ['JSON', 'JSON'],
  ['xml', 'XML'],
  ['Xml', 'XML'],
])('Format %j means %s', (asked, format) => {
  expect(formatOf(asked)).toBe(format)
})

test('another Format is refused', () => {
  expect(() => formatOf('yaml')).toThrow(expect.objectContaining({ code: 'InvalidParameter.Format', status: 400 }))
})
