import type { Agent } from 'node:http'
import type { Credentials } from '../../support/sandbox.ts'
import { signedBody } from '../../support/signed-request.ts'
import { type Posted, post } from './post.ts'

export type Body = Readonly<Record<string, unknown>>

/** What a caller was told. */
export type Told =
  | { readonly is: 'success'; readonly body: Body }
  /** Refused: nothing was changed. */
  | { readonly is: 'failure'; readonly code: string }
  /** Nothing was told, or that something went wrong on the way: it may have been done. */
  | { readonly is: 'unknown'; readonly why: string }

export type Params = Readonly<Record<string, string>>

export async function sendBody(url: string, body: string, ca?: Buffer, within?: number, agent?: Agent): Promise<Told> {
  return told(await post(url, body, ca, within, agent))
}

export function call(key: Credentials, url: string, action: string, params: Params, version?: string): Promise<Told> {
  return sendBody(url, signedBody(key, action, params, version))
}

/** @throws unless it succeeds */
export async function must(key: Credentials, url: string, action: string, params: Params): Promise<Body> {
  const answer = await call(key, url, action, params)
  if (answer.is !== 'success') throw new Error(`${action}: ${JSON.stringify(answer)}`)
  return answer.body
}

function told({ status, text }: Posted): Told {
  if (status === undefined) return { is: 'unknown', why: text }
  let body: Body
  try {
    body = JSON.parse(text) as Body
  } catch {
    return { is: 'unknown', why: `${status} without JSON` } // the load balancer's own page
  }
  if (status === 200) return { is: 'success', body }
  const code = String(body['Code'])
  return status >= 500 ? { is: 'unknown', why: `${status} ${code}` } : { is: 'failure', code }
}
