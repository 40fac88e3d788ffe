import { tagLimit } from '../../model/tags.ts'

/** Of one account, as published ("Limitations", December 2025, D), where nothing else is said. */
export const limits = {
  users: 5000,
  /** As many as users (C); the published error list says 100, as it did of users. */
  mfaDevices: 5000,
  groups: 300,
  roles: 1000,
  policies: 1500,
  /** Of one policy. */
  versions: 5,
  groupsOfUser: 10,
  keysOfUser: 2,
  /** Of the account itself: what its own page of keys allows. */
  keysOfAccount: 5,
  /** Of one role or policy (D), and of one call. */
  tags: tagLimit,
  /** Roles or policies of one call about tags (D). */
  taggedAtOnce: 50,
  /** To one user, group or role. */
  attached: { System: 20, Custom: 10 },
} as const

/** Characters. */
export const longest = {
  userName: 64,
  mfaDeviceName: 64,
  groupName: 64,
  roleName: 64,
  policyName: 128,
  displayName: 128,
  comments: 128,
  description: 1024,
} as const

/** Seconds. */
export const sessionDuration = { min: 3600, max: 43_200, default: 3600 } as const
