import {
  attributesOf,
  given,
  type Known,
  type Params,
  paramsOf,
  partsOf,
  type ResourceType,
  rowsOf,
} from './resource.ts'

export const acl: ResourceType = {
  type: 'alicloud_sag_acl',
  forceNew: [],
  async create(request, { name: Name }) {
    return String((await request('CreateACL', { Name }))['AclId'])
  },
  async read(request, id) {
    const [row] = rowsOf(await request('DescribeACLs', { AclIds: id }), 'Acls', 'Acl')
    return row?.['AclId'] === id ? attributesOf({ name: 'Name' }, row) : undefined
  },
  async update(request, id, { name: Name }) {
    await request('ModifyACL', { AclId: id, Name })
  },
  async remove(request, id) {
    await request('DeleteACL', { AclId: id })
  },
}

const ruleFields = {
  acl_id: 'AclId',
  description: 'Description',
  policy: 'Policy',
  ip_protocol: 'IpProtocol',
  direction: 'Direction',
  source_cidr: 'SourceCidr',
  source_port_range: 'SourcePortRange',
  dest_cidr: 'DestCidr',
  dest_port_range: 'DestPortRange',
  priority: 'Priority',
}

export const aclRule: ResourceType = {
  type: 'alicloud_sag_acl_rule',
  forceNew: [],
  async create(request, values) {
    const { AclId, AcrId } = await request('AddACLRule', given(paramsOf(ruleFields, values)))
    return `${AclId}:${AcrId}`
  },
  async read(request, id) {
    const [list, rule] = partsOf(id)
    const answer = await request('DescribeACLAttribute', { AclId: list })
    const row = rowsOf(answer, 'Acrs', 'Acr').find(({ AcrId }) => AcrId === rule)
    return row && attributesOf(ruleFields, row)
  },
  async update(request, id, values, changed) {
    const [AclId, AcrId] = partsOf(id)
    await request('ModifyACLRule', { AclId, AcrId, ...paramsOf(ruleFields, values, changed) })
  },
  async remove(request, id) {
    const [AclId, AcrId] = partsOf(id)
    await request('DeleteACLRule', { AclId, AcrId })
  },
}

export const qos: ResourceType = {
  type: 'alicloud_sag_qos',
  forceNew: [],
  async create(request, { name: QosName }) {
    return String((await request('CreateQos', { QosName }))['QosId'])
  },
  async read(request, id) {
    const [row] = rowsOf(await request('DescribeQoses', { QosIds: id }), 'Qoses', 'Qos')
    return row?.['QosId'] === id ? attributesOf({ name: 'QosName' }, row) : undefined
  },
  async update(request, id, { name: QosName }) {
    await request('ModifyQos', { QosId: id, QosName })
  },
  async remove(request, id) {
    await request('DeleteQos', { QosId: id })
  },
}

const carFields = {
  qos_id: 'QosId',
  name: 'Name',
  description: 'Description',
  priority: 'Priority',
  limit_type: 'LimitType',
  min_bandwidth_abs: 'MinBandwidthAbs',
  max_bandwidth_abs: 'MaxBandwidthAbs',
  min_bandwidth_percent: 'MinBandwidthPercent',
  max_bandwidth_percent: 'MaxBandwidthPercent',
  percent_source_type: 'PercentSourceType',
}

/** Of the other kind of limit nothing is sent when the rule is made. */
function limitOf(values: Known): Params {
  const { QosId: _1, Name: _2, Description: _3, Priority: _4, LimitType: _5, ...limits } = paramsOf(carFields, values)
  const isAbsolute = values['limit_type'] === 'Absolute'
  return Object.fromEntries(Object.entries(limits).filter(([name]) => name.endsWith('Abs') === isAbsolute))
}

export const qosCar: ResourceType = {
  type: 'alicloud_sag_qos_car',
  forceNew: [],
  async create(request, values) {
    const { qos_id: QosId, priority: Priority, limit_type: LimitType, name: Name, description: Description } = values
    const params = { QosId, Priority, LimitType, ...given({ Name, Description }), ...limitOf(values) }
    const answer = await request('CreateQosCar', params)
    return `${answer['QosId']}:${answer['QosCarId']}`
  },
  async read(request, id) {
    const [QosId, QosCarId] = partsOf(id)
    // The first row, whatever it is.
    const [row] = rowsOf(await request('DescribeQosCars', { QosId, QosCarId }), 'QosCars', 'QosCar')
    return row?.['QosCarId'] === QosCarId ? attributesOf(carFields, row) : undefined
  },
  async update(request, id, values, changed) {
    const [QosId, QosCarId] = partsOf(id)
    await request('ModifyQosCar', { QosId, QosCarId, ...paramsOf(carFields, values, changed) })
  },
  async remove(request, id) {
    const [QosId, QosCarId] = partsOf(id)
    await request('DeleteQosCar', { QosId, QosCarId })
  },
}

const policyFields = {
  qos_id: 'QosId',
  name: 'Name',
  description: 'Description',
  priority: 'Priority',
  ip_protocol: 'IpProtocol',
  source_cidr: 'SourceCidr',
  source_port_range: 'SourcePortRange',
  dest_cidr: 'DestCidr',
  dest_port_range: 'DestPortRange',
  start_time: 'StartTime',
  end_time: 'EndTime',
}

export const qosPolicy: ResourceType = {
  type: 'alicloud_sag_qos_policy',
  forceNew: [],
  async create(request, values) {
    // A name is sent as the description of a rule that has none, and not as its name.
    const { Name: _, ...params } = paramsOf(policyFields, values)
    const Description = values['description'] ?? values['name']
    const answer = await request('CreateQosPolicy', given({ ...params, Description }))
    return `${answer['QosId']}:${answer['QosPolicyId']}`
  },
  async read(request, id) {
    const [QosId, QosPolicyId] = partsOf(id)
    const answer = await request('DescribeQosPolicies', { QosId, QosPolicyId })
    const [row] = rowsOf(answer, 'QosPolicies', 'QosPolicy')
    return row?.['QosPolicyId'] === QosPolicyId ? attributesOf(policyFields, row) : undefined
  },
  async update(request, id, values, changed) {
    const [QosId, QosPolicyId] = partsOf(id)
    await request('ModifyQosPolicy', { QosId, QosPolicyId, ...paramsOf(policyFields, values, changed) })
  },
  async remove(request, id) {
    const [QosId, QosPolicyId] = partsOf(id)
    await request('DeleteQosPolicy', { QosId, QosPolicyId })
  },
}
