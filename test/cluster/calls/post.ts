import { type Agent, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { limit } from '../../support/time.ts'

export interface Posted {
  /** Undefined when no answer came. */
  readonly status: number | undefined
  readonly text: string
}

/** As the load balancer does: a node believes these headers, since this process is one of its proxies. */
const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' }
/** Milliseconds: longer than any node takes for an answer. */
const longestAnswer = 12_000

/** Sends a form, or asks for a page when there is none. Never throws: no answer is an answer here. */
export function post(
  url: string,
  body: string | undefined,
  ca?: Buffer,
  within = longestAnswer,
  /** Keeps the connection for further calls; otherwise each has its own. */
  agent: Agent | false = false,
): Promise<Posted> {
  return new Promise((resolve) => {
    const none = (error: Error): void => resolve({ status: undefined, text: error.message })
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body ?? ''),
    }
    const isTls = url.startsWith('https:')
    const asked = (isTls ? requestTls : requestPlain)(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        headers: isTls ? headers : { ...headers, ...forwarded },
        agent,
        ...(ca === undefined ? {} : { ca }),
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve({ status: answer.statusCode, text }))
        answer.on('error', none)
      },
    )
    const timer = setTimeout(() => asked.destroy(new Error('No answer in time.')), limit(within))
    asked.on('close', () => clearTimeout(timer))
    asked.on('error', none)
    asked.end(body)
  })
}
