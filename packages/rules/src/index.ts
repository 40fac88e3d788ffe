export * from './api-reference.ts'
export * from './cidr.ts'
export * from './param-check.ts'
export * from './version.ts'
