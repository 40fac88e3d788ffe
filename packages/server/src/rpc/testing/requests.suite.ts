import type { Credential } from '../../access/credential-source.ts'
import { dispatch } from '../dispatch.ts'
import { defaultLimits } from '../limits.ts'
import type { WireRequest } from '../wire-request.ts'
import { credentialOf, doorOptions, key, now, sourceOf, type TestOptions } from './door.suite.ts'
import { signV1, signV3, urlencoded, type V3Request } from './signing-client.suite.ts'

export const minute = 60_000
export const host = 'sag.example:7240'

export type Given = Readonly<Record<string, string | undefined>>

export function v1Request(params: Readonly<Record<string, string>>): WireRequest {
  const target = `/?${urlencoded(params)}`
  return {
    method: 'POST',
    target,
    headers: { host },
    distinct: () => ({}),
    body: Buffer.alloc(0),
    secure: false,
    source: undefined,
  }
}

export function v3Request(request: Omit<V3Request, 'host' | 'now'>, client = key): WireRequest {
  const { query = {}, body = '', method = 'POST' } = request
  const headers = signV3(client, { ...request, host, now })
  return {
    method,
    target: `/?${urlencoded(query)}`,
    headers,
    distinct: () => ({}),
    body: Buffer.from(body),
    secure: false,
    source: undefined,
  }
}

export async function answer(
  request: WireRequest,
  options: TestOptions = doorOptions(),
): Promise<{ code?: string; message?: string }> {
  const { payload } = await dispatch(request, options, defaultLimits)
  const { Code: code, Message: message } = JSON.parse(payload)
  return { code, message }
}

export const v1 = (given: Given = {}, client = key): Promise<{ code?: string; message?: string }> =>
  answer(v1Request(signV1(client, { Action: 'DescribeRegions', ...given }, { now })))

export const withCredential = (more: Partial<Credential>, client = key): TestOptions =>
  doorOptions({ credentials: sourceOf(credentialOf(client, more)) })
