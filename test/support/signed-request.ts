import { createHmac, randomUUID } from 'node:crypto'
import type { Credentials } from './sandbox.ts'

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** The body of a V1-signed form POST: something that can be captured and sent again. */
export function signedBody(
  key: Credentials,
  action: string,
  params: Readonly<Record<string, string>>,
  version = '2018-03-13',
): string {
  const all: Record<string, string> = {
    AccessKeyId: key.accessKeyId,
    Action: action,
    Format: 'JSON',
    RegionId: key.regionId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    Version: version,
    ...params,
  }
  const canonical = Object.keys(all)
    .sort()
    .map((name) => `${encode(name)}=${encode(all[name] ?? '')}`)
    .join('&')
  const signature = createHmac('sha1', `${key.accessKeySecret}&`)
    .update(`POST&%2F&${encode(canonical)}`)
    .digest('base64')
  return `${canonical}&Signature=${encode(signature)}`
}

export interface Answered {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

export async function send(endpoint: string, body: string): Promise<Answered> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
  })
  return { status: answer.status, body: (await answer.json()) as Answered['body'] }
}

/** A purchase with nothing optional. */
export const purchase = {
  HardWareSpec: 'sag-1000',
  HaType: 'no_backup',
  ChargeType: 'PREPAY',
  Period: '12',
  MaxBandWidth: '50',
  AutoPay: 'true',
  AlreadyHaveSag: 'true',
  BuyerMessage: 'test',
  ReceiverName: 'Test',
  ReceiverCountry: 'China',
  ReceiverState: 'Shanghai',
  ReceiverCity: 'Shanghai',
  ReceiverDistrict: 'Pudong',
  ReceiverTown: 'Zhangjiang',
  ReceiverAddress: '1',
  ReceiverZip: '201203',
  ReceiverMobile: '13000000000',
  ReceiverEmail: 'test@example.com',
}
