export * from './api-reference.ts'
export * from './cidr.ts'
export * from './version.ts'
