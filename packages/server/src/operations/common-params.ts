import { ignored, type Param, text } from '../declare/index.ts'

/** Leftovers of the platform that every request may carry. They have no effect (D). */
export const ownerParams = {
  OwnerAccount: ignored('string').about('Accepted and ignored.', '接受但不使用。'),
  OwnerId: ignored('long').about('Accepted and ignored.', '接受但不使用。'),
  ResourceOwnerAccount: ignored('string').about('Accepted and ignored.', '接受但不使用。'),
  ResourceOwnerId: ignored('long').about('Accepted and ignored.', '接受但不使用。'),
} as const

/** An instance lives in one region and is not found in another. */
export const regionId: Param<string> = text()
  .required()
  .example('cn-shanghai')
  .about('The region of the instance.', '实例所在的地域。')

export const smartAgId: Param<string | undefined> = text()
  .example('sag-tq3sazs17smldn0000')
  .about('The ID of the Smart Access Gateway instance.', '智能接入网关实例的 ID。')

export const smartAgSn: Param<string | undefined> = text()
  .example('sag32a30000')
  .about('The serial number of a device bound to the instance.', '绑定到实例的设备的序列号。')
