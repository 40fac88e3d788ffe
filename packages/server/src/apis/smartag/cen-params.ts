import { type ErrorRow, type Param, text } from '../../declare/index.ts'

// What several operations on CENs ask for and answer alike.

export const cenId: Param<string | undefined> = text()
  .matches(/^cen-[a-z0-9]+$/)
  .example('cen-7qthudw0ll6jm0000')
  .about('The CEN.', '云企业网实例的 ID。')

/** No table is published for the operations on grants to CENs and VBRs; these rows are their siblings'. */
export const unknownNetwork: ErrorRow = [
  403,
  'Invalid cloud connect network id.',
  '无效的云连接网ID',
  {
    en: 'No table is published for this operation; DeleteCloudConnectNetwork has this code for a network that is not there.',
    zh: '该操作没有公开的错误码表，采用 DeleteCloudConnectNetwork 中“云连接网不存在”的错误码。',
  },
]

export const unknownInstance: ErrorRow = [
  400,
  'The specified SAG instance does not exist.',
  '智能网关实例不存在。',
  {
    en: 'No table is published for this operation; GrantSagInstanceToCcn has this code for an instance that is not there.',
    zh: '该操作没有公开的错误码表，采用 GrantSagInstanceToCcn 中“实例不存在”的错误码。',
  },
]

/** Infrastructure tools take this code of a revocation as "done already". */
export const noSuchGrant: ErrorRow = [
  404,
  'The specified instance does not exist.',
  '指定的授权不存在。',
  {
    en: 'No table is published for this operation; this is the code that the Terraform provider takes as "revoked already".',
    zh: '该操作没有公开的错误码表，采用 Terraform Provider 视为“已取消授权”的错误码。',
  },
]
