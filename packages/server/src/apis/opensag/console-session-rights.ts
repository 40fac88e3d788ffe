import { isDenied } from '../../access/authorise.ts'
import type { Caller } from '../../access/caller.ts'
import { Refusal } from '../../declare/index.ts'
import type { ConsoleSession } from '../../store/access/console-sessions.ts'
import type { OperationContext } from '../context.ts'

/** What a policy must allow for the sessions of others. No operation has it: everybody may call both, for sessions of their own. */
export const manageConsoleSessions = 'opensag:ManageConsoleSessions'

export const forbiddenRow = {
  Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
} as const satisfies Readonly<Record<string, readonly [number, string, string]>>

type Refusing = OperationContext & { readonly fail: (code: 'Forbidden') => Refusal }

/** @throws Refusal with what a policy would have to allow, for whoever may deal with their own sessions only */
export function checkMayManage(context: Refusing): Promise<void> {
  return checkMay(context, manageConsoleSessions, '*')
}

/** @throws Refusal with what a policy would have to allow */
export async function checkMay(context: Refusing, action: string, resource: string): Promise<void> {
  const denied = await context.mayCaller(action, [resource])
  if (!isDenied(denied)) return
  const { status, code, message } = context.fail('Forbidden')
  throw new Refusal(status, code, message, denied)
}

/** Whose sessions are the caller's own: null is the account itself; undefined where nobody's are, as of a role. */
export function ownerOf(caller: Caller): string | null | undefined {
  if (caller.kind === 'AssumedRole') return undefined
  return caller.kind === 'RAMUser' ? caller.userId : null
}

export function isOwn({ user }: ConsoleSession, caller: Caller): boolean {
  return ownerOf(caller) === (user?.id ?? null)
}
