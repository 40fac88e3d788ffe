export type { AclConfig } from './acl-config.ts'
export {
  type Admission,
  admit,
  type Claim,
  hasKeys,
  type KnownGateway,
  notAdmitted,
  reenrolmentPrefix,
  type Tickets,
  ticketsAfterAdmission,
  ticketsAfterStoring,
} from './admission.ts'
export {
  type BoxConfig,
  type BoxSection,
  boxSections,
  type LanPort,
  mostStaticRoutes,
  type StaticRoute,
  sectionNeeds,
} from './box-config.ts'
export { type DnsForward, type DnsServers, domainName, mostDnsForwards } from './box-dns-config.ts'
export type { HaConfig, LeasedLine, PortRole, WanPort, WifiConfig } from './box-ports-config.ts'
export { type BoxReport, boxReportSchema } from './box-report.ts'
export {
  type BgpConfig,
  type OspfConfig,
  ospfAuthentications,
  type PortProtocol,
  type RouteProtocol,
  type RoutingReport,
  routeProtocols,
} from './box-routing-config.ts'
export { type BoxSecretPurpose, openBoxSecret, sealBoxSecret } from './box-secret.ts'
export { type ConfigExecutorInput, type ConfigExecutorState, configExecutorStep } from './config/gateway-executor.ts'
export {
  afterTrials,
  type ConfigEffect,
  type ConfigFacts,
  type ConfigInput,
  configFactsAfter,
  configStatus,
  configStep,
  mostStarts,
  trialInEffect,
} from './config/gateway-machine.ts'
export { type Reach, type Reached, watchReach } from './config/reach.ts'
export {
  type ConfigRecord,
  type ConfigStatus,
  emptyConfigRecord,
  markOf,
  type Reverted,
  sameMark,
  type Trial,
} from './config/record.ts'
export {
  type ConfigPushEffect,
  type ConfigPushInput,
  type ConfigPushState,
  type ConfigPushStep,
  closedPush,
  configPushStep,
  confirmations,
  givenUp,
  isSettled,
} from './config/server-machine.ts'
export {
  type AgreedRevision,
  agreed,
  type ConfigKnowledge,
  type Difference,
  differenceOf,
  edited,
  type LocalRevisions,
  localStatus,
  promiseAfterReport,
  type SynStatus,
  synStatus,
} from './config/syn-status.ts'
export { type Diagnosis, type DiagnosisCheck, diagnosisChecks, type Finding, mostDiagnosed } from './diagnosis.ts'
export type { DpiConfig, DpiReport } from './dpi-config.ts'
export { type Drive, type Driven, drive, type Ports } from './drive.ts'
export { type ByHand, type DrivenByHand, driveByHand } from './drive-by-hand.ts'
export type { Machine } from './drive-line.ts'
export { createFrames, type Frames, frameLimit } from './frames.ts'
export {
  type GatewayHandshake,
  type GatewayProof,
  type HandshakeResult,
  NoCommonProtocol,
  type ReceivedProof,
  type ServerHandshake,
  startGatewayHandshake,
  startServerHandshake,
  WrongServer,
} from './handshake.ts'
export {
  type Capability,
  capabilities,
  handshakeTextLimit,
  type ProofBody,
  protocolVersions,
  type RefusalCode,
  type Refuse,
  takesParts,
} from './handshake-messages.ts'
export {
  type HealthReport,
  type HealthStatus,
  healthStatuses,
  mostHealthChecks,
  type WireHealthCheck,
} from './health-checks.ts'
export { createKeyPair, isSignedBy, type KeyPair, keyPairFrom, signWith } from './keys.ts'
export { createLink, type Link, LinkEnded, type LinkReader, type LinkSocket } from './link.ts'
export { createManualTime, type ManualTime } from './manual-time.ts'
export { type Askable, askableSchema, type MonitorConfig, mostMeasured, type PointQuality } from './measurements.ts'
export {
  type ConfigMark,
  configMarkSchema,
  type FromGateway,
  type FromServer,
  fromGatewaySchema,
  fromServerSchema,
  gatewayConfigSchema,
  type MarkedConfig,
  type NackReason,
  type RevertReason,
  revertReasons,
  type SettleVerdict,
  type WireConfig,
  type WireDnat,
  type WireFlowLog,
  type WireReport,
} from './messages.ts'
export { createMutex, type Mutex } from './mutex.ts'
export type { NetworkConfig, PairConfig, PopConfig, PopMember, RemoteAccessInstance } from './network-config.ts'
export type { HeartbeatCount, NetworkReport } from './network-report.ts'
export { createPace, type Pace, type PaceLimits } from './pace.ts'
export type { Applications, PacketMatch } from './packet-match.ts'
export {
  type ExecutorEffect,
  type ExecutorInput,
  type ExecutorState,
  executorStep,
  idle,
  type Order,
} from './password/gateway-executor.ts'
export {
  emptyRecord,
  type GatewayAnswer,
  type GatewayEffect,
  type GatewayFacts,
  type GatewayInput,
  gatewayFactsAfter,
  gatewayStep,
  type PasswordRecord,
} from './password/gateway-machine.ts'
export {
  newRequest,
  type RequestEffect,
  type RequestInput,
  type RequestOutcome,
  type RequestState,
  requestStep,
} from './password/request-machine.ts'
export {
  type ChangeOutcome,
  type Decision,
  type JournalOutcome,
  newChange,
  type ServerEffect,
  type ServerInput,
  type ServerState,
  type ServerStep,
  serverStep,
  settleVerdict,
} from './password/server-machine.ts'
export {
  noTurns,
  type Reserved,
  type TurnsEffect,
  type TurnsInput,
  type TurnsState,
  turnsStep,
} from './password/turns-machine.ts'
export {
  type HeldChange,
  type LastChange,
  newWelcome,
  type Recorded,
  type ReportedPassword,
  type WelcomeEffect,
  type WelcomeInput,
  type WelcomeState,
  welcomeStep,
} from './password/welcome-machine.ts'
export { openDeposit, sealDeposit } from './password-deposit.ts'
export { mostProbeTasks, type ProbeResult, type WireProbeTask } from './probe-tasks.ts'
export type { QosConfig } from './qos-config.ts'
export { mostSessions } from './remote-users.ts'
export { mostRouteRules, type RouteRule, type RouteSide, routeSides } from './route-config.ts'
export {
  mostRoutes,
  mostRoutesInPart,
  type RouteSource,
  type RoutesPart,
  routeSources,
  type WireRoute,
} from './route-report.ts'
export { type SealedMessage, sealedMessageSchema } from './sealed-message.ts'
export { openPassword, type PasswordPurpose, sealPassword } from './sealed-password.ts'
export { Secret, wipeable } from './secret.ts'
export {
  afterSuccessor,
  afterSwitch,
  afterWelcome,
  announced,
  believes,
  mostSuccessions,
  prepared,
  type ServerKeys,
  type ServerPins,
  type Succession,
  signSwitch,
  switched,
} from './succession.ts'
export {
  type Attempt,
  afterFailure,
  createThrottle,
  type Failures,
  type Limits,
  sourceOf,
  type Throttle,
  type ThrottleScope,
  waitOf,
} from './throttle.ts'
export { backgroundTimers, pause, type Random, systemTimers, type Timers, type WallClock } from './time-and-chance.ts'
export {
  isOfAMachine,
  longestToolMs,
  mostEchoes,
  mostHops,
  mostToolBytes,
  mostToolRows,
  sendingTools,
  type Tool,
  type ToolAnswer,
  type ToolCounter,
  type ToolFailure,
  type ToolHop,
  type ToolLogLine,
  type ToolMessage,
  type ToolOrigin,
  type ToolRequest,
  type ToolResult,
  type ToolRoute,
  toolAnswerSchema,
  toolFailures,
  toolOrigins,
  toolPace,
  toolRequestSchema,
  tools,
  toolTarget,
} from './tools.ts'
export { tunnelIdentityOf } from './tunnel-identity.ts'
export { ProtocolError, parseMessage } from './wire.ts'
