// A real OpenID provider (`oidc-provider`) on this machine, with a page of its own for logons.
/// <reference path="./oidc-provider.d.ts" />
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Provider } from 'oidc-provider'

/** Somebody at the provider, by the subject, which is also what is typed into its page. */
export interface Person {
  readonly email?: string
  readonly email_verified?: boolean | string
  readonly preferred_username?: string
  /** How the provider says that somebody logged on. */
  readonly amr?: readonly string[]
}

interface Instead {
  readonly status: number
  readonly body: string
  /** It says that much, and nothing more until it is stopped. */
  readonly hangs?: 'at once' | 'after the body'
}

export interface OpenIdProvider {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  readonly people: Map<string, Person>
  /** Logs somebody on at its page, as a browser does; where the provider sends the browser then. */
  logOn(page: string, subject: string): Promise<URL>
  /** Somebody goes back from its page. */
  abort(page: string): Promise<URL>
  /** Paths that are answered otherwise from now on. */
  readonly instead: Map<string, Instead>
  stop(): Promise<void>
  /** At the same address again. */
  start(): Promise<void>
}

/**
 * @param redirectUris where it may send browsers back to
 * @param afterLogOff and where after a log-off there
 */
export async function startOpenIdProvider(
  redirectUris: readonly string[],
  afterLogOff: readonly string[] = [],
): Promise<OpenIdProvider> {
  const instead: OpenIdProvider['instead'] = new Map()
  const people = new Map<string, Person>()
  const client = { id: 'opensag', secret: 'a secret of this test' }
  let serve: ReturnType<Provider['callback']> = () => {}
  const server: Server = createServer((request, response) => {
    const other = instead.get(new URL(request.url ?? '', 'http://localhost').pathname)
    if (other === undefined) serve(request, response)
    else if (other.hangs !== 'at once') {
      response.writeHead(other.status, { 'content-type': 'application/json' }).write(other.body)
      if (other.hangs === undefined) response.end()
    }
  })
  const listen = (port: number): Promise<void> =>
    new Promise((listening, failed) => {
      server.once('error', failed)
      server.listen(port, '127.0.0.1', listening)
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  serve = (await quietly(() => providerAt(issuer, client, [redirectUris, afterLogOff], people))).callback()

  return {
    issuer,
    client,
    people,
    instead,
    logOn: (page, subject) => walk(page, issuer, (form) => ({ ...form, login: subject, password: 'any' })),
    abort: (page) => walk(page, issuer, () => undefined),
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections()
        server.close(() => stopped())
      }),
    start: () => listen(port),
  }
}

async function providerAt(
  issuer: string,
  { id, secret }: OpenIdProvider['client'],
  [redirectUris, afterLogOff]: readonly [readonly string[], readonly string[]],
  people: OpenIdProvider['people'],
): Promise<Provider> {
  const { Provider } = await import('oidc-provider')
  const hour = 3600
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: id, client_secret: secret, application_type: 'native' },
        ...{ redirect_uris: redirectUris, post_logout_redirect_uris: afterLogOff },
      },
    ],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    ttl: { AccessToken: hour, Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
    // Its own pages for these say on the console that they should be changed.
    features: {
      rpInitiatedLogout: {
        logoutSource: (context: { body: unknown }, form: string) => {
          context.body = `<!doctype html><title>Log off</title>${form}
            <button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`
        },
      },
    },
    renderError: (context: { body: unknown }, refusal: object) => {
      context.body = refusal
    },
    cookies: { keys: ['a key of this test'] },
    findAccount: (_context: unknown, accountId: string) => {
      const { amr: _, ...claims } = people.get(accountId) ?? {}
      return { accountId, claims: () => ({ sub: accountId, ...claims }) }
    },
  })
  // Its own page knows one way of logging on, and does not say which.
  const finish = provider.interactionFinished.bind(provider)
  provider.interactionFinished = (request, response, { login, ...more }, options) => {
    const result = login ? { ...more, login: { ...login, amr: people.get(login.accountId)?.amr } } : more
    return finish(request, response, result, options)
  }
  return provider
}

/** It warns that it is for development. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { info, warn } = console
  console.info = () => {}
  console.warn = () => {}
  try {
    return await make()
  } finally {
    Object.assign(console, { info, warn })
  }
}

/** Follows redirects and sends the forms of the provider, until it sends the browser away. */
async function walk(
  page: string,
  issuer: string,
  filled: (form: Readonly<Record<string, string>>) => Readonly<Record<string, string>> | undefined,
): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = new URL(page)
  let form: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    if (url.origin !== issuer) return url
    const sent = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      headers: { cookie: sent },
      body: form ?? null,
      redirect: 'manual',
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    form = undefined
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url)
      continue
    }
    const text = await response.text()
    const [, action] = /<form [^>]*action="([^"]+)"/.exec(text) ?? []
    const [, abort] = /href="([^"]+\/abort)"/.exec(text) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(text) ?? []
    const fields = filled({ prompt })
    if (action === undefined || abort === undefined) throw new Error(`The provider shows ${response.status} ${text}`)
    url = new URL(fields ? action : abort, url)
    if (fields) form = new URLSearchParams(fields)
  }
  throw new Error('The provider goes round in circles.')
}
