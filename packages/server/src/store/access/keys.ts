import { Secret } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Writer } from '../store.ts'

export interface AccessKeyPair {
  readonly accessKeyId: string
  readonly accessKeySecret: Secret
}

export interface NewAccount extends AccessKeyPair {
  /** 16 digits; text, because a number cannot hold every one of them. */
  readonly accountId: string
}

export interface AccountRequest {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly random: (bytes: number) => Buffer
}

const digits = '0123456789'
const alphanumerics = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz${digits}`

/** What a sealed access key secret is bound to. */
export function accessKeyContext(accessKeyId: string): string {
  return `access_key/secret_sealed/${accessKeyId}`
}

/** An account and its first key pair. The secret is given out here and never again. */
export async function createAccount(tx: Writer, sealer: Sealer, request: AccountRequest): Promise<NewAccount> {
  const accountId = pick('123456789', 1, request.random) + pick(digits, 15, request.random)
  await tx.insertInto('account').values({ id: accountId, name: request.name, created_at: request.now }).execute()
  return { accountId, ...(await createAccessKey(tx, sealer, { ...request, accountId })) }
}

/** A key pair more for the account itself. The secret is given out here and never again. */
export async function createAccessKey(
  tx: Writer,
  sealer: Sealer,
  { accountId, now, random }: Omit<AccountRequest, 'name'> & { readonly accountId: string },
): Promise<AccessKeyPair> {
  const pair = newAccessKeyPair(random)
  await keepAccessKey(tx, sealer, pair, { accountId, userId: undefined }, now)
  return pair
}

/** A pair nobody has yet. */
export function newAccessKeyPair(random: (bytes: number) => Uint8Array): AccessKeyPair {
  return {
    accessKeyId: `LTAI5t${pick(alphanumerics, 18, random)}`,
    accessKeySecret: Secret.of(pick(alphanumerics, 30, random)),
  }
}

/** Whose a key is: a RAM user's, or the account's own. */
export interface KeyOwner {
  readonly accountId: string
  readonly userId: string | undefined
}

/** Keeps a pair for its owner; the secret only sealed. */
export async function keepAccessKey(
  tx: Writer,
  sealer: Sealer,
  { accessKeyId, accessKeySecret }: AccessKeyPair,
  { accountId, userId }: KeyOwner,
  now: number,
): Promise<void> {
  const row = {
    id: accessKeyId,
    account_id: accountId,
    user_id: userId ?? null,
    secret_sealed: sealer.seal(accessKeySecret, accessKeyContext(accessKeyId)),
    status: 'Active',
    created_at: now,
  } as const
  await tx.insertInto('access_key').values(row).execute()
}

/** Evenly distributed characters: bytes beyond the last whole multiple of the alphabet are thrown away. */
function pick(alphabet: string, count: number, random: (bytes: number) => Uint8Array): string {
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < count) {
    for (const byte of random(count)) {
      if (byte < limit && text.length < count) text += alphabet[byte % alphabet.length]
    }
  }
  return text
}
