import { writable } from '@opensag/rules'
import { XMLBuilder } from 'fast-xml-parser'
import type { Refusal } from '../declare/errors.ts'
import { gatewayError, Throttled } from './gateway-errors.ts'

export type Format = 'JSON' | 'XML'

/** An answer, ready to be sent. */
export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly payload: string
  readonly requestId: string
  /** The operation lets it be compressed. */
  readonly isCompressed?: true
  /** Milliseconds, where the client is asked to come again later. */
  readonly retryAfterMs?: number
}

/** Clients compare these letter by letter: with a space after the semicolon they do not read an answer as XML. */
const contentTypes: Readonly<Record<Format, string>> = {
  JSON: 'application/json;charset=utf-8',
  XML: 'text/xml;charset=utf-8',
}

/** @throws Refusal when a format is asked for that is neither. */
export function formatOf(asked: string | undefined): Format {
  // Absent means JSON for this service (D); words are compared without case (clients send `JSON`, `json` and `xml`).
  if (!asked) return 'JSON'
  const format = asked.toUpperCase()
  if (format !== 'JSON' && format !== 'XML') throw gatewayError('InvalidParameter.Format')
  return format
}

/** @param body in its wire form. */
export function encodeSuccess(format: Format, action: string, body: object, requestId: string): Answer {
  return answer(200, format, `${action}Response`, { ...body, RequestId: requestId }, requestId)
}

export interface Called {
  /** The name of this server, without port. */
  readonly host: string
  /** The same with its port, where it has one. */
  readonly address: string
  /** Where this service shows what its errors mean: scheme, host and port. */
  readonly base: string
}

export function encodeError(format: Format, refusal: Refusal, called: Called, requestId: string): Answer {
  const body = {
    RequestId: requestId,
    HostId: called.host,
    Code: refusal.code,
    Message: refusal.message,
    Recommend: recommend(called, refusal),
    ...(refusal.accessDenied === undefined ? {} : { AccessDeniedDetail: refusal.accessDenied }),
  }
  const encoded = answer(refusal.status, format, 'Error', body, requestId)
  return refusal instanceof Throttled ? { ...encoded, retryAfterMs: Math.ceil(refusal.retryAfterMs) } : encoded
}

/** The page of the code. The answer names one missing parameter, as documented; the page names them all. */
function recommend({ base }: Called, { code, missing }: Refusal): string {
  const query = missing === undefined ? '' : `?missing=${missing.map(encodeURIComponent).join(',')}`
  return `${base}/errors/${encodeURIComponent(code)}${query}`
}

function answer(status: number, format: Format, root: string, body: object, requestId: string): Answer {
  const payload = format === 'JSON' ? JSON.stringify(body) : xml(root, body)
  return { status, contentType: contentTypes[format], payload, requestId }
}

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: false })

function xml(root: string, body: object): string {
  const text: string = builder.build({ [root]: body })
  // A parser reads a plain carriage return as a line feed (XML 1.0, 2.11).
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writable(text).replaceAll('\r', '&#13;')}`
}
