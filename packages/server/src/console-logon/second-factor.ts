import type { Logger } from 'pino'
import { challengeIn, provenCounter } from '../access/security-keys/ceremonies.ts'
import { mayFollow } from '../access/security-keys/counter.ts'
import { seedBytes, stepOfCode } from '../access/totp.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { createRam, type Ram } from '../store/access/ram.ts'
import { challengeLifeMs, newChallenge } from '../store/access/security-key-challenges.ts'
import type { SecurityKey } from '../store/access/security-keys.ts'
import type { Store } from '../store/store.ts'
import {
  bindFirstFactor,
  lacksFactor,
  type NewFactor,
  type Occasion,
  proveFirstFactor,
  subjectOf,
} from './first-factor.ts'
import type { Found } from './found.ts'
import { ConsoleLogonRefusal } from './refusals.ts'
import type { ConsoleLogon } from './request.ts'

/** What proves the second factor of a user who has given the right password. */
export type Proof =
  /** There is none. */
  | { readonly by: 'nothing' }
  | { readonly by: 'code'; readonly step: number }
  | { readonly by: 'securityKey'; readonly key: SecurityKey; readonly counter: number }
  | NewFactor

interface FactorContext {
  readonly store: Pick<Store, 'write'>
  readonly random: (bytes: number) => Buffer
  readonly sealer: Sealer
  readonly logger: Logger
}

/**
 * Either of the factors that the user has will do.
 *
 * @throws ConsoleLogonRefusal; where one is needed and none was given, with a challenge for the security keys
 */
export async function proveFactor(
  context: FactorContext,
  found: Found,
  request: ConsoleLogon,
  occasion: Occasion,
): Promise<Proof> {
  const { secondFactor, securityKeys } = found
  if (lacksFactor(found)) return proveFirstFactor(context, found, request, occasion)
  if (secondFactor === undefined && securityKeys.length === 0) {
    // Nobody must think that it is bound now.
    if (request.newSecurityKey ?? request.newCodes) throw new ConsoleLogonRefusal('InvalidRequest')
    return { by: 'nothing' }
  }
  if (request.securityKey !== undefined) return proveSecurityKey(context, found, request.securityKey, occasion)
  if (request.code === undefined) throw await factorNeeded(context, found, occasion)
  const step =
    secondFactor &&
    stepOfCode(seedBytes(secondFactor.seed), request.code.reveal(), occasion.at, secondFactor.device.lastStep)
  if (step === undefined) throw new ConsoleLogonRefusal('SecondFactorFailed')
  return { by: 'code', step }
}

/** A key signs for one address of the console: those of others are not asked for. */
async function factorNeeded(
  { store, random }: FactorContext,
  found: Found,
  { at, site }: Occasion,
): Promise<ConsoleLogonRefusal> {
  const keys = found.securityKeys.filter(({ rpId }) => rpId === site?.rpId)
  const code = found.secondFactor === undefined ? [] : ['Code']
  if (site === undefined || keys.length === 0) {
    if (code.length === 0) return new ConsoleLogonRefusal('SecurityKeyElsewhere')
    return new ConsoleLogonRefusal('SecondFactorRequired', undefined, { Factors: code })
  }
  const challenge = newChallenge(random)
  await store.write((tx) => createRam(tx).securityKeyChallenges.issue(challenge, subjectOf(found, site, 'logon'), at))
  return new ConsoleLogonRefusal('SecondFactorRequired', undefined, {
    Factors: ['SecurityKey', ...code],
    SecurityKey: {
      Challenge: challenge,
      RpId: site.rpId,
      Timeout: challengeLifeMs,
      Credentials: keys.map(({ credentialId, transports }) => ({ Id: credentialId, Transports: transports })),
    },
  })
}

async function proveSecurityKey(
  { store, logger }: FactorContext,
  found: Found,
  given: NonNullable<ConsoleLogon['securityKey']>,
  { at, site }: Occasion,
): Promise<Proof> {
  const challenge = await challengeIn(given.clientDataJSON)
  if (site === undefined || challenge === undefined) throw new ConsoleLogonRefusal('SecondFactorFailed')
  // In a unit of work of its own, before anything is looked at: whatever comes of it, it counts once.
  const isOpen = await store.write((tx) =>
    createRam(tx).securityKeyChallenges.spend(challenge, subjectOf(found, site, 'logon'), at),
  )
  const key = found.securityKeys.find(({ credentialId, rpId }) => credentialId === given.id && rpId === site.rpId)
  if (!isOpen || key === undefined) throw new ConsoleLogonRefusal('SecondFactorFailed')
  const proof = await provenCounter(key, given, { challenge, site })
  if ('unproven' in proof) {
    logger.debug({ reason: proof.unproven }, 'a security key did not prove itself')
    throw new ConsoleLogonRefusal('SecondFactorFailed')
  }
  if (!mayFollow(proof.counter, key.counter)) throw new ConsoleLogonRefusal('SecurityKeyCopied')
  return { by: 'securityKey', key, counter: proof.counter }
}

/**
 * Marks the proof as used, in the unit of work of the logon.
 *
 * @throws ConsoleLogonRefusal when the factors are no longer those that were looked at, or the same proof came first
 */
export async function useProof(ram: Ram, found: Found, proof: Proof, at: number): Promise<void> {
  const device = await ram.mfaDevices.of(found.user.id)
  if (device?.name !== found.secondFactor?.device.name) throw new ConsoleLogonRefusal('LogonFailed')
  if (proof.by === 'code' && device !== undefined) {
    // The same code at the same time, twice: it counts once.
    if (proof.step <= device.lastStep) throw new ConsoleLogonRefusal('SecondFactorFailed')
    await ram.mfaDevices.used(device, proof.step)
    return
  }
  const keys = await ram.securityKeys.of(found.user.id)
  if (proof.by === 'securityKey') {
    const present = keys.find(({ id }) => id === proof.key.id)
    if (present === undefined) throw new ConsoleLogonRefusal('LogonFailed')
    if (!mayFollow(proof.counter, present.counter)) throw new ConsoleLogonRefusal('SecurityKeyCopied')
    await ram.securityKeys.used(present, proof.counter, at)
    return
  }
  if (keys.length > 0) throw new ConsoleLogonRefusal('LogonFailed')
  if (proof.by === 'newSecurityKey' || proof.by === 'newCodes') await bindFirstFactor(ram, found, proof, at)
}
