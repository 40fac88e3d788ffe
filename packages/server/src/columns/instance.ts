import { flag, json, text, whole, word } from './column.ts'

/** One purchased SAG instance and its order. Its status is derived from these facts, never stored. */
export const instanceColumns = {
  id: text('id'),
  accountId: text('account_id'),
  regionId: text('region_id'),
  kind: word('kind', ['hardware', 'vcpe', 'app']),
  spec: word('spec', ['sag-1000', 'sag-100wm', 'sag-vcpe', 'sag-software']),
  name: text('name').optional().ownerSets(),
  description: text('description').optional().ownerSets(),
  haType: word('ha_type', ['no_backup', 'cold_backup', 'warm_backup']),
  /** Mbit/s. */
  maxBandwidth: whole('max_bandwidth'),
  /** Mbit/s, what its gateways send at most; 0 or undefined: no less than that. */
  upBandwidthWan: whole('up_bandwidth_wan').optional().ownerSets(),
  cpeVersion: text('cpe_version').optional().storeOnly(),
  buyerMessage: text('buyer_message').optional().storeOnly(),
  /** The receiver's address as ordered, by parameter name. */
  receiver: json('receiver', (parsed) => parsed as Readonly<Record<string, string>>)
    .optional()
    .storeOnly(),
  resourceGroupId: text('resource_group_id').optional(),
  orderId: text('order_id'),
  /** The buyer owns a box already, so nothing is shipped. */
  alreadyHaveSag: flag('already_have_sag'),
  periodMonths: whole('period_months'),
  /** Nobody sold it (the shop was off): it runs without an end. */
  perpetual: flag('perpetual').initially(false).databaseDefault(),
  createdAt: whole('created_at'),
  paidAt: whole('paid_at').optional(),
  shippedAt: whole('shipped_at').optional(),
  arrivedAt: whole('arrived_at').optional(),
  returningAt: whole('returning_at').optional(),
  activatedAt: whole('activated_at').optional(),
  overdueSince: whole('overdue_since').optional(),
  /** When the subscription ends, where billing decided it (renewal, expiry); otherwise it follows from start and period. */
  endsAt: whole('ends_at').optional(),
  routingStrategy: word('routing_strategy', ['static', 'dynamic']).initially('static').ownerSets().gatewaysHold(),
  /** Seconds; 0 is off. */
  securityLockThreshold: whole('security_lock_threshold').initially(0).ownerSets().gatewaysHold(),
  position: text('position').optional().ownerSets(),
  city: text('city').optional(),
  /** By key. Gateways know nothing of them. */
  tags: json('tags', (parsed) => parsed as readonly (readonly [key: string, value: string])[])
    .optional()
    .ownerSets(),
  /** The CCN it is in, and since when. */
  ccnId: text('ccn_id').optional(),
  ccnBoundAt: whole('ccn_bound_at').optional().storeOnly(),
  /** SAG APP only: connections bought; GB included per account and month; its enterprise code in lower case. */
  userCount: whole('user_count').optional(),
  dataPlan: whole('data_plan').optional(),
  enterpriseCode: text('enterprise_code').optional(),
  /** Logon and logoff of remote users are recorded. */
  connectionAudit: flag('connection_audit').initially(false).ownerSets().databaseDefault(),
  /** SAG APP only: the DNS servers of its users while connected and after it, in their order, separated by commas. */
  appDns: text('app_dns').optional().ownerSets(),
  recoveredDns: text('recovered_dns').optional().ownerSets(),
  /** Its gateways report more often, and measure the ways to their points of presence. */
  advancedMonitor: flag('advanced_monitor').initially(false).ownerSets().gatewaysHold().databaseDefault(),
  /** The access control list of its branch, or of its users. */
  aclId: text('acl_id').optional(),
  /** The QoS its gateways send by. */
  qosId: text('qos_id').optional(),
  /** Serial number of the point of presence that it was moved to; its gateways prefer that one while it serves. */
  accessPoint: text('access_point').optional(),
  /** Its flow log. */
  flowLogId: text('flow_log_id').optional(),
  /** Its gateways recognise applications. */
  dpiEnabled: flag('dpi_enabled').optional(),
  /** Where its connections are recorded with their applications; undefined: nowhere. */
  dpiProject: text('dpi_project').optional(),
  dpiLogstore: text('dpi_logstore').optional(),
  /** The application bandwidth package it is in, and what it has of it, Mbit/s. */
  applicationPackageId: text('application_package_id').optional(),
  applicationBandwidth: whole('application_bandwidth').optional(),
  /** Revision of the configuration its gateways should hold; raised with every change they have to apply. */
  configRevision: whole('config_revision').initially(0).databaseDefault(),
  /** Capabilities a gateway needs for the whole of it, separated by spaces; undefined: none but those of 0.1.0. */
  configNeeds: text('config_needs').optional(),
}
