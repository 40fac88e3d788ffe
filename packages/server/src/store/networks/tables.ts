import type { DnatProtocol, DnatType } from '../../model/dnat.ts'
import type { FlowLogOutput, NetflowVersion } from '../../model/flow-log.ts'

/** Cloud Connect Networks, what is granted to and in them, and addresses. */
export interface NetworkTables {
  application_package: ApplicationPackageTable
  instance_cidr: InstanceCidrTable
  snat_entry: SnatEntryTable
  dnat_entry: DnatEntryTable
  service_address: ServiceAddressTable
  flow_log: FlowLogTable
  ccn: CcnTable
  sag_grant: SagGrantTable
  cen_grant: CenGrantTable
  vbr_grant: VbrGrantTable
  vbr: VbrTable
  vbr_route: VbrRouteTable
}

/** One block of an instance's `CidrBlock`, as numbers, so that overlaps are found by an index and not by looking around. */
export interface InstanceCidrTable {
  instance_id: string
  /** From 0; the first block feeds the gateway's DHCP server. */
  position: number
  /** Canonical text, `a.b.c.d/len`. */
  cidr: string
  /** First and last address as unsigned 32-bit numbers. */
  first: number
  last: number
  /** The instance's CCN, repeated here: blocks of one CCN never overlap. */
  ccn_id: string | null
}

/** Private source NAT: the branch range is hidden behind one address. */
export interface SnatEntryTable {
  id: string
  instance_id: string
  ccn_id: string | null
  cidr: string
  first: number
  last: number
  snat_ip: number
  created_at: number
}

/** Destination NAT: what comes to an address goes to a host of the branch. */
export interface DnatEntryTable {
  id: string
  instance_id: string
  ccn_id: string | null
  type: DnatType
  protocol: DnatProtocol
  /** Null of the Internet: it is whatever address the gateway has there. */
  external_ip: number | null
  /** Null for all ports. */
  external_port: number | null
  internal_ip: number
  internal_port: number | null
  created_at: number
}

/** How the connections of the branches that have it are recorded. */
export interface FlowLogTable {
  id: string
  account_id: string
  region_id: string
  name: string
  description: string
  output_type: FlowLogOutput
  /** Of `sls`; empty texts where they were never set. */
  project: string
  logstore: string
  sls_region: string
  /** Of `netflow`; as it was sent. */
  server_ip: string
  server_port: number
  netflow_version: NetflowVersion
  /** Seconds. */
  active_aging: number
  inactive_aging: number
  active: number
  created_at: number
  resource_group_id: string | null
}

/** An address of a device that must be reachable through the CCN. */
export interface ServiceAddressTable {
  instance_id: string
  serial: string
  address_type: 'RemoteWeb' | 'ProbeTask'
  address: number
  created_at: number
}

export interface CcnTable {
  id: string
  account_id: string
  region_id: string
  name: string | null
  description: string | null
  /** Comma-separated blocks, null when it has no range. */
  cidr_block: string | null
  snat_cidr_block: string | null
  interworking: 'enable' | 'disable'
  is_default: number
  created_at: number
  /** The CEN it is attached to. */
  cen_id: string | null
  cen_owner_id: string | null
  subnet: string | null
  resource_group_id: string | null
}

/** An account lets another one's CCN bind its instance. */
export interface SagGrantTable {
  instance_id: string
  ccn_id: string
  /** `sgc-…`, as the API shows it. */
  id: string
  ccn_account_id: string
  traffic_service: number
  created_at: number
}

/** The owner of a network lets another account's CEN take it up. */
export interface CenGrantTable {
  ccn_id: string
  cen_id: string
  /** A UUID, as the API shows it. */
  id: string
  cen_account_id: string
  traffic_service: number
  created_at: number
  modified_at: number
}

/** The owner of an instance lets it back up another account's leased line. */
export interface VbrGrantTable {
  instance_id: string
  vbr_id: string
  /** `sgv-…`, as the API shows it. */
  id: string
  vbr_region_id: string
  vbr_account_id: string
  created_at: number
}

/** The cloud end of a leased line, as the operator registered it. */
export interface VbrTable {
  id: string
  account_id: string
  region_id: string
  /** The CEN it is attached to. */
  cen_id: string | null
  bgp: number
  /** The instance it backs up. */
  instance_id: string | null
  bound_at: number | null
}

export interface VbrRouteTable {
  vbr_id: string
  cidr: string
  first: number
  last: number
}

/** Bandwidth for applications of an account. */
export interface ApplicationPackageTable {
  id: string
  account_id: string
  region_id: string
  name: string
  /** Mbit/s. */
  bandwidth: number
  /** JSON. */
  applications: string
  created_at: number
}
