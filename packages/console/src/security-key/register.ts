import { base64url, bytesOf } from './bytes.ts'

/** What the server asks of a key that is to be added. */
export interface NewKeyRequest {
  readonly Challenge: string
  readonly RpId: string
  readonly UserId: string
  readonly UserName: string
  readonly Timeout: number
  /** Of the keys that the user has already. */
  readonly CredentialIds: readonly string[]
}

/** What a new key answers, as the API takes it. */
export interface NewKeyAnswer {
  readonly ClientDataJSON: string
  readonly AttestationObject: string
  readonly Transports: readonly Transport[]
}

/** COSE: Ed25519, ECDSA on P-256, RSA with SHA-256. */
const algorithms = [-8, -7, -257]
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type Transport = (typeof transports)[number]

/** Whether this page can ask for keys: over HTTPS or from this machine, and by a name. */
export function hasSecurityKeys(): boolean {
  return 'PublicKeyCredential' in globalThis && !/^(\d+(\.\d+){3}|\[.*\])$/.test(location.hostname)
}

/**
 * @throws DOMException `NotAllowedError` when the person gives up, or no key answers in time; `InvalidStateError` when the key is
 * one that the user has already
 */
export async function registerKey(request: NewKeyRequest): Promise<NewKeyAnswer> {
  const credential = (await navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(request.Challenge),
      rp: { id: request.RpId, name: 'OpenSAG' },
      user: { id: bytesOf(request.UserId), name: request.UserName, displayName: request.UserName },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: request.Timeout,
      attestation: 'none',
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
      excludeCredentials: request.CredentialIds.map((id) => ({ type: 'public-key', id: bytesOf(id) })),
    },
  })) as PublicKeyCredential
  const response = credential.response as AuthenticatorAttestationResponse
  // Others may come to be: the server knows these.
  const said = response.getTransports()
  return {
    ClientDataJSON: base64url(response.clientDataJSON),
    AttestationObject: base64url(response.attestationObject),
    Transports: transports.filter((one) => said.includes(one)),
  }
}
