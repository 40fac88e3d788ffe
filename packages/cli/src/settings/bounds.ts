import { z } from 'zod'
import { both, commaList, port, type Setting, serverOnly } from './setting.ts'

/** What a server keeps, watches and lets in, and how much of it. */
export const boundSettings = {
  auditDays: {
    flag: '--audit-days',
    variable: 'OPENSAG_AUDIT_DAYS',
    placeholder: 'days',
    about:
      'Days to keep audit events. Older events are deleted, and before that the oldest when --audit-size is reached.',
    schema: z.coerce.number().int().min(1).max(36_500).default(180),
    programs: both,
  },
  auditSize: {
    flag: '--audit-size',
    variable: 'OPENSAG_AUDIT_SIZE',
    placeholder: 'MiB',
    about: 'Disk space for audit events, in MiB. When they take more, the oldest are deleted.',
    schema: z.coerce.number().int().min(1).max(104_857_600).default(5000),
    programs: both,
  },
  adminPasswordMaxAge: {
    flag: '--admin-password-max-age',
    variable: 'OPENSAG_ADMIN_PASSWORD_MAX_AGE',
    placeholder: 'days',
    about:
      'Days after which the administrator password of a gateway is shown as old, in the console, in ListFleet and at /metrics. Without it, none is.',
    schema: z.coerce.number().int().min(1).max(36_500).optional(),
    programs: both,
  },
  alertTargets: {
    flag: '--alert-targets',
    variable: 'OPENSAG_ALERT_TARGETS',
    placeholder: 'addresses',
    about:
      'Addresses or CIDR blocks outside the public internet to which alerts may be posted, also without TLS; comma-separated. Without it, none is.',
    schema: commaList.optional(),
    programs: both,
  },
  metricsPort: {
    flag: '--metrics-port',
    variable: 'OPENSAG_METRICS_PORT',
    placeholder: 'port',
    about:
      'Port on 127.0.0.1 for `/metrics` (Prometheus text format). Without it, `/metrics` is on the operator socket only.',
    schema: port.optional(),
    programs: both,
  },
  gatewayPort: {
    flag: '--gateway-port',
    variable: 'OPENSAG_GATEWAY_PORT',
    placeholder: 'port',
    about:
      'A second port, for a load balancer to send gateways to (`/channel`). A crowd of gateways that come at once then keeps no call waiting. Both ports serve everything.',
    schema: port.optional(),
    programs: serverOnly,
  },
  diskFloor: {
    flag: '--disk-floor',
    variable: 'OPENSAG_DISK_FLOOR',
    placeholder: 'MiB',
    about:
      'Free space to keep on the disk of the data folder, in MiB. With less, calls that change something are refused with ServiceUnavailable and `/readyz` answers 503; reads continue. 0 turns it off.',
    schema: z.coerce.number().int().min(0).max(1_048_576).default(256),
    programs: both,
  },
  drainDelay: {
    flag: '--drain-delay',
    variable: 'OPENSAG_DRAIN_DELAY',
    placeholder: 'seconds',
    about:
      'Seconds for which a server that was told to stop (SIGTERM) goes on while `/readyz` answers 503, so that a load balancer stops sending calls. Behind a balancer: its interval of checks times the failures it waits for, and one more second.',
    schema: z.coerce.number().min(0).max(600).default(0),
    programs: serverOnly,
  },
  drainWithin: {
    flag: '--drain-within',
    variable: 'OPENSAG_DRAIN_WITHIN',
    placeholder: 'seconds',
    about:
      'Seconds within which a node that stops sends its gateways to the other nodes, one after another. A server without other nodes sends them away at once.',
    schema: z.coerce.number().min(1).max(600).default(20),
    programs: serverOnly,
  },
  userCalls: {
    flag: '--user-calls',
    variable: 'OPENSAG_USER_CALLS',
    placeholder: 'per second',
    about:
      'Sustained calls per second of one user, with all its keys and sessions. Unused calls are saved for 1000 seconds. More are refused with Throttling.User.',
    schema: z.coerce.number().min(1).max(1_000_000).default(500),
    programs: both,
  },
  sourceCalls: {
    flag: '--source-calls',
    variable: 'OPENSAG_SOURCE_CALLS',
    placeholder: 'per second',
    about:
      'Sustained calls per second from one address (IPv6: one /64), refused calls included. Unused calls are saved for 1000 seconds. More are refused with Throttling.',
    schema: z.coerce.number().min(1).max(1_000_000).default(1000),
    programs: both,
  },
  sourceConnections: {
    flag: '--source-connections',
    variable: 'OPENSAG_SOURCE_CONNECTIONS',
    placeholder: 'number',
    about:
      'Maximum number of connections from one address (IPv6: one /64) at once. More are closed. Behind a trusted proxy it is the number of gateway connections from the address that the proxy names.',
    schema: z.coerce.number().int().min(10).max(40_000).default(10_000),
    programs: both,
  },
  mostNonces: {
    flag: '--most-nonces',
    variable: 'OPENSAG_MOST_NONCES',
    placeholder: 'number',
    about:
      'Maximum number of used signature nonces to keep: about 18 bytes of memory and 16 bytes of disk each. When it is reached, calls are refused with Throttling until nonces expire.',
    schema: z.coerce.number().int().min(1000).max(100_000_000).default(5_000_000),
    programs: both,
  },
} satisfies Readonly<Record<string, Setting>>
