import { flag, text, whole, word } from './column.ts'

/** A device of the inventory, bound to an instance or not; or a point of presence, which no instance has. Columns ending in `_sealed` hold ciphertext under the master key. */
export const deviceColumns = {
  serial: text('serial'),
  model: word('model', ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G', 'sag-vcpe', 'pop']),
  /** Four-part firmware version, such as `2.3.1.1`. */
  version: text('version'),
  createdAt: whole('created_at').storeOnly(),
  instanceId: text('instance_id').optional(),
  role: word('role', ['active', 'standby']).optional(),
  boundAt: whole('bound_at').optional(),
  /** The enrolment key; on a vCPE also the `SecretKey` it joins with. */
  enrolmentKeySealed: text('enrolment_key_sealed').storeOnly(),
  /** A key the operator gave out for enrolling anew, when, and until when it counts; the present identity counts until then. */
  reenrolmentKeySealed: text('reenrolment_key_sealed').optional().storeOnly(),
  reenrolmentAt: whole('reenrolment_at').optional().storeOnly(),
  reenrolmentUntil: whole('reenrolment_until').optional().storeOnly(),
  /** What the gateway proved at enrolment; absent before it. Ed25519 public key, base64url. */
  signKey: text('sign_key').optional().storeOnly(),
  /** X25519 public key, base64url, that secrets for it are sealed to; known once it enrolled. */
  sealKey: text('seal_key').optional(),
  enrolledAt: whole('enrolled_at').optional().storeOnly(),
  /** Which connection of the gateway is the rightful next one: see protocol, "tickets". */
  ticket: text('ticket').optional().storeOnly(),
  ticketNext: text('ticket_next').optional().storeOnly(),
  /** The node that holds its connection, absent when it has none. */
  node: text('node').optional().storeOnly(),
  /** Grows with each connection that is recorded: a connection with another number has been replaced. */
  ownerEpoch: whole('owner_epoch').initially(0).databaseDefault().storeOnly(),
  connectedAt: whole('connected_at').optional(),
  /** The address it was admitted from last; of IPv6 the /64. */
  cameFrom: text('came_from').optional().storeOnly(),
  lastSeenAt: whole('last_seen_at').optional(),
  /** When something was heard of it last before its connection ended; absent while it is connected, and where that is not known. */
  heardAt: whole('heard_at').optional(),
  /** What it said at its last connection that it can do beyond 0.1.0, separated by spaces. */
  capabilities: text('capabilities').optional(),
  /** The key of the server that it said it has pinned, and the successor beside it; Ed25519, base64url. */
  serverKey: text('server_key').optional().storeOnly(),
  serverSuccessor: text('server_successor').optional().storeOnly(),
  /** Its last report, as it was at `last_seen_at`. */
  startedAt: whole('started_at').optional(),
  serviceIp: text('service_ip').optional(),
  consoleUrl: text('console_url').optional(),
  synStatus: word('syn_status', ['Synchronized', 'Unsynchronized', 'Synchronizing']).initially('Synchronized'),
  resettable: flag('resettable'),
  /** Number of the administrator password it holds; 0 before the first. */
  passwordGeneration: whole('password_generation').initially(0),
  /** Which change set that password, and the gateway's deposit of its hash, as JSON; absent before the first. */
  passwordHeld: text('password_held').optional().storeOnly(),
  /** The one before, kept when the store learnt of a later change from its gateway; JSON as above. */
  passwordAside: text('password_aside').optional().storeOnly(),
  /** Whether it said that it has a password; absent when it has not said so. */
  passwordSet: flag('password_set').optional(),
  /** Since when it has that password; absent when nobody has changed it since the gateway enrolled. */
  passwordChangedAt: whole('password_changed_at').optional(),
  /** What it told as that date last, by its own clock: only another one means another change. */
  passwordMark: whole('password_mark').optional().storeOnly(),
  /** The change the operator has ordered to be taken back. */
  passwordTakenBack: text('password_taken_back').optional().storeOnly(),
  /** The configuration revision it reported as applied; 0 before the first. */
  appliedRevision: whole('applied_revision').initially(0).databaseDefault(),
  /** Nobody has confirmed yet that it can be reached with that. */
  configOnTrial: flag('config_trial').initially(false).databaseDefault(),
  /** Its system does not take it. */
  configFailing: flag('config_failing').initially(false).databaseDefault(),
  /** The revision it gave up last, until it takes another one, and why. */
  revertedRevision: whole('reverted_revision').optional(),
  revertedReason: word('reverted_reason', ['unconfirmed', 'failed', 'restarts']).optional(),
  /** When it last said how things stand with its configuration. */
  configReportedAt: whole('config_reported_at').optional(),
  /** The local revision that was promised to be taken over, until it has heard of that. */
  promisedRevision: whole('promised_revision').optional().storeOnly(),
  /** When its offline lock was released; counts until it has heard of that, so for an absence it was released in. */
  unlockedAt: whole('unlocked_at').optional(),
  /** It was told to restart or upgrade and has not been connected since; so long it is not online. */
  restartingSince: whole('restarting_since').optional(),
  /** It came back after its offline lock had closed and has not been unlocked since; so long it is not online. */
  lockedSince: whole('locked_since').optional(),
  /** Whether it said that one of its tunnels is up; absent when it does not carry packets. */
  tunnelUp: flag('tunnel_up').optional(),
  /** Whether it said that it, of the two of its instance, has the addresses of the branch; absent when it is alone, or carries no packets. */
  hasTraffic: flag('has_traffic').optional(),
  /** What is set of the box, by sections, as JSON; a section that is absent is its own affair. */
  box: text('box').optional().storeOnly(),
  /** By section: when it was set last, and the configuration it came into, as JSON. */
  boxWrites: text('box_writes').optional().storeOnly(),
  /** What it said last of its ports and how they are set, as JSON, and when. */
  boxReport: text('box_report').optional().storeOnly(),
  boxReportedAt: whole('box_reported_at').optional().storeOnly(),
  /** The version of what it recognises applications by, as it said last; absent: it has none. */
  dpiEngine: text('dpi_engine').optional(),
}
