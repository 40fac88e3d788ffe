/** What backups, restores and copies report. */
export const backupMessages = {
  'The backup of {createdAt} is in {to}, checked and on disk.': '{createdAt} 的备份位于 {to}，已检查并落盘。',
  '{name} {bytes} bytes': '{name} {bytes} 字节',
  '{rows} rows in {tables} tables, schema {schema}': '{tables} 个表共 {rows} 行，schema {schema}',
  'The backup in {from} is whole: made {createdAt} by OpenSAG {version} (schema {schema}), {rows} rows in {tables} tables{checked}.':
    '{from} 中的备份完整：由 OpenSAG {version}（schema {schema}）制作于 {createdAt}，{tables} 个表共 {rows} 行{checked}。',
  '; what its master key opens and the audit trail were not checked': '；未检查主密钥所能打开的内容与审计记录',
  ', {sealedValues} sealed values that its master key opens': '，其主密钥可打开 {sealedValues} 个密封值',
  '; the audit trail of that version has no seals': '；该版本的审计记录没有封印',
  ', {entries} entries of the audit trail as they were sealed and {unsealed} not sealed yet':
    '，审计记录有 {entries} 个条目与封印时一致，另有 {unsealed} 个尚未封印',
  'Copied {rows} rows in {tables} tables. The checksum of every table is the same on both sides.':
    '已复制 {tables} 个表共 {rows} 行。两侧各表的校验和相同。',
  'master.key was copied, too. No other file of the data folder is needed.':
    'master.key 也已复制。不需要数据目录中的其他文件。',
  'Copy master.key of one of the nodes into {folder}, with mode 0600, before you start a server on it. Nothing else of their folders is needed.':
    '在其上启动服务器之前，请将某个节点的 master.key 以 0600 权限复制到 {folder}。不需要节点目录中的其他内容。',
  'Copy master.key of the source, with mode 0600, into the data folder of each node before you start it. A node makes node.id itself: copy none.':
    '启动每个节点之前，请将来源的 master.key 以 0600 权限复制到其数据目录。node.id 由节点自行创建，请勿复制。',
  Copying: '复制',
  Verifying: '核对',
  '{verb}: {percent} % of {rows} rows.': '{verb}：共 {rows} 行，已完成 {percent}%。',
  'The database': '数据库',
  'Start every server of it only now.': '请在此之后再启动它的各服务器。',
  'Its master key is in {data}: copy master.key, with mode 0600, into the data folder of each other node.':
    '其主密钥位于 {data}：请将 master.key 以 0600 权限复制到其他各节点的数据目录。',
  '{place} is marked as restored at {at}.': '{place} 已标记为恢复于 {at}。',
  '{place} contains the backup of {createdAt} (OpenSAG {version}).':
    '{place} 现为 {createdAt} 的备份（OpenSAG {version}）。',
  'The previous data folder is now {movedTo}.': '原数据目录现为 {movedTo}。',
  'Warning: the clock of this machine says {at}, before the backup was made. One of the two clocks is\nwrong. If it is this one, correct it and restore again; otherwise the signature fence below is too early.':
    '警告：本机时钟为 {at}，早于备份的制作时间。两个时钟之一有误。\n若为本机时钟，请校正后重新恢复；否则下述签名围栏过早。',
  Restored: '已恢复',
  '{n} account': '{n} 个账号',
  '{n} accounts': '{n} 个账号',
  '{n} user': '{n} 个用户',
  '{n} users': '{n} 个用户',
  '{n} role': '{n} 个角色',
  '{n} roles': '{n} 个角色',
  '{n} log-on': '{n} 个登录',
  '{n} log-ons': '{n} 个登录',
  '{n} identity': '{n} 个身份',
  '{n} identities': '{n} 个身份',
  '{n} security key': '{n} 个安全密钥',
  '{n} security keys': '{n} 个安全密钥',
  '{n} MFA device': '{n} 个 MFA 设备',
  '{n} MFA devices': '{n} 个 MFA 设备',
  '{identities} of single sign-on, {keys}, {devices}': '{identities}（单点登录），{keys}，{devices}',
  '{n} active access key': '{n} 个有效的 AccessKey',
  '{n} active access keys': '{n} 个有效的 AccessKey',
  '{n} instance': '{n} 个实例',
  '{n} instances': '{n} 个实例',
  '{n} device': '{n} 台设备',
  '{n} devices': '{n} 台设备',
  '{n} remote user': '{n} 个远程用户',
  '{n} remote users': '{n} 个远程用户',
  '{n} session': '{n} 个会话',
  '{n} sessions': '{n} 个会话',
  '{n} undecided password change': '{n} 个未决的密码修改',
  '{n} undecided password changes': '{n} 个未决的密码修改',
  '{n} gateway': '{n} 个网关',
  '{n} gateways': '{n} 个网关',
  '{n} attached policy': '{n} 个已附加的权限策略',
  '{n} attached policies': '{n} 个已附加的权限策略',
  '{accounts}, {users}, {roles}, {logons} with a password': '{accounts}，{users}，{roles}，{logons}（密码登录）',
  ' ({keys} others were deactivated now)': '（现已停用另外 {keys} 个）',
  'the account': '账号',
  '{key} of {owner} ({accountId})': '{key}（{owner}，{accountId}）',
  '{policy} on {to} ({accountId})': '{policy}，附加于 {to}（{accountId}）',
  '{instances}, {devices}, of which {enrolled} have enrolled': '{instances}，{devices}，其中 {enrolled} 台已注册',
  '{users} with the passwords of the backup': '{users}，密码为备份时的密码',
  'Everything deleted, deactivated, detached or changed since the backup is again as it was at the backup.':
    '备份之后删除、停用、解除附加或修改的一切，均恢复为备份时的样子。',
  Fenced: '已设围栏',
  'Requests signed at or before {fence} are refused (InvalidTimeStamp.Expired).':
    '签名时间不晚于 {fence} 的请求会被拒绝（InvalidTimeStamp.Expired）。',
  '{sessions} of roles and of the console ended. Sessions begun since the backup are unknown and refused.':
    '角色与控制台的{sessions}已结束。备份之后开始的会话未知，会被拒绝。',
  '{users} logged off.': '{users}已退出登录。',
  '{changes} failed.': '{changes}已判为失败。',
  'No gateway returns to a password older than the last one it settled.': '没有网关会退回到早于其最后确定的密码。',
  Gateways: '网关',
  'None has enrolled in this backup. Those that enrolled since are refused: reenrol them.':
    '备份中没有已注册的网关。此后注册的会被拒绝：请重新注册。',
  'Gateways, when the server starts': '服务器启动时的网关',
  '{gateways} of the backup: each connects by itself and is accepted once, whatever its ticket.':
    '备份中的 {gateways}：各自自行连接，无论票据如何均接受一次。',
  'Changed since the backup: keeps its newer password, and this server learns of it (event ServerRolledBack).':
    '备份之后修改过的：保留其较新的密码，服务器由此得知（事件 ServerRolledBack）。',
  'Enrolled, or enrolled again, since the backup: refused. Run: opensag operator device reenrol SERIAL.':
    '备份之后注册或重新注册的：被拒绝。请运行：opensag operator device reenrol SERIAL。',
  'Removed since the backup: accepted again. Remove it again.': '备份之后移除的：会再次被接受。请再次移除。',
  'Configuration: each gets the one of the backup; what was changed since has to be changed again.':
    '配置：各网关得到备份时的配置；此后的修改须重新进行。',
  'What to do next': '后续步骤',
  '1. Disable the keys above that had been deleted since the backup: {command}':
    '1. 停用上述密钥中备份之后已删除的：{command}',
  '   Repeat what was done to policies, users and their passwords, identities, security keys and MFA devices since\n   the backup.':
    '   重做备份之后对权限策略、用户与登录密码的改动。',
  '2. Start the server. Each of the {gateways} gateways is accepted once, whatever its ticket; of two copies of a disk, the\n     first to connect. Reenrol the gateways you had reenrolled since: {command}':
    '2. 启动服务器。{gateways} 个网关无论票据如何均各接受一次；同一磁盘的两份副本，接受先连接的。\n     备份之后曾重新注册的网关，请再次重新注册：{command}',
  '3. Check every gateway (ServerRolledBack): {command}': '3. 检查每个网关（ServerRolledBack）：{command}',
  '   and {command}': '   以及 {command}',
  'docs/restore.md describes what a restore promises, and a drill.': 'docs/restore.zh-CN.md 说明恢复的保证与演练。',
} as const
