import type { SampleCall, SampleParam } from './call.ts'

/**
 * A typed package of an official SDK, and what it does not know of the operations declared here: `Action`, or
 * `Action.Param`. Held by a test that asks the package itself about every operation.
 */
export interface TypedSdk {
  readonly package: string
  readonly unknown: ReadonlySet<string>
}

/** A parameter of our own, which no client of others knows. */
const ours = ['CreatePolicy.Examples', 'CreatePolicyVersion.Examples']

/** Operations without parameters, which have no request of their own in these packages. */
const withoutRequest = [
  'ClearAccountAlias',
  'GetAccountAlias',
  'GetCallerIdentity',
  'GetPasswordPolicy',
  'GetSecurityPreference',
  'ListVirtualMFADevices',
]

/** Operations of RAM that the packages for Go and TypeScript do not have in these versions. */
const later = ['CreateServiceLinkedRole', 'DeleteServiceLinkedRole', 'GetServiceLinkedRoleTemplate']

/** By product, as `<language>Sdks`. */
export const pythonSdks: Readonly<Record<string, TypedSdk>> = {
  Smartag: {
    package: 'alibabacloud_smartag20180313',
    unknown: new Set([
      'CreateCloudConnectNetwork.IsDefault',
      'DescribeSagWan4G',
      'ModifyCloudConnectNetwork.SnatCidrBlock',
      'ModifySagRouteProtocolOspf.Md5Key',
      'ModifySagRouteProtocolOspf.Md5KeyId',
      'ModifySmartAccessGateway.SnatEntries',
      'ModifySmartAccessGatewayUpBandwidth.UpBandwidth4G',
      'UpdateSmartAccessGatewayOspfRoute.Md5Key',
      'UpdateSmartAccessGatewayOspfRoute.Md5KeyId',
      'UpgradeSmartAccessGateway.DataPlan',
      'UpgradeSmartAccessGateway.UserCount',
    ]),
  },
  Ram: {
    package: 'alibabacloud_ram20150501',
    unknown: new Set([
      ...ours,
      ...withoutRequest,
      // It spells these with an underscore before the number.
      'BindMFADevice.AuthenticationCode1',
      'BindMFADevice.AuthenticationCode2',
    ]),
  },
  Sts: { package: 'alibabacloud_sts20150401', unknown: new Set(withoutRequest) },
}

export const goSdks: Readonly<Record<string, TypedSdk>> = {
  Smartag: {
    package: 'smartag',
    unknown: new Set([
      'AddSmartAccessGatewayDnsForward',
      'AssociateSmartAGWithApplicationBandwidthPackage',
      'AttachCcnInstanceToCen',
      'CreateACL.AclType',
      'CreateProbeTask',
      'CreateServiceAddress',
      'DeleteProbeTask',
      'DeleteServiceAddress',
      'DeleteSmartAccessGatewayDnsForward',
      'DescribeACLs.AclType',
      'DescribeSmartAccessGateways.AssociatedCcnName',
      'DetachCcnInstanceFromCen',
      'DissociateSmartAGFromApplicationBandwidthPackage',
      'GetAdvancedMonitorState',
      'ListAvailableServiceAddress',
      'ListProbeTask',
      'ModifyCloudConnectNetwork.SnatCidrBlock',
      'ModifySmartAccessGateway.EnableSoftwareConnectionAudit',
      'ModifySmartAccessGateway.Position',
      'ModifySmartAccessGateway.SnatEntries',
      'SetAdvancedMonitorState',
      'UpdateProbeTask',
      'UpdateSmartAGUserAccelerateConfig',
      'UpdateSmartAccessGatewayAdminPassword',
      'UpdateSmartAccessGatewayBgpRoute',
      'UpdateSmartAccessGatewayDns',
      'UpdateSmartAccessGatewayDnsForward',
      'UpdateSmartAccessGatewayGlobalRouteProtocol',
      'UpdateSmartAccessGatewayOspfRoute',
      'UpdateSmartAccessGatewayPortRouteProtocol',
      'UpdateSmartAccessGatewayWanSnat',
      'ViewSmartAccessGatewayBgpRoute',
      'ViewSmartAccessGatewayDns',
      'ViewSmartAccessGatewayDnsForwards',
      'ViewSmartAccessGatewayGlobalRouteProtocol',
      'ViewSmartAccessGatewayOspfRoute',
      'ViewSmartAccessGatewayPortRouteProtocol',
      'ViewSmartAccessGatewayRoutes',
      'ViewSmartAccessGatewayWanSnat',
    ]),
  },
  Ram: {
    package: 'ram',
    unknown: new Set([
      ...ours,
      ...later,
      'AttachPolicyToGroup.ResourceGroupId',
      'AttachPolicyToRole.ResourceGroupId',
      'AttachPolicyToUser.ResourceGroupId',
      'CreatePolicy.Tag',
      'CreateRole.Tag',
      'DecodeDiagnosticMessage',
      'DeletePolicy.CascadingDelete',
      'DetachPolicyFromGroup.ResourceGroupId',
      'DetachPolicyFromRole.ResourceGroupId',
      'DetachPolicyFromUser.ResourceGroupId',
      'ListPolicies.Tag',
      'ListRoles.Tag',
      'ListTagResources',
      'TagResources',
      'UntagResources',
    ]),
  },
  Sts: { package: 'sts', unknown: new Set() },
}

export const typeScriptSdks: Readonly<Record<string, TypedSdk>> = {
  Ram: {
    package: '@alicloud/ram20150501',
    // It spells the last two with a capital of its own.
    unknown: new Set([
      ...ours,
      ...later,
      ...withoutRequest,
      'CreateLoginProfile.MFABindRequired',
      'UpdateLoginProfile.MFABindRequired',
    ]),
  },
  Sts: { package: '@alicloud/sts20150401', unknown: new Set(withoutRequest) },
}

/** The typed package that can make this very call, with the values as they are. */
export function typedSdkFor(sdks: Readonly<Record<string, TypedSdk>>, call: SampleCall): TypedSdk | undefined {
  const sdk = sdks[call.product]
  if (sdk === undefined || sdk.unknown.has(call.action)) return undefined
  return call.params.some(({ name }) => sdk.unknown.has(`${call.action}.${name}`)) ? undefined : sdk
}

const wholeNumber = /^-?(0|[1-9]\d{0,14})$/

/** Whether each value is of its parameter's type; a call that is wrong on purpose needs an untyped client. */
export function isWellTyped({ params }: SampleCall): boolean {
  return params.every(isWellTypedParam)
}

function isWellTypedParam({ type, value }: SampleParam): boolean {
  switch (value.kind) {
    case 'secret':
      return true
    case 'list':
      return type !== 'array<integer>' || value.items.every((item) => wholeNumber.test(item))
    case 'objects':
      return value.items.every((members) => members.every(isWellTypedParam))
    case 'text':
      if (type === 'integer' || type === 'long') return wholeNumber.test(value.text)
      return type !== 'boolean' || value.text === 'true' || value.text === 'false'
  }
}
