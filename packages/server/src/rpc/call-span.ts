import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../access/caller.ts'
import type { Operation } from '../apis/operation.ts'
import type { Product } from '../declare/api.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import { ownText, word } from '../tracing/known.ts'
import { errorType, type Facts, type Span, type SpanStart } from '../tracing/tracing.ts'
import type { Answer } from './encode.ts'

const system = word('alibaba_cloud_rpc')

/** The span of one call, from when it was read. It has its name once it is known which operation is called. */
export function callSpan(headers: IncomingHttpHeaders, requestId: string): SpanStart {
  const { traceparent } = headers
  return {
    name: word('call'),
    kind: 'server',
    facts: { 'rpc.system': system, 'opensag.request_id': ownText(requestId) },
    // One that was sent several times is none.
    caller: typeof traceparent === 'string' ? { traceparent } : undefined,
  }
}

/** What is called, and in which region where that is one of those that exist. */
export function nameCall(span: Span, product: Product, { name }: Operation, params: RawParams): void {
  span.rename(ownText(`${product}/${name}`))
  const region = params.get('RegionId')?.trim() ?? ''
  span.add({
    'rpc.service': ownText(product),
    'rpc.method': ownText(name),
    ...(isRegion(region) ? regionOf(region) : {}),
  })
}

function regionOf(region: string): Facts {
  return { 'cloud.region': ownText(region) }
}

export function provedCaller({ accountId }: Caller): Facts {
  return { 'opensag.account_id': ownText(accountId) }
}

/** @param refusal what the call was answered with, where it was not done */
export function answered(span: Span, { status }: Answer, refusal?: Error): void {
  span.add({ 'http.response.status_code': status })
  if (refusal !== undefined) span.failed(errorType(refusal))
}
