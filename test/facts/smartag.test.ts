import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { operations } from '../../packages/server/src/apis/smartag/registry.ts'
import { accessLevelOf, type Operation } from '../../packages/server/src/declare/index.ts'
import { root } from '../support/process.ts'
import {
  type Deliberate,
  declaredErrors,
  declaredOtherwise,
  declaredShape,
  type Facts,
  meantFor,
} from './differences.ts'
import { type PublishedOperation, type PublishedShape, smartAgFacts } from './published.ts'

const snatRange = 'Five codes of the table are for the SNAT range, which no other operation changes.'
const isDefault = 'The provider of Terraform sends it and reads it back; older SDKs of this version have it.'
const unchanged = 'What a change does not send stays as it is.'
const ofFlowLog = 'Later pages name the flow log, which `*` covers.'
const ofAcl = 'Later pages name the access control list, which `*` covers.'
const ofInstance = 'Later pages name the instance, which `*` covers.'
const snatEntries = 'Earlier generated SDKs of this version have it, and six codes of the table are for it.'

const toAcl = { 'access.resource': ['acl/{AclId}', ofAcl] } as const
const ofBoth = { 'access.resource': [['acl/{AclId}', 'smartag/{SmartAGId}'], ofAcl] } as const

const anyCase = 'Pages print True and False, the SDKs true and False: each is taken, in any case.'
const ofNewerPages = 'The pages of today name the instance as the resource.'
const ofSiblings = 'Nothing is published; the pages of its siblings name the instance as the resource.'
const neverAbsent = 'Without it no device is meant; its twin requires it.'

const ofPages = {
  'params.OutboundPortType.values': [['None', 'PhysicalPort', 'Tunnel'], 'Pages of today name the three.'],
} as const

/** Where a declaration differs from the published facts on purpose: what, and why. Nothing may stand here that does not. */
const deliberate: Deliberate = {
  AddACLRule: toAcl,
  AssociateACL: ofBoth,
  CreateACL: { 'access.resource': ['acl/*', ofAcl] },
  DeleteACL: toAcl,
  DeleteACLRule: toAcl,
  DescribeACLAttribute: toAcl,
  DisassociateACL: ofBoth,
  GetAclAttribute: toAcl,
  ModifyACL: toAcl,
  ModifyACLRule: {
    ...toAcl,
    'params.Priority.default': [undefined, unchanged],
    'params.Type.default': [undefined, unchanged],
  },
  DescribeSagGlobalRouteProtocol: { 'access.resource': ['smartag/{SmartAGId}', ofSiblings] },
  DescribeSagPortRouteProtocolList: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagRouteProtocolBgp: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagRouteProtocolOspf: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  ModifySagGlobalRouteProtocol: { 'access.resource': ['smartag/{SmartAGId}', ofSiblings] },
  ModifySagRouteProtocolOspf: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagHa: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  CreateSagStaticRoute: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DeleteSagStaticRoute: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagRouteList: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagWan4G: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagWanList: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  DescribeSagWifi: { 'access.resource': ['smartag/{SmartAGId}', ofNewerPages] },
  AddSmartAccessGatewayDnsForward: ofPages,
  UpdateSmartAccessGatewayDnsForward: ofPages,
  ViewSmartAccessGatewayWanSnat: {
    'params.SagInsId.required': [true, neverAbsent],
    'params.SagSn.required': [true, neverAbsent],
  },
  AddDnatEntry: { 'access.resource': ['smartag/{SagId}', ofInstance] },
  DeleteDnatEntry: { 'access.resource': ['smartag/{SagId}', ofInstance] },
  DescribeDnatEntries: {
    'access.resource': ['smartag/{SagId}', ofInstance],
    'params.Type.default': [undefined, 'The Terraform provider never sends it, and reads entries of both types back.'],
  },
  GetAdvancedMonitorState: { 'access.resource': ['smartag/{SagId}', 'That is its parameter of the instance.'] },
  ActiveFlowLog: { 'access.resource': ['flowlog/{FlowLogId}', ofFlowLog] },
  AssociateFlowLog: { 'access.resource': [['flowlog/{FlowLogId}', 'smartag/{SmartAGId}'], ofFlowLog] },
  CreateFlowLog: { 'access.resource': ['flowlog/*', ofFlowLog] },
  DeactiveFlowLog: { 'access.resource': ['flowlog/{FlowLogId}', ofFlowLog] },
  DeleteFlowLog: { 'access.resource': ['flowlog/{FlowLogId}', ofFlowLog] },
  DescribeFlowLogSags: {
    'params.FlowLogId.required': [true, 'MissingParam.FlowLogId is in the table, and nothing else can lead to it.'],
  },
  DisassociateFlowLog: { 'access.resource': [['flowlog/{FlowLogId}', 'smartag/{SmartAGId}'], ofFlowLog] },
  ModifyFlowLogAttribute: {
    'access.resource': ['flowlog/{FlowLogId}', ofFlowLog],
    'params.ActiveAging.default': [undefined, unchanged],
    'params.InactiveAging.default': [undefined, unchanged],
    'params.NetflowServerPort.default': [undefined, unchanged],
    'params.NetflowVersion.default': [undefined, unchanged],
  },
  ModifySagWifi: {
    'access.resource': ['smartag/{SmartAGId}', ofNewerPages],
    'params.IsAuth.values': [undefined, anyCase],
    'params.IsBroadcast.values': [undefined, anyCase],
    'params.IsEnable.values': [undefined, anyCase],
    'params.Bandwidth.values': [undefined, 'Pages write the widths in several ways, and all of them are taken.'],
  },
  ModifySagWan: { 'params.Weight.default': [undefined, unchanged] },
  ModifyHealthCheck: {
    'params.ProbeInterval.default': [undefined, unchanged],
    'params.ProbeCount.default': [undefined, unchanged],
    'params.ProbeTimeout.default': [undefined, unchanged],
    'params.RttThreshold.default': [undefined, unchanged],
    'params.RttFailThreshold.default': [undefined, unchanged],
    'params.FailCountThreshold.default': [undefined, unchanged],
  },
  CreateCloudConnectNetwork: {
    'params.IsDefault.default': [false, isDefault],
    'params.IsDefault.required': [false, isDefault],
    'params.IsDefault.type': ['boolean', isDefault],
  },
  CreateSmartAccessGatewayClientUser: {
    'params.Bandwidth.default': ['2000', 'Marked required and with a default; the default makes it optional.'],
    'params.Bandwidth.required': [false, 'Marked required and with a default; the default makes it optional.'],
  },
  CreateSmartAccessGatewaySoftware: {
    'params.ChargeType.values': [['PREPAY'], 'The page says that the product is sold by subscription only.'],
  },
  CreateSmartAccessGateway: {
    'params.ChargeType.values': [
      ['PREPAY'],
      'The product is sold by subscription only; the parameter lists a second value all the same.',
    ],
  },
  DescribeCloudConnectNetworks: {
    'result.CloudConnectNetworks.CloudConnectNetwork.IsDefault': ['boolean', isDefault],
  },
  ModifyCloudConnectNetwork: {
    'params.InterworkingStatus.values': [
      ['disable', 'enable'],
      'The two words are in the text of CCN.InvalidInterworkingStatus only.',
    ],
    'params.SnatCidrBlock.required': [false, snatRange],
    'params.SnatCidrBlock.type': ['string', snatRange],
  },
  ModifySmartAccessGateway: {
    'params.SnatEntries.required': [false, snatEntries],
    'params.SnatEntries.type': ['array<object>', snatEntries],
  },
}

function declaredFacts(operation: Operation): Facts {
  const { family, access, params, result } = operation
  const { level, isDerived } = accessLevelOf(operation)
  const facts: Record<string, unknown> = {
    family,
    'access.level': access.level,
    'access.printed': isDerived ? undefined : level,
    'access.printedOrDerived': level,
    'access.resource': access.resource,
  }
  for (const [name, { state }] of Object.entries(params)) {
    facts[`params.${name}.type`] = state.type
    facts[`params.${name}.required`] = state.required
    facts[`params.${name}.values`] = state.values === undefined ? undefined : [...state.values].sort()
    facts[`params.${name}.default`] = state.defaultValue
  }
  return { ...facts, ...declaredErrors(operation), ...declaredShape(result, 'result') }
}

function publishedFacts(operation: PublishedOperation, declared: Facts): Facts {
  const inAccount = (arn: string): string =>
    arn.replace(/^acs:smartag:\{#regionId\}:\{#accountId\}:/, '').replaceAll(/\{#(\w+)\}/g, '{$1}')
  const { family, level, resource } = operation
  const facts: Record<string, unknown> = {
    family,
    'access.level': level,
    'access.printed': operation.accessPrinted === true ? operation.access : undefined,
    'access.printedOrDerived': operation.access,
    'access.resource': typeof resource === 'string' ? inAccount(resource) : resource.map(inAccount),
  }
  for (const [name, param] of Object.entries(operation.params)) {
    facts[`params.${name}.type`] = param.type
    facts[`params.${name}.required`] = param.required ?? false
    facts[`params.${name}.values`] = param.enum === undefined ? undefined : [...param.enum].sort()
    // A required parameter has no use for a default, and a default nobody published is ours to choose.
    const ours = declared[`params.${name}.default`]
    facts[`params.${name}.default`] = param.required ? undefined : (param.default ?? ours)
  }
  for (const [code, [status, en, zh]] of Object.entries(operation.errors)) {
    // Where no Chinese text is published, ours stands.
    const ours = declared[`errors.${code}`] as readonly unknown[] | undefined
    facts[`errors.${code}`] = [status, en, zh ?? ours?.[2]]
  }
  return { ...facts, ...publishedShape(operation.result, 'result') }
}

function publishedShape(shape: PublishedShape, path: string): Facts {
  return Object.assign(
    {},
    ...Object.entries(shape).map(([name, field]) => {
      const [type, members] = typeof field === 'string' ? [field, {}] : field
      return { [`${path}.${name}`]: type, ...publishedShape(members, `${path}.${name}`) }
    }),
  )
}

describe('the declarations of SmartAG and the published facts', () => {
  test.each([...operations.values()].map((operation) => [operation.name, operation] as const))(
    '%s differs only where that is meant',
    (name, operation) => {
      const published = smartAgFacts.operations[name]
      if (published === undefined) throw new Error(`${name} is no operation of the API.`)
      const declared = declaredFacts(operation)
      expect(declaredOtherwise(declared, publishedFacts(published, declared))).toStrictEqual(meantFor(name, deliberate))
    },
  )

  test('every difference that is meant belongs to an operation and has its reason', () => {
    for (const [name, reasons] of Object.entries(deliberate)) {
      expect(operations.has(name)).toBe(true)
      for (const [, reason] of Object.values(reasons)) expect(reason).toMatch(/\.$/)
    }
  })
})

/** The catalogue that the facts were taken from, where it is at hand: they must not have been edited since. */
const catalogue = process.env['OPENSAG_CATALOGUE'] ?? join(root, '../shared/reference/smartag-2018-03-13.json')

if (existsSync(catalogue)) test('the facts are those of the catalogue', compareWithCatalogue)

function compareWithCatalogue(): void {
  interface Row {
    readonly name: string
    readonly parameters: readonly { readonly name: string; readonly type: string; readonly required: boolean }[]
    readonly errors: readonly { readonly httpStatus: number; readonly code: string; readonly message: string }[]
  }
  const { operations: rows } = JSON.parse(readFileSync(catalogue, 'utf8')) as { readonly operations: readonly Row[] }
  const theirs = rows.map(({ name, parameters, errors }) => [
    name,
    parameters.map((param) => [param.name, param.type, param.required]),
    errors.map(({ code, httpStatus, message }) => [code, httpStatus, message]),
  ])
  const ours = Object.entries(smartAgFacts.operations).map(([name, { params, errors }]) => [
    name,
    Object.entries(params).map(([param, { type, required = false }]) => [param, type, required]),
    Object.entries(errors).map(([code, [status, message]]) => [code, status, message]),
  ])
  expect(ours).toEqual(theirs.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)))
}
