import type { SecurityKey } from '../../store/access/security-keys.ts'
import type { Site } from './site.ts'

/** COSE: Ed25519, ECDSA on P-256 and RSA with SHA-256, which every authenticator has one of. */
export const algorithms = [-8, -7, -257] as const

/** How browsers say that they reach a key (WebAuthn 5.8.4). */
export const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

/** Loaded for the first key: most servers never have one. */
const webauthn = () => import('@simplewebauthn/server')
const helpers = () => import('@simplewebauthn/server/helpers')

interface Expected {
  readonly challenge: string
  readonly site: Site
}

/** What a key answers to a challenge; all of it base64url, as it came. */
export interface Assertion {
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
}

export interface Registration {
  readonly clientDataJSON: string
  readonly attestationObject: string
}

/** A key that has not proved itself, and why, for the log. */
export interface Unproven {
  readonly unproven: string
}

/** The challenge that an answer says it is one to. Nothing is proved by it. */
export async function challengeIn(clientDataJSON: string): Promise<string | undefined> {
  const { decodeClientDataJSON } = await helpers()
  const said = await unlessRefused(async () => {
    const data: unknown = decodeClientDataJSON(clientDataJSON)
    // JSON of anything comes here: of null, too.
    if (typeof data !== 'object' || data === null) throw new Error('It is no object.')
    return data as Partial<ReturnType<typeof decodeClientDataJSON>>
  })
  // In the frame of another page nobody sees what the key signs.
  if ('unproven' in said || said.crossOrigin === true) return undefined
  return typeof said.challenge === 'string' ? said.challenge : undefined
}

/** The counter of the signature; whether it may follow the last one is for the caller to say. */
export async function provenCounter(
  { credentialId: id, publicKey }: SecurityKey,
  { clientDataJSON, authenticatorData, signature }: Assertion,
  { challenge, site }: Expected,
): Promise<{ readonly counter: number } | Unproven> {
  const { verifyAuthenticationResponse } = await webauthn()
  const proof = await unlessRefused(() =>
    verifyAuthenticationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      // Counters are compared where the signature is known to be right.
      credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter: 0 },
      // The password is the other factor: a key without a PIN will do, but somebody must touch it.
      requireUserVerification: false,
    }),
  )
  if ('unproven' in proof) return proof
  return proof.verified ? { counter: proof.authenticationInfo.newCounter } : { unproven: 'The signature is wrong.' }
}

export interface NewCredential {
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
}

/** What a key says of itself when it is added. Who made it is not asked, and a statement about that is refused. */
export async function provenCredential(
  { clientDataJSON, attestationObject }: Registration,
  { challenge, site }: Expected,
): Promise<NewCredential | Unproven> {
  const { verifyRegistrationResponse } = await webauthn()
  const credential = await unlessRefused(() => credentialIn(attestationObject))
  if ('unproven' in credential) return credential
  const proof = await unlessRefused(() =>
    verifyRegistrationResponse({
      response: {
        ...{ id: credential.id, rawId: credential.id, type: 'public-key', clientExtensionResults: {} },
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: [...algorithms],
    }),
  )
  if ('unproven' in proof) return proof
  if (!proof.verified) return { unproven: 'The statement of the key is wrong.' }
  const { id, publicKey, counter } = proof.registrationInfo.credential
  return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter }
}

/** @throws for a statement with certificates: to check those the library would call the servers they name */
async function credentialIn(attestationObject: string): Promise<{ readonly id: string }> {
  const { decodeAttestationObject, isoBase64URL, parseAuthenticatorData } = await helpers()
  const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject))
  const format = decoded.get('fmt')
  if (format !== 'none' && (format !== 'packed' || decoded.get('attStmt').get('x5c') !== undefined))
    throw new Error(`A statement of the form ${format} was not asked for.`)
  const { credentialID } = parseAuthenticatorData(decoded.get('authData'))
  if (credentialID === undefined) throw new Error('There is no credential.')
  return { id: isoBase64URL.fromBuffer(credentialID) }
}

/** The library throws for whatever is not as it should be, from bytes that cannot be read to the wrong origin. */
async function unlessRefused<T extends object>(work: () => Promise<T>): Promise<T | Unproven> {
  try {
    return await work()
  } catch (error) {
    return { unproven: error instanceof Error ? error.message : String(error) }
  }
}
