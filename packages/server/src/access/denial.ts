import { Secret } from '@opensag/protocol'
import type { Sealer } from '../sealing/sealing.ts'
import type { Caller } from './caller.ts'

/** Why access was denied, as the answer tells it (D: `AccessDeniedDetail`). */
export interface AccessDenied {
  readonly AuthAction: string
  /** What of the request was not allowed, as policies name it (ours: the published detail has it in the message only). */
  readonly AuthResource: string
  readonly AuthPrincipalType: 'Account' | 'SubUser' | 'AssumedRoleUser'
  readonly AuthPrincipalOwnerId: string
  readonly AuthPrincipalDisplayName: string
  readonly PolicyType: PolicyType
  readonly NoPermissionType: 'ImplicitDeny' | 'ExplicitDeny'
  /** What a policy must look like to allow it, where single resources do not (ours). */
  readonly Hint?: string
  /** For whoever runs the server; opaque to everybody else. */
  readonly EncodedDiagnosticMessage: string
}

export type PolicyType = 'AccountLevelIdentityBasedPolicy' | 'SessionPolicy' | 'AssumeRolePolicy'

export interface Denial {
  readonly caller: Caller
  readonly action: string
  readonly resource: string
  readonly policyType: PolicyType
  readonly why: AccessDenied['NoPermissionType']
  /** The policy with the denying statement, where there is one. */
  readonly policy?: { readonly type: 'System' | 'Custom'; readonly name: string } | undefined
  /** No policy about a single resource allows the action: it is granted on `*`. */
  readonly isWhole?: boolean
}

/** What a diagnostic message says. */
export interface Diagnostic extends Pick<Denial, 'action' | 'resource' | 'policyType' | 'why'> {
  readonly policyName?: string | undefined
  readonly policyKind?: 'System' | 'Custom' | undefined
  /** The account of the caller. */
  readonly accountId: string
  /** Absent in messages of versions before 0.2. */
  readonly principal?: Principal
}

/** Said of an action whose operation is not published with a resource of its own. */
export function grantedOnAll(action: string): string {
  return `${action}: this action is granted on * only.`
}

/** Makes denials into what is answered. */
export type Deny = (denial: Denial) => AccessDenied

const context = 'access_denied/diagnostic'

/** The diagnostic message is sealed: it names a policy, which is the owner's business and not the caller's. */
export function createDeny(sealer: Sealer): Deny {
  return (denial) => {
    const { caller, action, resource, policyType, why, policy, isWhole = false } = denial
    const { accountId } = caller
    const principal = principalOf(caller)
    const facts: Diagnostic = {
      action,
      resource,
      policyType,
      why,
      policyName: policy?.name,
      policyKind: policy?.type,
      accountId,
      principal,
    }
    return {
      AuthAction: action,
      AuthResource: resource,
      ...principal,
      AuthPrincipalOwnerId: caller.accountId,
      PolicyType: policyType,
      NoPermissionType: why,
      ...(isWhole && why === 'ImplicitDeny' ? { Hint: grantedOnAll(action) } : {}),
      EncodedDiagnosticMessage: sealer.seal(Secret.of(JSON.stringify(facts)), context),
    }
  }
}

/** What a diagnostic message of this server says. @throws when it is none. */
export function openDiagnostic(sealer: Sealer, message: string): Diagnostic {
  return JSON.parse(sealer.open(message, context).reveal()) as Diagnostic
}

type Principal = Pick<AccessDenied, 'AuthPrincipalType' | 'AuthPrincipalDisplayName'>

function principalOf(caller: Caller): Principal {
  switch (caller.kind) {
    case 'Account':
      return { AuthPrincipalType: 'Account', AuthPrincipalDisplayName: caller.accountId }
    case 'RAMUser':
      return { AuthPrincipalType: 'SubUser', AuthPrincipalDisplayName: caller.userId }
    case 'AssumedRole':
      return {
        AuthPrincipalType: 'AssumedRoleUser',
        AuthPrincipalDisplayName: `${caller.roleName}:${caller.sessionName}`,
      }
  }
}
