// One of each resource, as the first configuration says it and the second one. Both Terraform and its calls work from this.
import { flowLog } from './flow-log.ts'
import { clientUser, dnatEntry, network, networkAttachment, networkGrant, snatEntry } from './networks.ts'
import type { Resource } from './resource.ts'
import { acl, aclRule, qos, qosCar, qosPolicy } from './rules.ts'

const ccn = { idOf: 'alicloud_cloud_connect_network.main' }
const hardware = { given: 'hardware_id' }
const anywhere = { source_cidr: '0.0.0.0/0', source_port_range: '-1/-1' }

/** In an order in which what a resource needs is made before. */
export const resources: readonly Resource[] = [
  {
    type: network,
    name: 'main',
    values: { name: 'tf-branches', description: 'first', cidr_block: '10.0.0.0/8', is_default: false },
    changed: { name: 'tf-offices', description: 'second' },
  },
  { type: networkAttachment, name: 'main', values: { ccn_id: ccn, sag_id: hardware }, changed: {} },
  {
    type: networkGrant,
    name: 'main',
    values: { ccn_id: ccn, cen_id: 'cen-tfprobe0000001', cen_uid: '1210123456789012' },
    changed: { cen_id: 'cen-tfprobe0000002' },
  },
  {
    type: clientUser,
    name: 'main',
    values: {
      sag_id: { given: 'remote_access_id' },
      bandwidth: 20,
      user_mail: 'alice@example.com',
      user_name: 'alice.tf',
      password: { given: 'password' },
    },
    changed: { bandwidth: 30 },
  },
  {
    type: snatEntry,
    name: 'main',
    values: { sag_id: hardware, cidr_block: '192.168.77.0/24', snat_ip: '10.255.77.1' },
    changed: { snat_ip: '10.255.77.2' },
  },
  {
    type: dnatEntry,
    name: 'intranet',
    values: {
      ...{ sag_id: hardware, type: 'Intranet', ip_protocol: 'tcp', external_ip: '10.255.77.9', external_port: '8080' },
      ...{ internal_ip: '10.99.0.5', internal_port: '80' },
    },
    changed: { internal_port: '8000' },
  },
  {
    type: dnatEntry,
    name: 'internet',
    values: {
      ...{ sag_id: hardware, type: 'Internet', ip_protocol: 'udp', external_port: '5060' },
      ...{ internal_ip: '10.99.0.6', internal_port: '5060' },
    },
    changed: { ip_protocol: 'any', external_port: 'any', internal_port: 'any' },
  },
  { type: acl, name: 'main', values: { name: 'tf-acl' }, changed: { name: 'tf-acl2' } },
  {
    type: aclRule,
    name: 'main',
    values: {
      ...{ acl_id: { idOf: 'alicloud_sag_acl.main' }, description: 'first', policy: 'accept', ip_protocol: 'ALL' },
      ...{ direction: 'in', ...anywhere, dest_cidr: '10.1.0.0/16', dest_port_range: '-1/-1', priority: 1 },
    },
    changed: {
      ...{ description: 'second', policy: 'drop', ip_protocol: 'SSH(22)', direction: 'out' },
      ...{ source_cidr: '10.1.0.0/24', source_port_range: '1/20', dest_port_range: '22/22', priority: 7 },
    },
  },
  { type: qos, name: 'main', values: { name: 'tf-qos' }, changed: { name: 'tf-qos2' } },
  {
    type: qosCar,
    name: 'main',
    values: {
      ...{ qos_id: { idOf: 'alicloud_sag_qos.main' }, name: 'tf-car', description: 'first', priority: 1 },
      ...{ limit_type: 'Absolute', min_bandwidth_abs: 10, max_bandwidth_abs: 20 },
      percent_source_type: 'InternetUpBandwidth',
    },
    changed: {
      ...{ name: 'tf-car2', priority: 3, limit_type: 'Percent', min_bandwidth_abs: 0, max_bandwidth_abs: 0 },
      ...{ min_bandwidth_percent: 10, max_bandwidth_percent: 50, percent_source_type: 'CcnBandwidth' },
    },
  },
  {
    type: qosPolicy,
    name: 'main',
    values: {
      ...{ qos_id: { idOf: 'alicloud_sag_qos.main' }, description: 'first', priority: 1, ip_protocol: 'TCP' },
      ...{ ...anywhere, dest_cidr: '10.10.0.0/16', dest_port_range: '80/90' },
      ...{ start_time: '2030-01-01T00:00:00+0800', end_time: '2030-02-01T00:00:00+0800' },
    },
    changed: {
      ...{ name: 'tf-policy', description: 'second', priority: 7, ip_protocol: 'SSH(22)', source_port_range: '22/22' },
      ...{ dest_port_range: '22/22', end_time: '2030-03-01T00:00:00+0800' },
    },
  },
  {
    type: flowLog,
    name: 'main',
    values: {
      ...{ flow_log_name: 'tf-log', description: 'first', output_type: 'netflow', status: 'Active' },
      ...{ netflow_server_ip: '192.0.2.10', netflow_server_port: 9995, netflow_version: 'V9' },
      ...{ active_aging: 300, inactive_aging: 15 },
    },
    changed: {
      ...{ flow_log_name: 'tf-log2', output_type: 'all', status: 'Inactive', netflow_version: 'V10' },
      ...{ project_name: 'tf_project', logstore_name: 'tf_store', sls_region_id: 'cn-shanghai', active_aging: 600 },
    },
  },
]

export const addressOf = ({ type, name }: Resource): string => `${type.type}.${name}`
