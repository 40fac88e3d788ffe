/** An access key pair; with a token when it is that of a session. Lives in the memory of the page and nowhere else. */
export interface SigningKey {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string | undefined
}

export interface ToSign {
  readonly action: string
  readonly version: string
  /** Host and port as the browser puts them into `Host`. */
  readonly host: string
  /** Form-encoded parameters: in the body, where no address bar, log or history sees them. */
  readonly body: string
  readonly date: Date
  readonly nonce: string
}

export const formType = 'application/x-www-form-urlencoded'

const algorithm = 'ACS3-HMAC-SHA256'
const encoder = new TextEncoder()

/** A signed request, with the texts that led to its signature. */
export interface SignedV3 {
  /** Without `host`, which the browser writes itself. */
  readonly headers: Readonly<Record<string, string>>
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
}

/** The headers of a signed POST to `/`, without `host`. */
export async function signV3(request: ToSign, key: SigningKey): Promise<Readonly<Record<string, string>>> {
  return (await signedV3(request, key)).headers
}

export async function signedV3(request: ToSign, key: SigningKey): Promise<SignedV3> {
  const hash = await sha256(request.body)
  const headers: Record<string, string> = {
    'content-type': formType,
    'x-acs-action': request.action,
    'x-acs-content-sha256': hash,
    'x-acs-date': request.date.toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
    ...(key.securityToken === undefined ? {} : { 'x-acs-security-token': key.securityToken }),
  }
  const signed: Record<string, string> = { ...headers, host: request.host }
  const names = Object.keys(signed).sort()
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join('')
  const canonicalRequest = `POST\n/\n\n${lines}\n${names.join(';')}\n${hash}`
  const stringToSign = `${algorithm}\n${await sha256(canonicalRequest)}`
  const signature = await hmac(key.accessKeySecret, stringToSign)
  const authorization = `${algorithm} Credential=${key.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
  return { headers: { ...headers, authorization }, canonicalRequest, stringToSign, signature }
}

async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

async function hmac(secret: string, text: string): Promise<string> {
  const usage = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), usage, false, ['sign'])
  return hex(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
