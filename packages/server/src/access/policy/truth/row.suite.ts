// The form of the truth table: which documents, which request, what must come out, and why.

export type Texts = string | readonly string[]

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** A statement as it stands in a document. */
export type Written = Readonly<Record<string, unknown>>

export interface Request {
  readonly action: string
  readonly resource: Texts
  /** Condition keys of the request. */
  readonly context?: Readonly<Record<string, Texts>>
  /** For trust policies: who asks. */
  readonly trustee?: { readonly type: 'RAM' | 'Service' | 'Federated'; readonly names: readonly string[] }
}

export type Outcome = 'allowed' | 'explicitly denied' | 'implicitly denied'

export interface Row {
  readonly why: string
  /** The statements of one policy; of several when it is a list of lists. */
  readonly policy: readonly Written[] | readonly (readonly Written[])[]
  readonly request: Request
  readonly expected: Outcome
}

export const account = '1234567890123456'
export const yes = 'allowed'
export const denied = 'explicitly denied'
export const no = 'implicitly denied'

function statement(effect: string, action: Texts, resource: Texts, condition?: Condition): Written {
  return {
    Effect: effect,
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}

export function allow(action: Texts, resource: Texts = '*', condition?: Condition): Written {
  return statement('Allow', action, resource, condition)
}

export function deny(action: Texts, resource: Texts = '*', condition?: Condition): Written {
  return statement('Deny', action, resource, condition)
}

export function call(action: string, resource: Texts = '*', context?: Request['context']): Request {
  return { action, resource, ...(context === undefined ? {} : { context }) }
}

/** `sag-1` of the account, in Shanghai. */
export function gateway(id: string, region = 'cn-shanghai', owner: string = account): string {
  return `acs:smartag:${region}:${owner}:smartag/${id}`
}

export function row(why: string, policy: Row['policy'], request: Request, expected: Outcome): Row {
  return { why, policy, request, expected }
}
