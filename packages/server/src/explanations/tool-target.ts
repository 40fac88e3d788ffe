export const ofTool = {
  en: [
    '`Target` is missing for Ping or Traceroute, or given for a tool that sends nothing.',
    'Name an IPv4 address or a host name, or leave it out.',
  ],
  zh: ['Ping 或 Traceroute 未指定 `Target`，或为不发送报文的工具指定了它。', '指定 IPv4 地址或主机名，或不传该参数。'],
} as const
