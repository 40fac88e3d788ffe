import { attributesOf, given, paramsOf, partsOf, type ResourceType, rowsOf } from './resource.ts'

const networkFields = { name: 'Name', description: 'Description', cidr_block: 'CidrBlock', is_default: 'IsDefault' }

export const network: ResourceType = {
  type: 'alicloud_cloud_connect_network',
  forceNew: [],
  async create(request, values) {
    const { IsDefault, ...rest } = paramsOf(networkFields, values)
    const answer = await request('CreateCloudConnectNetwork', { IsDefault, ...given(rest) })
    return String(answer['CcnId'])
  },
  async read(request, id) {
    const answer = await request('DescribeCloudConnectNetworks', { CcnId: id })
    const [row] = rowsOf(answer, 'CloudConnectNetworks', 'CloudConnectNetwork')
    return row?.['CcnId'] === id ? attributesOf(networkFields, row) : undefined
  },
  async update(request, id, values, changed) {
    const { is_default: _, ...changeable } = networkFields
    await request('ModifyCloudConnectNetwork', { CcnId: id, ...given(paramsOf(changeable, values, changed)) })
  },
  async remove(request, id) {
    await request('DeleteCloudConnectNetwork', { CcnId: id })
  },
}

export const networkAttachment: ResourceType = {
  type: 'alicloud_cloud_connect_network_attachment',
  forceNew: ['ccn_id', 'sag_id'],
  async create(request, { ccn_id: CcnId, sag_id: SmartAGId }) {
    await request('BindSmartAccessGateway', { CcnId, SmartAGId })
    return `${CcnId}:${SmartAGId}`
  },
  async read(request, id) {
    const [ccn, instance] = partsOf(id)
    const answer = await request('DescribeSmartAccessGateways', { SmartAGId: instance })
    const [row] = rowsOf(answer, 'SmartAccessGateways', 'SmartAccessGateway')
    if (row?.['AssociatedCcnId'] !== ccn || row['SmartAGId'] !== instance) return undefined
    return { ccn_id: ccn, sag_id: instance }
  },
  async remove(request, id) {
    const [CcnId, SmartAGId] = partsOf(id)
    await request('UnbindSmartAccessGateway', { CcnId, SmartAGId })
  },
}

const grantFields = { ccn_id: 'CcnInstanceId', cen_id: 'CenInstanceId', cen_uid: 'CenUid' }

export const networkGrant: ResourceType = {
  type: 'alicloud_cloud_connect_network_grant',
  forceNew: Object.keys(grantFields),
  async create(request, values) {
    await request('GrantInstanceToCbn', paramsOf(grantFields, values))
    return `${values['ccn_id']}:${values['cen_id']}`
  },
  async read(request, id) {
    const [ccn, cen] = partsOf(id)
    const answer = await request('DescribeGrantRules', { AssociatedCcnId: ccn })
    const row = rowsOf(answer, 'GrantRules', 'GrantRule').find(
      ({ CcnInstanceId, CenInstanceId }) => CcnInstanceId === ccn && CenInstanceId === cen,
    )
    return row && attributesOf(grantFields, { ...row, CenUid: String(row['CenUid']) })
  },
  async remove(request, id) {
    const [CcnInstanceId, CenInstanceId] = partsOf(id)
    await request('RevokeInstanceFromCbn', { CcnInstanceId, CenInstanceId })
  },
}

const snatFields = { cidr_block: 'CidrBlock', snat_ip: 'SnatIp' }

export const snatEntry: ResourceType = {
  type: 'alicloud_sag_snat_entry',
  forceNew: ['sag_id', ...Object.keys(snatFields)],
  async create(request, values) {
    const SmartAGId = values['sag_id']
    const { InstanceId } = await request('AddSnatEntry', { SmartAGId, ...paramsOf(snatFields, values) })
    return `${SmartAGId}:${InstanceId}`
  },
  async read(request, id) {
    const [instance, entry] = partsOf(id)
    const answer = await request('DescribeSnatEntries', { SmartAGId: instance })
    const row = rowsOf(answer, 'SnatEntries', 'SnatEntry').find(({ InstanceId }) => InstanceId === entry)
    return row && { sag_id: instance, ...attributesOf(snatFields, row) }
  },
  async remove(request, id) {
    const [SmartAGId, InstanceId] = partsOf(id)
    await request('DeleteSnatEntry', { SmartAGId, InstanceId })
  },
}

const dnatFields = {
  sag_id: 'SagId',
  type: 'Type',
  ip_protocol: 'IpProtocol',
  external_ip: 'ExternalIp',
  external_port: 'ExternalPort',
  internal_ip: 'InternalIp',
  internal_port: 'InternalPort',
}

export const dnatEntry: ResourceType = {
  type: 'alicloud_sag_dnat_entry',
  forceNew: Object.keys(dnatFields),
  async create(request, values) {
    const { DnatEntryId } = await request('AddDnatEntry', given(paramsOf(dnatFields, values)))
    return `${values['sag_id']}:${DnatEntryId}`
  },
  async read(request, id) {
    const [instance, entry] = partsOf(id)
    const answer = await request('DescribeDnatEntries', { SagId: instance })
    const row = rowsOf(answer, 'DnatEntries', 'DnatEntry').find(({ DnatEntryId }) => DnatEntryId === entry)
    return row && attributesOf(dnatFields, row)
  },
  async remove(request, id) {
    const [SagId, DnatEntryId] = partsOf(id)
    await request('DeleteDnatEntry', { SagId, DnatEntryId })
  },
}

export const clientUser: ResourceType = {
  type: 'alicloud_sag_client_user',
  forceNew: ['sag_id', 'user_mail', 'client_ip', 'user_name', 'password'],
  writeOnly: ['password'],
  async create(request, values) {
    const { sag_id: SmartAGId, user_mail: UserMail, bandwidth: Bandwidth } = values
    const more = given({ ClientIp: values['client_ip'], UserName: values['user_name'], Password: values['password'] })
    const answer = await request('CreateSmartAccessGatewayClientUser', { SmartAGId, UserMail, Bandwidth, ...more })
    return `${SmartAGId}:${answer['UserName']}`
  },
  async read(request, id) {
    const [instance, name] = partsOf(id)
    const answer = await request('DescribeSmartAccessGatewayClientUsers', { SmartAGId: instance })
    const row = rowsOf(answer, 'Users', 'User').find(({ UserName }) => UserName === name)
    const fields = { bandwidth: 'Bandwidth', user_mail: 'UserMail', client_ip: 'ClientIp', user_name: 'UserName' }
    return row && { sag_id: instance, ...attributesOf(fields, row) }
  },
  async update(request, id, { bandwidth: Bandwidth }) {
    const [SmartAGId, UserName] = partsOf(id)
    await request('ModifySmartAccessGatewayClientUser', { SmartAGId, UserName, Bandwidth })
  },
  async remove(request, id) {
    const [SmartAGId, UserName] = partsOf(id)
    await request('DeleteSmartAccessGatewayClientUser', { SmartAGId, UserName })
  },
}
