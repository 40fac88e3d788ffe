import type { Texts } from '../../declare/index.ts'
import { instanceLimit } from '../../model/instance-limit.ts'
import type { OperationContext } from '../context.ts'

/** Why both operations that order an instance answer a code that nothing published has. */
export const noCodeForLimit: Texts = {
  en: 'Nothing published names the code of this limit; it is formed as those of other limits are.',
  zh: '没有公开该上限的错误码，按其他上限的错误码命名。',
}

/** The account may have one more instance. */
export async function hasRoom({
  caller,
  fleet,
  shop,
}: Pick<OperationContext, 'caller' | 'fleet' | 'shop'>): Promise<boolean> {
  return (await fleet.count({ accountId: caller.accountId })) < instanceLimit(shop)
}
