import { type ReadyGrant, readyGrantOf, readyPolicy } from '@opensag/rules'
import type { Params } from '@opensag/smartag-client'

/** A colleague who is given a log-on and a ready role. */
export interface Invitation {
  readonly userName: string
  readonly displayName: string
  readonly grant: ReadyGrant
  /** Of the policy that is made for the role, taken by nobody. */
  readonly policyName: string
  readonly password: string
  /** What the policy is for, in words. */
  readonly description: string
}

/** In this order: nobody logs on before everything else is there. */
export const steps = ['user', 'policy', 'attach', 'logon'] as const
export type Step = (typeof steps)[number]

type Call = (operation: string, params: Params) => Promise<unknown>

interface Done {
  readonly done: number
}

/** How far it came: all steps, or those before the one that failed. */
export type Progress = Done | (Done & { readonly error: unknown })

/** Takes the steps from `from` on, one after the other, until one fails. */
export async function invite(call: Call, invitation: Invitation, from = 0): Promise<Progress> {
  for (let step = from; step < steps.length; step += 1) {
    try {
      await forwards[steps[step] as Step](call, invitation)
    } catch (error) {
      return { done: step, error }
    }
  }
  return { done: steps.length }
}

/** Takes the first `done` steps back, the last first; answers how many are left when one cannot be. */
export async function takeBack(call: Call, invitation: Invitation, done: number): Promise<Progress> {
  for (let step = done; step > 0; step -= 1) {
    try {
      await backwards[steps[step - 1] as Step](call, invitation)
    } catch (error) {
      return { done: step, error }
    }
  }
  return { done: 0 }
}

type Steps = Readonly<Record<Step, (call: Call, invitation: Invitation) => Promise<unknown>>>

const custom = (PolicyName: string) => ({ PolicyType: 'Custom', PolicyName }) as const

const forwards: Steps = {
  user: (call, { userName: UserName, displayName }) =>
    call('CreateUser', { UserName, DisplayName: displayName === '' ? undefined : displayName }),
  policy: (call, { policyName: PolicyName, grant, description: Description }) =>
    call('CreatePolicy', { PolicyName, PolicyDocument: readyPolicy(grant), Description }),
  attach: (call, { userName: UserName, policyName }) => call('AttachPolicyToUser', { UserName, ...custom(policyName) }),
  // The made password is for the way: whoever logs on first chooses another.
  logon: (call, { userName: UserName, password: Password }) =>
    call('CreateLoginProfile', { UserName, Password, PasswordResetRequired: true }),
}

const backwards: Steps = {
  user: (call, { userName: UserName }) => call('DeleteUser', { UserName }),
  policy: (call, { policyName: PolicyName }) => call('DeletePolicy', { PolicyName, CascadingDelete: true }),
  attach: (call, { userName: UserName, policyName }) =>
    call('DetachPolicyFromUser', { UserName, ...custom(policyName) }),
  logon: (call, { userName: UserName }) => call('DeleteLoginProfile', { UserName }),
}

const prefix = 'ready-'

/** A name for the policy of a user's role that tells whose it is, and that no other policy has: `chance` is in it. */
export function policyNameFor(userName: string, chance: Uint8Array): string {
  const told = userName.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 64)
  const tail = [...chance].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${prefix}${told}-${tail}`
}

/** Whether it may be the policy of a ready role: its document decides. */
export function mayBeReady(policyName: string): boolean {
  return policyName.startsWith(prefix)
}

/** The ready role that a user has by a policy of its own; undefined for any other policy. */
export function roleIn(policyName: string, document: string): { policyName: string; grant: ReadyGrant } | undefined {
  const grant = mayBeReady(policyName) ? readyGrantOf(document) : undefined
  return grant && { policyName, grant }
}
