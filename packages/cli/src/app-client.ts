import type { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { CommandFailure, UsageError } from './exit.ts'
import { say } from './say.ts'

const admittedSchema = z.object({
  Token: z.string(),
  SmartAGId: z.string(),
  UserName: z.string(),
  ClientIp: z.string(),
  HeartbeatSeconds: z.number().positive(),
})

const profileSchema = z.object({
  SmartAGId: z.string(),
  Endpoint: z.ipv4(),
  Port: z.int().min(1).max(65_535),
  // They are written into a file of another program, which would obey other words.
  ServerName: z.string().regex(/^[a-z0-9.-]{1,80}$/),
  Authority: z.string().regex(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]{1,8000}-----END CERTIFICATE-----\n?$/),
})

const refusedSchema = z.object({ Code: z.string(), Message: z.string() })

export type Admitted = z.infer<typeof admittedSchema>
export type ShownProfile = z.infer<typeof profileSchema>

export interface LogonRequest {
  readonly enterpriseCode?: string
  readonly instanceId?: string
  readonly userName: string
  readonly password: Secret
  readonly terminal: string
}

/** The server answered, and the answer is no. */
export class Refused extends CommandFailure {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** A remote user's side of `/app/…`; docs/remote-access.md. */
export interface AppClient {
  /** @throws Refused; any other error means that the server was not reached */
  logOn(request: LogonRequest): Promise<Admitted>
  /** How its tunnel is opened; undefined: the service has none. @throws as `logOn` */
  profile(request: LogonRequest): Promise<ShownProfile | undefined>
  heartbeat(token: string): Promise<void>
  logOff(token: string): Promise<void>
}

/** Longer than any server that lives takes. */
const patienceMs = 20_000

/** @throws UsageError for an address that a password must not be sent to */
export function createAppClient(server: string): AppClient {
  const base = safeBase(server)

  async function post(path: string, { token, body }: { token?: string; body?: object }): Promise<unknown> {
    const response = await fetch(new URL(path, base), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    const refused = refusedSchema.safeParse(answer)
    // A server in trouble is like one that is not there: the session may well outlive it.
    if (!refused.success || response.status >= 500)
      throw new Error(`The server answered with status ${response.status}.`)
    throw new Refused(refused.data.Code, refused.data.Message)
  }

  return {
    async logOn({ password, ...request }) {
      const answer = await post('/app/logon', { body: { ...request, password: password.reveal() } })
      return admittedSchema.parse(answer)
    },
    async profile({ password, ...request }) {
      try {
        return profileSchema.parse(await post('/app/profile', { body: { ...request, password: password.reveal() } }))
      } catch (error) {
        if (error instanceof Refused && error.code === 'NoTunnel') return undefined
        throw error
      }
    },
    async heartbeat(token) {
      await post('/app/heartbeat', { token })
    },
    async logOff(token) {
      await post('/app/logoff', { token })
    },
  }
}

function safeBase(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new UsageError(say('--server: an address like https://sag.example.com is needed.'))
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname)
  if (url.protocol === 'http:' && !loopback) {
    throw new UsageError(say('--server: use https://. Passwords are sent over http:// on this machine only.'))
  }
  return url
}
