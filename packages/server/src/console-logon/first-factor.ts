import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { qrPng } from '../access/qr-png.ts'
import { challengeIn, type NewCredential, provenCredential } from '../access/security-keys/ceremonies.ts'
import type { Site } from '../access/security-keys/site.ts'
import { authenticatorUri, base32, seedBytes, stepOfTwoCodes } from '../access/totp.ts'
import { limits } from '../apis/ram/limits.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { createRam, type Ram } from '../store/access/ram.ts'
import { type ChallengeSubject, challengeLifeMs, newChallenge } from '../store/access/security-key-challenges.ts'
import { profileTag } from '../store/access/sts-sessions.ts'
import type { Store } from '../store/store.ts'
import type { Found } from './found.ts'
import { ConsoleLogonRefusal } from './refusals.ts'
import type { ConsoleLogon } from './request.ts'

/** A factor that has proved itself; the logon it came with binds it. */
export type NewFactor =
  | { readonly by: 'newCodes'; readonly seed: Secret; readonly step: number; readonly name: string }
  | {
      readonly by: 'newSecurityKey'
      readonly credential: NewCredential
      readonly id: string
      readonly name: string
      readonly rpId: string
      readonly transports: readonly string[]
    }

interface FirstFactorContext {
  readonly store: Pick<Store, 'write'>
  readonly sealer: Sealer
  readonly random: (bytes: number) => Buffer
}

/** When a factor is proved, and at which address of the console. */
export interface Occasion {
  readonly at: number
  readonly site: Site | undefined
}

/** Milliseconds from the offer of a seed to its codes: an app may have to be found first. */
const seedLifeMs = 15 * 60_000
const ticketContext = 'console-logon/first-factor'
const purpose = 'first-factor'

const ticketSchema = z.strictObject({
  userId: z.string(),
  basis: z.string(),
  seed: z.string(),
  expiresAt: z.number(),
})

/** Must have a factor and has none: the right password is all there is to guess. */
export function lacksFactor({ profile, secondFactor, securityKeys }: Found): boolean {
  return profile.mfaBindRequired && secondFactor === undefined && securityKeys.length === 0
}

/**
 * A user who must have a second factor and has none binds the first at a logon. Until the factor has proved itself nothing of it is
 * kept but the challenge: a seed is with the browser, sealed for this user and password.
 *
 * @throws ConsoleLogonRefusal; where none was given, with what can be bound
 */
export async function proveFirstFactor(
  context: FirstFactorContext,
  found: Found,
  { newSecurityKey, newCodes }: Pick<ConsoleLogon, 'newSecurityKey' | 'newCodes'>,
  occasion: Occasion,
): Promise<NewFactor> {
  if (newSecurityKey !== undefined) return proveKey(context, found, newSecurityKey, occasion)
  if (newCodes !== undefined) return proveCodes(context, found, newCodes, occasion)
  throw await offers(context, found, occasion)
}

async function offers(
  { store, sealer, random }: FirstFactorContext,
  found: Found,
  { at, site }: Occasion,
): Promise<ConsoleLogonRefusal> {
  const { user } = found
  const challenge = newChallenge(random)
  const isFull = await store.write(async (tx) => {
    const ram = createRam(tx)
    if (site !== undefined) await ram.securityKeyChallenges.issue(challenge, subjectOf(found, site, purpose), at)
    return (await ram.mfaDevices.count(user.accountId)) >= limits.mfaDevices
  })
  const seed = random(20)
  const ticket = { userId: user.id, basis: basisOf(found), seed: seed.toString('hex'), expiresAt: at + seedLifeMs }
  const key = site && {
    ...{ Challenge: challenge, RpId: site.rpId, UserId: Buffer.from(user.id).toString('base64url') },
    ...{ UserName: user.name, Timeout: challengeLifeMs, CredentialIds: [] },
  }
  const codes = isFull
    ? undefined
    : {
        Ticket: sealer.seal(Secret.of(JSON.stringify(ticket)), ticketContext),
        Base32StringSeed: base32(seed),
        QRCodePNG: qrPng(authenticatorUri(user.name, user.accountId, seed)).toString('base64'),
      }
  return new ConsoleLogonRefusal('SecondFactorNotBound', undefined, { NewSecurityKey: key, NewCodes: codes })
}

async function proveKey(
  { store, random }: FirstFactorContext,
  found: Found,
  { name, transports, ...registration }: NonNullable<ConsoleLogon['newSecurityKey']>,
  { at, site }: Occasion,
): Promise<NewFactor> {
  const challenge = await challengeIn(registration.clientDataJSON)
  if (site === undefined || challenge === undefined) throw new ConsoleLogonRefusal('SecondFactorNotProven')
  // In a unit of work of its own, before anything is looked at: whatever comes of it, it counts once.
  const isOpen = await store.write((tx) =>
    createRam(tx).securityKeyChallenges.spend(challenge, subjectOf(found, site, purpose), at),
  )
  if (!isOpen) throw new ConsoleLogonRefusal('SecondFactorNotProven')
  const credential = await provenCredential(registration, { challenge, site })
  if ('unproven' in credential) throw new ConsoleLogonRefusal('SecondFactorNotProven')
  const id = `sk-${random(10).toString('hex')}`
  return { by: 'newSecurityKey', credential, id, name, rpId: site.rpId, transports: [...new Set(transports)] }
}

async function proveCodes(
  { sealer, random }: FirstFactorContext,
  found: Found,
  { ticket, codes: [first, second] }: NonNullable<ConsoleLogon['newCodes']>,
  { at }: Occasion,
): Promise<NewFactor> {
  const offered = opened(sealer, ticket)
  const isOwn = offered?.userId === found.user.id && offered.basis === basisOf(found) && at < offered.expiresAt
  if (!isOwn) throw new ConsoleLogonRefusal('SecondFactorNotProven')
  const seed = Secret.of(offered.seed)
  const step = stepOfTwoCodes(seedBytes(seed), [first.reveal(), second.reveal()], { at, after: -1 })
  if (step === undefined) throw new ConsoleLogonRefusal('SecondFactorNotProven')
  // Names of devices belong to the account: another one each time.
  const stem = found.user.name.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 50)
  return { by: 'newCodes', seed, step, name: `${stem}-${random(6).toString('hex')}` }
}

function opened(sealer: Sealer, ticket: string): z.infer<typeof ticketSchema> | undefined {
  try {
    return ticketSchema.parse(JSON.parse(sealer.open(ticket, ticketContext).reveal()))
  } catch {
    // Anybody may send anything as a ticket.
    return undefined
  }
}

/** A challenge is for this user, this password and this page. */
export function subjectOf(found: Found, { origin }: Site, purpose: ChallengeSubject['purpose']): ChallengeSubject {
  return { userId: found.user.id, purpose, basis: basisOf(found), origin }
}

function basisOf({ profile }: Found): string {
  return profileTag(profile.passwordHash)
}

/**
 * In the unit of work of the logon, whose caller has seen that there is no other factor.
 *
 * @throws ConsoleLogonRefusal when somebody has the key already
 */
export async function bindFirstFactor(ram: Ram, { user }: Found, factor: NewFactor, at: number): Promise<void> {
  const { accountId } = user
  if (factor.by === 'newSecurityKey') {
    const { by: _, credential, ...key } = factor
    if (await ram.securityKeys.isAdded(credential.credentialId)) throw new ConsoleLogonRefusal('SecondFactorNotProven')
    await ram.securityKeys.add({ ...key, ...credential, accountId, userId: user.id, createdAt: at })
    return
  }
  await ram.mfaDevices.add(accountId, factor.name, factor.seed, at)
  await ram.mfaDevices.bind({ accountId, name: factor.name }, user, factor.step, at)
}
