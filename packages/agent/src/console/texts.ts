export type Language = 'en' | 'zh'

const en = {
  console: 'Local console',
  switchTo: '中文',
  switchLabel: '切换为中文',
  model: 'Model',
  serial: 'Serial number',
  version: 'Firmware',
  password: 'Password',
  passwordAgain: 'Password, once more',
  username: 'User name',
  rule: '8 to 30 letters, digits or underscores.',
  setupTitle: 'Set the administrator password',
  setupLead: 'This gateway has no administrator password yet. Whoever sets it can manage the gateway here.',
  setupButton: 'Set the password',
  code: 'Code of this gateway',
  setupCodeHint:
    'In the file console-code of its data folder. Only who has been on the machine can set the first password here.',
  loginCodeHint: 'From the file console-code of its data folder. With it you need not wait because others failed.',
  wrongCode: 'The code is wrong. It is in the file console-code of the data folder of this gateway.',
  loginTitle: 'Log in',
  loginButton: 'Log in',
  loginForgotten: 'Forgotten? Press the reset button of the gateway, or set a new password through the control plane.',
  logout: 'Log out',
  locked: 'This gateway was away from its control plane for too long and is locked. It can be unlocked there only.',
  statusTitle: 'Status',
  connection: 'Control plane',
  connectionStates: {
    online: 'Connected',
    connecting: 'Connecting',
    waiting: 'Not connected',
    refused: 'Refused by the server',
    closed: 'Not connected',
  },
  synchronisation: 'Configuration',
  synchronized: 'Synchronized',
  unsynchronized: 'Not synchronized',
  revisions: (local: number, synced: number): string =>
    `Changed here up to revision ${local}, taken over up to ${synced}`,
  passwordChanged: 'Password last changed',
  unknown: 'Not known',
  configurationTitle: 'Configuration from the control plane',
  configurationLead: 'Kept on this gateway, also while the control plane is out of reach. It is changed there only.',
  notConfigured: 'None: this gateway has not been given one.',
  status: 'State',
  confirmed: 'in force',
  onTrial: 'on trial: until the server was reached with it; otherwise this gateway goes back to the one before',
  notInForce: 'this system does not take it; it is tried again',
  givenUp: 'Given up',
  givenUpRevision: (revision: number, reason: string): string => `revision ${revision}: ${reason}`,
  revertReasons: {
    unconfirmed: 'the server could not be reached with it',
    failed: 'this system did not take it',
    restarts: 'this gateway started again and again with it',
  },
  instance: 'Instance',
  instanceRevision: (instance: string, revision: number): string => `${instance}, revision ${revision}`,
  cidrs: 'Private networks',
  routing: 'Routes',
  routingStrategies: { static: 'Static', dynamic: 'Dynamic' },
  offlineLock: 'Lock when offline',
  afterSeconds: (seconds: number): string => `After ${duration(seconds, 'second', 'minute')}`,
  snat: 'Private SNAT',
  dnat: 'DNAT',
  ofInternet: 'WAN',
  qos: 'QoS (by priority)',
  acl: 'Access control list',
  flowLog: 'Flow log',
  toFile: 'file of this gateway',
  remoteAccess: 'Remote access address',
  off: 'Off',
  settingsTitle: 'Local settings',
  settingsLead:
    'Kept on this gateway as its own record. A change made here counts as not synchronized until the control plane takes it over.',
  hostname: 'Host name',
  hostnameHint: 'Letters, digits and hyphens, at most 63.',
  wanMode: 'WAN port',
  wanModes: { dhcp: 'Automatic (DHCP)', static: 'Fixed address', pppoe: 'PPPoE' },
  dnsServers: 'DNS servers of the LAN',
  dnsServersHint: 'At most three addresses, separated by commas. Empty: none.',
  save: 'Save',
  saved: 'Saved.',
  wrongPassword: 'The user name or the password is wrong.',
  wait: (seconds: number): string => `Too many attempts. Try again in ${duration(seconds, 'second', 'minute')}.`,
  alreadySet: 'A password is set already. Log in with it.',
  badPassword: 'The password was not accepted. It needs 8 to 30 characters: letters, digits and underscores only.',
  badUsername: 'The user name of the administrator is admin.',
  notRepeated: 'The two passwords differ.',
  badSettings: 'The settings were not accepted. Check each field against its hint.',
  expired: 'Your session has ended. Log in again.',
  foreignHash:
    'The password of the account was set outside OpenSAG, in a form this console cannot check. Set it again through the control plane.',
  notHere: 'There is no such page.',
  badRequest: 'This request was not understood.',
  otherPlace: 'This request came from another site and was refused.',
  internal: 'Something went wrong on the gateway. Its log says what.',
  back: 'Back to the console',
}

export type Texts = typeof en

const zh: Texts = {
  console: '本地控制台',
  switchTo: 'English',
  switchLabel: 'Switch to English',
  model: '型号',
  serial: '序列号',
  version: '固件版本',
  password: '密码',
  passwordAgain: '再次输入密码',
  username: '用户名',
  rule: '8 至 30 个字符，仅限字母、数字和下划线。',
  setupTitle: '设置管理员密码',
  setupLead: '该网关尚未设置管理员密码。设置密码的人即可在此管理该网关。',
  setupButton: '设置密码',
  code: '本机代码',
  setupCodeHint: '位于其数据目录的 console-code 文件中。只有登录过本机的人才能在此设置首个密码。',
  loginCodeHint: '位于其数据目录的 console-code 文件中。输入后无需因他人失败而等待。',
  wrongCode: '代码错误。代码位于该网关数据目录的 console-code 文件中。',
  loginTitle: '登录',
  loginButton: '登录',
  loginForgotten: '忘记密码？请按网关上的复位键，或通过控制面设置新密码。',
  logout: '退出登录',
  locked: '该网关与控制面断开时间过长，已锁定，只能在控制面解锁。',
  statusTitle: '状态',
  connection: '控制面',
  connectionStates: {
    online: '已连接',
    connecting: '正在连接',
    waiting: '未连接',
    refused: '被服务器拒绝',
    closed: '未连接',
  },
  synchronisation: '配置',
  synchronized: '已同步',
  unsynchronized: '未同步',
  revisions: (local, synced) => `本地修改至版本 ${local}，已同步至版本 ${synced}`,
  passwordChanged: '上次修改密码',
  unknown: '未知',
  configurationTitle: '控制面下发的配置',
  configurationLead: '保存在本机，与控制面断开时依然有效；只能在控制面修改。',
  notConfigured: '无：该网关尚未收到配置。',
  status: '状态',
  confirmed: '已生效',
  onTrial: '试用中：使用该配置重新连上服务端后才会保留，否则回退到上一个配置',
  notInForce: '系统未接受该配置，稍后重试',
  givenUp: '已放弃',
  givenUpRevision: (revision, reason) => `版本 ${revision}：${reason}`,
  revertReasons: {
    unconfirmed: '使用该配置无法连上服务端',
    failed: '系统未接受该配置',
    restarts: '使用该配置时网关反复重启',
  },
  instance: '实例',
  instanceRevision: (instance, revision) => `${instance}，版本 ${revision}`,
  cidrs: '私网网段',
  routing: '路由',
  routingStrategies: { static: '静态', dynamic: '动态' },
  offlineLock: '离线锁定',
  afterSeconds: (seconds) => (seconds < 120 ? `${seconds} 秒后` : `${Math.ceil(seconds / 60)} 分钟后`),
  snat: '私网 SNAT',
  dnat: 'DNAT',
  ofInternet: 'WAN',
  qos: 'QoS（按优先级）',
  acl: '访问控制列表',
  flowLog: '流日志',
  toFile: '本网关的文件',
  remoteAccess: '远程访问地址',
  off: '关闭',
  settingsTitle: '本地设置',
  settingsLead: '作为网关自身的记录保存在本机。在此所作的修改在控制面同步之前视为未同步。',
  hostname: '主机名',
  hostnameHint: '字母、数字和连字符，最多 63 个字符。',
  wanMode: 'WAN 口',
  wanModes: { dhcp: '自动获取（DHCP）', static: '固定地址', pppoe: 'PPPoE' },
  dnsServers: 'LAN 侧 DNS 服务器',
  dnsServersHint: '最多三个地址，以逗号分隔；留空表示不设置。',
  save: '保存',
  saved: '已保存。',
  wrongPassword: '用户名或密码错误。',
  wait: (seconds) =>
    `尝试次数过多，请在 ${seconds < 120 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`}后重试。`,
  alreadySet: '密码已设置，请使用该密码登录。',
  badPassword: '密码不符合要求：长度为 8 至 30 个字符，仅限字母、数字和下划线。',
  badUsername: '管理员的用户名为 admin。',
  notRepeated: '两次输入的密码不一致。',
  badSettings: '设置未被接受，请按各项提示检查。',
  expired: '会话已结束，请重新登录。',
  foreignHash: '该账户的密码由其他程序设置，本控制台无法校验。请通过控制面重新设置密码。',
  notHere: '页面不存在。',
  badRequest: '无法理解该请求。',
  otherPlace: '该请求来自其他站点，已被拒绝。',
  internal: '网关发生错误，详情见其日志。',
  back: '返回控制台',
}

const languages: Readonly<Record<Language, Texts>> = { en, zh }

export function textsIn(language: Language): Texts {
  return languages[language]
}

export function isLanguage(value: string | undefined): value is Language {
  return value === 'en' || value === 'zh'
}

/** The first of our languages in the browser's order of preference; English when it names none. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map(parseRange)
  wanted.sort((a, b) => b.weight - a.weight)
  return wanted.find(({ language, weight }) => weight > 0 && isLanguage(language))?.language === 'zh' ? 'zh' : 'en'
}

function parseRange(range: string): { readonly language: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
  const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
  return { language: tag.split('-')[0] ?? '', weight: quality === undefined ? 1 : Number(quality) }
}

function duration(seconds: number, one: string, sixty: string): string {
  const [amount, unit] = seconds < 120 ? [seconds, one] : [Math.ceil(seconds / 60), sixty]
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}
