// Users with a logon, and what their browsers and keys say, for the tests of operations on security keys.
import { createPrivateKey } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { hashClientPassword } from '../../../access/client-passwords.ts'
import { Authenticator } from '../../../access/security-keys/authenticator.suite.ts'
import { createRam } from '../../../store/access/ram.ts'
import { profileTag, StsSessions } from '../../../store/access/sts-sessions.ts'
import type { Harness } from '../../testing/harness.suite.ts'
import { accountId } from '../../testing/names.suite.ts'

export const host = 'localhost:7240'
export const site = { origin: `http://${host}`, rpId: 'localhost' }
export const password = 'Night-Shift_2024'
let passwordHash: string | undefined

/** As the caller in a session that a logon with the password began. */
export async function logOn(
  world: Harness,
  user: { readonly id: string; readonly name: string },
  mfaPresent = false,
): Promise<void> {
  const id = `STS.sessionOf${user.name}`
  world.host = host
  const text = Secret.of(id)
  await world.store.write(async (tx) => {
    const profile = await createRam(tx).loginProfiles.of(user.id)
    const sessions = new StsSessions(tx, world.sealer)
    await sessions.end(id)
    await sessions.add({
      credentials: {
        accessKeyId: id,
        accessKeySecret: text,
        securityToken: text,
        expiresAt: world.wallNow + 3_600_000,
      },
      accountId,
      basis: { userId: user.id, profileTag: profileTag(profile?.passwordHash ?? '') },
      mfaPresent,
      begunBy: 'the test',
      createdAt: world.wallNow,
    })
  })
  const caller = { kind: 'RAMUser', accountId, accessKeyId: id, userId: user.id, userName: user.name } as const
  world.caller = mfaPresent ? { ...caller, mfaPresent } : caller
}

/** A user that is logged on. */
export async function addLoggedOn(
  world: Harness,
  name: string,
): Promise<{ readonly id: string; readonly name: string }> {
  passwordHash ??= await hashClientPassword(Secret.of(password))
  const hash = passwordHash
  const user = { id: `1${name}`, accountId, name, createdAt: 0 }
  await world.store.write(async (tx) => {
    const ram = createRam(tx)
    await ram.users.add(user)
    const profile = { passwordHash: hash, passwordResetRequired: false, mfaBindRequired: false }
    await ram.loginProfiles.add(user as never, profile, 0)
  })
  await logOn(world, user)
  return user
}

/** A key that somebody has already. */
export async function addKey(world: Harness, userId: string, id: string, key = new Authenticator()): Promise<void> {
  const { credentialId, publicKey } = key
  await world.store.write((tx) =>
    createRam(tx).securityKeys.add({
      ...{ id, accountId, userId, name: 'blue', rpId: site.rpId, credentialId, publicKey },
      ...{ transports: ['usb'], counter: 0, createdAt: world.wallNow },
    }),
  )
}

/** The same in every run: a private key that protects nothing. */
export function knownAuthenticator(id: number): Authenticator {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  return new Authenticator(Buffer.alloc(16, id), createPrivateKey({ key: jwk, format: 'jwk' }))
}
