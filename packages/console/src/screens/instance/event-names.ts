/** What the history of an instance calls the events of its devices (`ListGatewayEvents`). */
export const eventNames = {
  en: {
    DeviceOnline: 'Connected',
    DeviceOffline: 'Disconnected',
    DeviceEnrolled: 'Enrolled',
    DeviceHacked: 'A second identity tried to connect',
    DeviceRolledBack: 'Its disk was rolled back; the newest password is in force again',
    ServerRolledBack: 'The server was rolled back; it has learnt the newer password from this device',
    PasswordTakenBack: 'The operator took a password back; the one before is in force again',
    ConfigurationReverted: 'Configuration given up',
    TrafficTaken: 'The traffic goes through it',
    TrafficLeft: 'The traffic goes through the other device',
  },
  zh: {
    DeviceOnline: '上线',
    DeviceOffline: '离线',
    DeviceEnrolled: '注册',
    DeviceHacked: '检测到第二个身份尝试连接',
    DeviceRolledBack: '磁盘被回滚；最新密码已恢复生效',
    ServerRolledBack: '服务器被回滚；已从该设备得知较新的密码',
    PasswordTakenBack: '运维人员撤回了密码；此前的密码已恢复生效',
    ConfigurationReverted: '配置已回退',
    TrafficTaken: '流量经由该设备',
    TrafficLeft: '流量经由另一台设备',
  },
}
