import { base64url, bytesOf } from './bytes.ts'

/** What the server asks of a security key at a logon. */
export interface KeyRequest {
  readonly Challenge: string
  readonly RpId: string
  readonly Timeout: number
  readonly Credentials: readonly { readonly Id: string; readonly Transports: readonly string[] }[]
}

/** What a key answers, as the logon sends it. */
export interface KeyAnswer {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
}

/** @throws DOMException `NotAllowedError` when the person gives up, or no key answers in time */
export async function answerOfKey({ Challenge, RpId, Timeout, Credentials }: KeyRequest): Promise<KeyAnswer> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(Challenge),
      rpId: RpId,
      timeout: Timeout,
      userVerification: 'preferred',
      allowCredentials: Credentials.map(({ Id, Transports }) => ({
        type: 'public-key',
        id: bytesOf(Id),
        transports: [...Transports] as AuthenticatorTransport[],
      })),
    },
  })) as PublicKeyCredential
  const { clientDataJSON, authenticatorData, signature } = credential.response as AuthenticatorAssertionResponse
  return {
    id: credential.id,
    clientDataJSON: base64url(clientDataJSON),
    authenticatorData: base64url(authenticatorData),
    signature: base64url(signature),
  }
}
